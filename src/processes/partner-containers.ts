import { shortHash } from '../base/sha256.ts'
import type { Fact } from '../model/fact.ts'
import type { EquipmentDetails, ReportedEquipment } from '../model/report.ts'
import { equipmentOf } from '../model/shipment/equipment.ts'
import type { ShipmentState } from '../model/shipment/state.ts'
import { loadOf } from './partner-transport.ts'
import type { Data, Posting } from './posting.ts'

/** What happens to a container at a gate, and what at a ship. */
const moves: Readonly<Record<string, string>> = {
  discharged: 'report_vessel_moves',
  empty_released: 'report_gate_moves',
  empty_returned: 'report_gate_moves',
  gate_in: 'report_gate_moves',
  gate_out: 'report_gate_moves',
  loaded_on_transport: 'report_vessel_moves',
}

/** A booking that a carrier has confirmed is an order to whoever hands its containers out, or takes them in. */
export function orderedContainers(fact: Fact, state: unknown): Posting[] {
  const shipment = state as ShipmentState | undefined
  if (shipment === undefined || (shipment.about.equipment ?? []).length === 0) return []
  return [
    {
      command: 'order_containers',
      businessKey: fact.subject,
      key: `shipment:${fact.subject}`,
      priority: 3,
      payload: { ...loadOf(shipment), ...voyageOf(shipment.about) },
    },
  ]
}

/** Where the containers go by ship, and until when they must be there. */
function voyageOf({ ports, cutOffs }: ShipmentState['about']): Data {
  return { ...(ports === undefined ? {} : { ports }), ...(cutOffs === undefined ? {} : { cutOffs }) }
}

/** What happened to containers of a shipment, for their line: one report for each kind of move. */
export function movedContainers(fact: Fact, state: unknown): Posting[] {
  const shipment = state as ShipmentState | undefined
  if (shipment === undefined) return []
  const { events } = fact.data as { readonly events: readonly Data[] }
  const told = events.filter(
    ({ code, equipment, classifier }) =>
      typeof equipment === 'string' && classifier === undefined && Object.hasOwn(moves, String(code)),
  )
  return [...Map.groupBy(told, ({ code }) => String(code))].map(([move, containers]) => {
    const name = shortHash(JSON.stringify(containers.map(({ occurredAt, equipment }) => [occurredAt, equipment])))
    const { references, about } = shipment
    return {
      command: moves[move] ?? '',
      businessKey: `${fact.subject}:${move}:${name}`,
      key: `shipment:${fact.subject}`,
      priority: 3,
      payload: {
        references,
        carrier: about.carrier,
        move,
        report: name,
        containers: containers.map(described(equipmentOf(shipment) ?? [])),
      },
    }
  })
}

/** With what is known of the container besides its number. */
function described(equipment: readonly ReportedEquipment[]): (event: Data) => Data {
  return ({ details, ...event }) => {
    const known = equipment.find(({ number }) => number === event.equipment) ?? {}
    const { kind, seals = [], tareGrams, grossGrams, verifiedGross } = { ...known, ...(details as EquipmentDetails) }
    const more = { kind, tareGrams, grossGrams, verifiedGross }
    return { ...event, ...more, seals }
  }
}
