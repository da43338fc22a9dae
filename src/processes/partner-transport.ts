import { readInstant } from '../base/instant.ts'
import { shortHash } from '../base/sha256.ts'
import type { Fact } from '../model/fact.ts'
import type { ShipmentState } from '../model/shipment/state.ts'
import type { Data, Posting } from './posting.ts'

/** A shipment that is tendered is an offer to its carrier; a tender that is withdrawn is told to him too. */
export function offeredLoad(fact: Fact, state: unknown): Posting[] {
  const shipment = state as ShipmentState | undefined
  if (shipment === undefined) return []
  const command = fact.type === 'shipment.tendered' ? 'tender_shipment' : 'withdraw_tender'
  return [posting(fact, { command, name: '', payload: loadOf(shipment) })]
}

/** What the carrier says to a tender, for whoever offered the load. */
export function answeredTender(fact: Fact, state: unknown): Posting[] {
  const shipment = state as ShipmentState | undefined
  if (shipment === undefined) return []
  const answer = fact.type === 'shipment.tender_accepted' ? 'accepted' : 'declined'
  return [posting(fact, { command: 'answer_tender', name: `:${answer}`, payload: { ...loadOf(shipment), answer } })]
}

/** What happened to a shipment, for customers who want to hear of it. The same scans are the same news. */
export function reportedStatus(fact: Fact, state: unknown): Posting[] {
  const shipment = state as ShipmentState | undefined
  const { events } = fact.data as { readonly events: readonly Data[] }
  if (shipment === undefined) return []
  const told = events.filter(({ classifier }) => classifier === undefined).map((event) => eventOf(event, shipment))
  if (told.length === 0) return []
  const name = shortHash(JSON.stringify(told.map(({ code, occurredAt, package: about }) => [code, occurredAt, about])))
  const { references, about } = shipment
  return [
    posting(fact, {
      command: 'report_status',
      name: `:${name}`,
      payload: { references, carrier: about.carrier, events: told },
    }),
  ]
}

function posting(
  { subject }: Fact,
  { command, name, payload }: { readonly command: string; readonly name: string; readonly payload: Data },
): Posting {
  return { command, businessKey: `${subject}${name}`, key: `shipment:${subject}`, priority: 3, payload }
}

function loadOf({ references, about, packages }: ShipmentState): Data {
  const { carrier, service, mode, stops, shipTo, respondBy } = about
  return { references, carrier, service, mode, stops, shipTo, respondBy, packages: String(packages.length) }
}

/** A scan with the country of its place, which the fact does not say. */
function eventOf(event: Data, { events }: ShipmentState): Data {
  const at = readInstant(String(event.occurredAt))
  const stored = events.find((one) => one.code === event.code && one.at === at && one.place === event.place)
  return stored?.country === undefined ? event : { ...event, country: stored.country }
}
