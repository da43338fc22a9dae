import type { EquipmentDetails, ReportedEquipment } from '../report.ts'
import { rank } from './ladder.ts'
import { packageFinder } from './packages.ts'
import type { ShipmentState } from './state.ts'

/**
 * The containers and trailers of a shipment: as they were ordered or described, with what was read off them or weighed since. Whatever was told
 * last counts, in the order in which it happened. One that nobody described is listed as soon as something is told of it.
 */
export function equipmentOf(state: ShipmentState): readonly ReportedEquipment[] | undefined {
  const described = state.about.equipment
  const told = state.events.some(({ details }) => details !== undefined) ? detailsTold(state) : undefined
  if (told === undefined) return described
  const known = (described ?? []).map((one) => ({ ...one, ...told.get(one.number ?? '') }))
  const numbers = new Set(known.map(({ number }) => number))
  const others = [...told].filter(([number]) => !numbers.has(number))
  return [...known, ...others.map(([number, details]) => ({ number, ...details }))]
}

function detailsTold(state: ShipmentState): ReadonlyMap<string, EquipmentDetails> {
  const found = new Map<string, EquipmentDetails>()
  for (const { event, duplicate } of rank(state.events, packageFinder(state))) {
    const { equipment, details } = event
    if (duplicate || equipment === undefined || details === undefined) continue
    found.set(equipment, { ...found.get(equipment), ...details })
  }
  return found
}
