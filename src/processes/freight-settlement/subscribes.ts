import type { Instant } from '../../base/instant.ts'
import type { Fact } from '../../model/fact.ts'
import type { ShipmentState } from '../../model/shipment/state.ts'
import type { Subscription, Told } from '../engine/definition.ts'
import type { Data } from '../posting.ts'
import { decimal, present, record, text } from '../told-document.ts'
import { accrued, deliveryKeys, isFollowed, ratedKeys, takeAccruals, takeRated } from './accrual-told.ts'
import { type InvoiceTold, invoiceKeys, plain, takeInvoice } from './invoice.ts'
import { type Invoice, invoicesHere, type Known, type Resolution } from './known.ts'

const ofAccrual = (about: string, remember: Subscription<Known>['remember']): Subscription<Known> => ({
  about,
  keys: ratedKeys,
  take: takeRated,
  remember,
})

/** The load of a shipment, by every number that an invoice may name it by. */
function loadKeys(fact: Fact, state: unknown): readonly string[] {
  const { references = [] } = (state ?? fact.data) as Partial<ShipmentState>
  return references.filter(({ scheme }) => loadSchemes.has(scheme)).map(({ value }) => plain(value))
}

const loadSchemes: ReadonlySet<string> = new Set(['bol', 'delivery', 'pro', 'tracking_number'])

/** What is told of the order to carry the load. */
const ofLoad = (about: string, remember: Subscription<Known>['remember']): Subscription<Known> => ({
  about,
  keys: loadKeys,
  take: (fact) => present('carrier', text((fact.data as { readonly carrier?: unknown }).carrier)),
  remember,
})

const ofInvoice = (about: string, starts?: Subscription<Known>['starts']): Subscription<Known> => ({
  about,
  keys: invoiceKeys,
  take: takeInvoice,
  remember: invoice,
  ...present('starts', starts),
})

/** A load that an invoice came to name later is settled like one that it named at once. */
function isAsked(known: Known): boolean {
  return invoicesHere(known).length > 0 || Object.keys(known.masters).length > 0
}

const ofDelivery = (about: string): Subscription<Known> => ({
  about,
  keys: deliveryKeys,
  take: takeAccruals,
  remember: accrued,
  starts: isFollowed,
})
const ofShipment = (about: string, proof: string): Subscription<Known> => ({
  about,
  keys: loadKeys,
  take: (fact, state, key) => ({ proofs: [proof], ...deliveriesOf(fact, state, key) }),
  remember: prove,
})

/** The deliveries that the load is, for whoever knows it by another number. */
function deliveriesOf(fact: Fact, state: unknown, key: string): Pick<Known, 'deliveries'> {
  const { references = [] } = (state ?? fact.data) as Partial<ShipmentState>
  const numbers = references.filter(({ scheme }) => scheme === 'delivery').map(({ value }) => plain(value))
  return numbers.includes(key) || numbers.length === 0 ? {} : { deliveries: numbers }
}

/** Scans may come before anybody says which delivery the shipment carries: then its number brings what is known with it. */
const linked: Subscription<Known> = {
  ...ofShipment('It turned out which load the shipment is.', ''),
  take: (fact, state, key) => {
    const { status, proofs = 0 } = (state as Partial<ShipmentState> | undefined)?.projection ?? {}
    const shown = [...(status === 'delivered' ? ['delivered'] : []), ...(proofs > 0 ? ['pod'] : [])]
    return { proofs: shown, ...deliveriesOf(fact, state, key) }
  },
}

/** Instances from before the proof was told have it in the type of the fact. */
function prove(known: Known, { type, data }: Told): Known {
  const { proofs = [type === 'shipment.delivered' ? 'delivered' : 'pod'], deliveries = [] } = data as Partial<Known>
  const loads = [...new Set([...(known.deliveries ?? []), ...deliveries])].toSorted()
  const all = [...new Set([...known.proofs, ...proofs])].toSorted()
  return { ...known, proofs: all, ...(loads.length === 0 ? {} : { deliveries: loads }) }
}

/** What carriers ask for, what was put aside, and what shows that it was earned. */
export const subscribes: Readonly<Record<string, Subscription<Known>>> = {
  'delivery.changed': ofDelivery('More left, with what its freight will cost.'),
  'delivery.goods_issued': ofDelivery('The goods have left.'),
  'delivery.staged': ofDelivery('The goods have left, with what their freight will cost.'),
  'freight_accrual.estimated': {
    ...ofAccrual('A carrier is booked, for this price.', accrued),
    starts: isFollowed,
  },
  'freight_accrual.matched': {
    ...ofAccrual('An invoice has taken the place of what was put aside.', (known, { data }) => ({
      ...known,
      matched: [...new Set([...known.matched, text((data as Data)['carrier']) ?? ''])].toSorted(),
    })),
    take: (fact) => present('carrier', text(record((fact.data as { object?: unknown }).object)['carrier'])),
  },
  'freight_invoice.cancelled': ofInvoice('The carrier took it back.'),
  'freight_invoice.changed': ofInvoice('It was told anew, or names another load.', isAsked),
  'freight_invoice.dispute_resolved': {
    about: 'Both sides, or a person, agree on what is paid.',
    keys: (fact) => [text(record(fact.data)['load']) ?? ''],
    take: (fact) => {
      const { invoiceNumber, carrier, pay, currency, creditNote, isReplaced } = record(fact.data)
      const key = `${text(carrier) ?? ''}:${text(invoiceNumber) ?? ''}`
      const more = { ...present('currency', text(currency)), ...present('creditNote', text(creditNote)) }
      return { key, pay: decimal(pay) ?? '0', ...more, ...(isReplaced === true ? { isReplaced } : {}) }
    },
    remember: (known, { data }) => {
      const { key, ...resolution } = data as Resolution & { readonly key: string }
      return { ...known, resolutions: { ...known.resolutions, [key]: resolution } }
    },
  },
  'freight_invoice.paid': ofInvoice('The money has left.'),
  'freight_invoice.posted': ofInvoice('It is in the books.'),
  'freight_invoice.received': ofInvoice('A carrier asks for money.', true),
  'freight_invoice.rejected': ofInvoice('It is not paid.'),
  'shipment.cancelled': ofLoad('Nothing will be shipped.', (known) => ({ ...known, isCancelled: true })),
  'shipment.carrier_reassigned': ofLoad('Another carrier takes the load.', (known, { data }) => ({
    ...known,
    ...present('carrier', text((data as Data)['carrier'])),
  })),
  'shipment.delivered': ofShipment('The goods have arrived.', 'delivered'),
  'shipment.load_linked': linked,
  'shipment.pod_received': ofShipment('There is proof that they have.', 'pod'),
}

function invoice(known: Known, { subject: id, at, data }: Told): Known {
  const { master, ...told } = data as InvoiceTold
  const key = `${told.carrier ?? ''}:${told.number}`
  const { [key]: before, ...others } = known.masters
  if (master !== undefined)
    return { ...known, masters: { ...others, [key]: { ...kept(before, told, { id, at }), ...master } } }
  const invoices = { ...known.invoices, [key]: kept(known.invoices[key], told, { id, at }) }
  // It was for several loads, and is for one: whoever waits for the others waits in vain.
  const masters = before === undefined ? known.masters : { ...others, [key]: { ...before, isSingle: true as const } }
  return { ...known, invoices, masters }
}

/** The newest word, since the first one. */
function kept(
  before: Pick<Invoice, 'said' | 'since'> | undefined,
  { happened, ...told }: Omit<InvoiceTold, 'master'>,
  { id, at }: { readonly id: string; readonly at: Instant },
): Invoice {
  const since = before === undefined || at < before.since ? at : before.since
  return { id, ...told, since, said: [...new Set([...(before?.said ?? []), happened])].toSorted() }
}
