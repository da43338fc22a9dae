import type { ShipmentStatus } from './codes.ts'
import type { Ranked } from './ladder.ts'
import type { PackageFinder } from './packages.ts'
import type { Said } from './state.ts'
import type { Track } from './tracks.ts'

/** Summaries that differ from what the scans say. One from before the newest scan says nothing about it. */
export function conflicts(of: {
  readonly said: Said
  readonly find: PackageFinder
  readonly ranked: readonly Ranked[]
  readonly tracks: readonly Track[]
  readonly status: ShipmentStatus
}): readonly Conflict[] {
  const { find } = of
  return of.said.summaries.flatMap((summary) => {
    const name = find(summary.about)
    const track = name === undefined ? undefined : of.tracks.find((one) => one.package === name)
    const events = track?.events ?? of.ranked
    const agreed = agrees(summary.status, track?.status ?? of.status) || events.some((one) => isLater(one, summary.at))
    return agreed ? [] : [{ package: track?.package, rawCode: summary.rawCode, at: summary.at }]
  })
}

/** A summary that cannot be right, or scans that cannot. */
export interface Conflict {
  readonly package: string | undefined
  readonly rawCode: string
  readonly at: number
}

function isLater({ event, future }: Ranked, at: number): boolean {
  return event.classifier === undefined && !future && event.code !== 'unknown' && event.at > at
}

/** Carriers summarise in fewer words: what counts is the stage. On the way back, their "delivered" means returned. */
function agrees(summary: ShipmentStatus, status: ShipmentStatus): boolean {
  return stages[summary] === stages[status] || (summary === 'delivered' && status === 'returned')
}

const stages: Readonly<Record<ShipmentStatus, string>> = {
  planned: 'before',
  tendered: 'before',
  booked: 'before',
  picked_up: 'moving',
  in_transit: 'moving',
  out_for_delivery: 'last mile',
  available_for_pickup: 'collection',
  delivered: 'delivered',
  returning: 'back',
  returned: 'back',
  cancelled: 'cancelled',
  lost: 'lost',
  disposed: 'disposed',
}
