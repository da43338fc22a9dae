import type { RowOf } from '../../api/hub.ts'
import type { Located } from './clusters.ts'

/** A row of the list that the map shows, too. */
export type Position = RowOf<'/v1/shipments/positions'>
/** One that has a place on the earth. */
export type Dot = Position & Located

/** What a dot looks like: each kind has a colour and a form. The first one that a cluster holds is that of the cluster. */
export const kinds = ['trouble', 'ready', 'door', 'moving', 'waiting'] as const
/** One of them. */
export type Kind = (typeof kinds)[number]

/** Forms that are told apart without colours. */
export const forms: Readonly<Record<Kind, string>> = { trouble: '■', ready: '▲', door: '◆', moving: '●', waiting: '○' }

const kindByStatus: Readonly<Record<string, Kind>> = {
  planned: 'waiting',
  tendered: 'waiting',
  booked: 'waiting',
  out_for_delivery: 'door',
  available_for_pickup: 'ready',
  returning: 'trouble',
}

/** The kind of one shipment. Open exceptions come first; statuses that are not known here are under way. */
export function kindOf({ status, exceptions }: Pick<Position, 'status' | 'exceptions'>): Kind {
  return exceptions.length > 0 ? 'trouble' : (kindByStatus[status] ?? 'moving')
}

/** The kind that matters most among some. */
export function worstOf(dots: readonly Dot[]): Kind {
  const found = new Set(dots.map(kindOf))
  return kinds.find((kind) => found.has(kind)) ?? 'moving'
}

/** Whether it can be drawn. */
export function isLocated(row: Position): row is Dot {
  return row.lat !== undefined && row.lon !== undefined
}
