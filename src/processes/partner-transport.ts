import { add } from '../base/decimal.ts'
import { readInstant } from '../base/instant.ts'
import { shortHash } from '../base/sha256.ts'
import type { Fact } from '../model/fact.ts'
import type { ShipmentState } from '../model/shipment/state.ts'
import { tenderRounds } from '../model/shipment/tender.ts'
import type { Data, Posting } from './posting.ts'

/**
 * A shipment that is tendered is an offer to its carrier; what changes of it, and that it is withdrawn, is told to him too. Where another
 * carrier is to have it, the first one hears that he is not.
 */
export function offeredLoad(fact: Fact, state: unknown): Posting[] {
  const shipment = state as ShipmentState | undefined
  if (shipment === undefined) return []
  const { carrier, carrierBefore } = fact.data as { readonly carrier?: string; readonly carrierBefore?: string }
  if (fact.type === 'shipment.tender_cancelled') return [loadPosting(fact, shipment, { withdrawnFrom: carrier ?? '' })]
  const offer = loadPosting(fact, shipment)
  return carrierBefore === undefined ? [offer] : [loadPosting(fact, shipment, { withdrawnFrom: carrierBefore }), offer]
}

/** The offer, or that it is taken back from a carrier. */
function loadPosting(
  fact: Fact,
  shipment: ShipmentState,
  { withdrawnFrom }: { readonly withdrawnFrom?: string } = {},
): Posting {
  const load = loadOf(shipment)
  const isOffer = withdrawnFrom === undefined
  // Numbers that the shipment gets meanwhile, how it is packed, and the ports that his own answer names change nothing for the carrier.
  const { references: _, packages: __, weightGrams: ___, ports: ____, ...content } = load
  return {
    ...posting(fact, {
      command: isOffer ? 'tender_shipment' : 'withdraw_tender',
      name: '',
      payload: isOffer || withdrawnFrom === '' ? load : { ...load, carrier: withdrawnFrom },
    }),
    revision: {
      line: 'tender_shipment',
      kind: isOffer ? 'offer' : 'withdrawal',
      content: shortHash(JSON.stringify(content)),
      round: tenderRounds(shipment),
    },
  }
}

/** What the carrier says to a tender, for whoever offered the load. The same answer to the same offer is one. */
export function answeredTender(fact: Fact, state: unknown): Posting[] {
  const shipment = state as ShipmentState | undefined
  if (shipment === undefined) return []
  const answer = fact.type.slice('shipment.tender_'.length)
  const turn = answerTurn(shipment, answer)
  const name = turn <= 1 ? `:${answer}` : `:${answer}:${turn}`
  const { conditions } = fact.data as { readonly conditions?: Data }
  const payload = { ...loadOf(shipment), answer, ...(conditions === undefined ? {} : { conditions }) }
  return [posting(fact, { command: 'answer_tender', name, payload })]
}

/** Which answer it is: one counts where the offer before it was not answered so already. */
function answerTurn({ plan }: ShipmentState, answer: string): number {
  let last = ''
  let turn = 0
  for (const { event } of plan) {
    if (event === 'tendered') last = ''
    else if (event === 'tender_accepted' || event === 'tender_countered' || event === 'tender_declined') {
      if (event !== last && event === `tender_${answer}`) turn++
      last = event
    }
  }
  return turn
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

/** What a carrier is told of a shipment. */
export function loadOf({ references, about, packages }: ShipmentState): Data {
  const { carrier, service, mode, stops, shipTo, respondBy, equipment, ports } = about
  return {
    ...{ references, carrier, service, mode, stops, shipTo, respondBy, equipment },
    ...(ports === undefined ? {} : { ports }),
    packages: String(packages.length),
    weightGrams: weightOf(packages) ?? about.weightGrams,
  }
}

/** Unknown as soon as one package is not weighed. */
function weightOf(packages: ShipmentState['packages']): string | undefined {
  const counting = packages.filter(({ cancelled }) => cancelled !== true)
  const weights = counting.flatMap(({ weightGrams }) => weightGrams ?? [])
  return weights.length === 0 || weights.length < counting.length ? undefined : weights.reduce(add, '0')
}

/** A scan with the country of its place and the kind of trouble, which the fact does not say. */
function eventOf(event: Data, { events }: ShipmentState): Data {
  const at = readInstant(String(event.occurredAt))
  const stored = events.find((one) => one.code === event.code && one.at === at && one.place === event.place)
  const { country, reason } = stored ?? {}
  return {
    ...event,
    ...(country === undefined ? {} : { country }),
    ...(reason === undefined ? {} : { reason: reason.category }),
  }
}
