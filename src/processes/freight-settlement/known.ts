import type { Instant } from '../../base/instant.ts'
import type { Fact } from '../../model/fact.ts'
import type { ShipmentState } from '../../model/shipment/state.ts'
import type { Subscription, Told } from '../engine/definition.ts'
import type { Scope } from '../engine/scope.ts'
import { type Data, keyOf } from '../posting.ts'
import { decimal, present, record, text } from '../told-document.ts'
import { chargesOf, type InvoiceTold, invoiceKeys, type Master, plain, takeInvoice } from './invoice.ts'
import type { Charge } from './matching.ts'

/** What the process knows of the freight of one load. */
export interface Known {
  /** What was put aside, by the confirmation of the warehouse that it came with. */
  readonly accruals: Readonly<Record<string, Accrual>>
  /** What carriers ask for, by carrier and number. */
  readonly invoices: Readonly<Record<string, Invoice>>
  /** Invoices over several loads, by carrier and number: in the instance of the invoice. */
  readonly masters: Readonly<Record<string, MasterInvoice>>
  /** What shows that the goods arrived: `delivered`, `pod`. */
  readonly proofs: readonly string[]
  /** When the goods left, as whoever confirmed it wrote it. */
  readonly leftAt?: string
  /** Who carries it now, where it was given to another carrier. */
  readonly carrier?: string
  /** Nothing will be shipped. */
  readonly isCancelled?: true
  /** How disputes about the load ended, by carrier and number of the invoice. */
  readonly resolutions: Readonly<Record<string, Resolution>>
  /** Deliveries that the load turned out to be, where it is known by another number. Absent in instances from before that was kept. */
  readonly deliveries?: readonly string[]
  /** Carriers whose invoice has taken the place of what was put aside. */
  readonly matched: readonly string[]
}

/** How a dispute ended. */
export interface Resolution {
  /** What is paid for the load. */
  readonly pay: string
  readonly currency?: string
  /** Number of the credit note of the carrier that goes with it. */
  readonly creditNote?: string
  /** A corrected invoice takes its place. */
  readonly isReplaced?: true
}

/** Money that was put aside. */
export interface Accrual {
  /** Number of the delivery. */
  readonly number?: string
  /** Of the delivery that the instance is named by: it is followed here, and only compared with elsewhere. */
  readonly isOwn?: true
  /** Known from the booking; what the warehouse confirms counts more. */
  readonly isRated?: true
  /** Of a later confirmation: the standing rule books it under a name of its own. */
  readonly isSeparate?: true
  readonly carrier?: string
  readonly currency?: string
  readonly charges: readonly Charge[]
}

/** What a carrier asks for. */
export interface Invoice {
  readonly id: string
  readonly number: string
  readonly carrier?: string
  readonly kind?: string
  readonly total: string
  readonly currency?: string
  readonly charges: readonly Charge[]
  readonly since: Instant
  readonly due?: string
  /** It asks for other loads, too: what is said of it here is about this one. */
  readonly isPart?: true
  /** The carrier names another load by now. */
  readonly movedTo?: string
  readonly said: readonly string[]
}

/** An invoice over several loads. */
export interface MasterInvoice extends Invoice, Master {}

/** What a guard of this process looks at. */
export type Here = Scope<Known>

/** What nobody has told yet. */
export const nothing: Known = { accruals: {}, invoices: {}, masters: {}, proofs: [], resolutions: {}, matched: [] }

/** How the dispute about the invoice of the branch ended. */
export function resolutionHere({ known, branchKey }: Here): Resolution | undefined {
  return known.resolutions[branchKey]
}

/** Whether it is the credit note by which a dispute ended: then nobody need look at it again. */
export function isAgreedNote({ known, branchKey }: Here): boolean {
  const { carrier, number, kind } = known.invoices[branchKey] ?? {}
  const agreed = Object.entries(known.resolutions).some(
    ([key, { creditNote }]) => creditNote === number && key.startsWith(`${carrier ?? ''}:`),
  )
  return kind === 'credit_note' && agreed
}

/** The invoice that the branch is about, known by the key of the branch; undefined in branches about none. */
export function invoiceHere({ known, branchKey }: Here): Invoice | undefined {
  return known.invoices[branchKey]
}

/** What was put aside with the carrier of the invoice, and was not taken back since. */
export function accruedFor(scope: Here): readonly Accrual[] {
  const { known, branchKey } = scope
  const carrier = known.invoices[branchKey]?.carrier
  return standing(known).filter(
    (one) =>
      (carrier === undefined || one.carrier === undefined || one.carrier === carrier) &&
      !isNeverEarned(known, one) &&
      !(one.isOwn === true && takenBack.has(scope.state('accrual', one.carrier ?? '') ?? '')),
  )
}

const takenBack: ReadonlySet<string> = new Set(['reversed', 'reversing'])

/** Known from the booking alone, and another carrier has the load by now, or nothing is shipped. */
export function isNeverEarned({ carrier, isCancelled, leftAt }: Known, one: Accrual): boolean {
  if (one.isRated !== true) return false
  const isReplaced = carrier !== undefined && one.carrier !== undefined && carrier !== one.carrier
  return isReplaced || (isCancelled === true && leftAt === undefined)
}

/** What was put aside: as it was rated only where no warehouse has confirmed what it costs. */
export function standing({ accruals }: Known): readonly Accrual[] {
  const all = Object.values(accruals)
  return all.filter(
    (rated) =>
      rated.isRated !== true ||
      !all.some((one) => one.isRated !== true && isSameDelivery(one, rated) && isSameCarrier(one, rated)),
  )
}

/** However its number is written. */
function isSameDelivery(a: Accrual, b: Accrual): boolean {
  return a.number === b.number || keyOf('delivery', a.number ?? '') === keyOf('delivery', b.number ?? '')
}

function isSameCarrier(a: Accrual, b: Accrual): boolean {
  return a.carrier === undefined || b.carrier === undefined || a.carrier === b.carrier
}

/** Whether it is a part of an invoice over several loads of which nothing is paid. */
export function isRefusedWhole(one: Pick<Invoice, 'isPart' | 'said'> | undefined): boolean {
  return one?.isPart === true && (one.said.includes('rejected') || one.said.includes('cancelled'))
}

/** Invoices that name the load, and have not come to name another one. */
export function invoicesHere({ invoices }: Known): readonly Invoice[] {
  return Object.values(invoices).filter(({ movedTo }) => movedTo === undefined)
}

/** Whether it changes an invoice that came before. */
export function isCorrection({ kind }: Pick<Invoice, 'kind'>): boolean {
  return kind !== undefined && corrections.has(kind)
}

const corrections: ReadonlySet<string> = new Set(['corrected_invoice', 'correction'])

/** Whether it asks for more, or for less, than an invoice that stands: a credit or a debit note. */
export function isNote({ kind }: Pick<Invoice, 'kind'>): boolean {
  return kind === 'credit_note' || kind === 'debit_note'
}

function deliveryKeys(fact: Fact): readonly string[] {
  const { object = {} } = fact.data as { object?: Data }
  const number = text(object['deliveryNumber'])
  const tracking = Object.values(record(object['confirmations'])).flatMap((one) => {
    const { trackingNumbers = [], masterNumber } = record(one)
    return [...(trackingNumbers as readonly string[]), text(masterNumber) ?? []].flat()
  })
  return [...(number === undefined ? [] : [plain(keyOf('delivery', number))]), ...tracking.map(plain)]
}

function invoice(known: Known, { subject: id, at, data }: Told): Known {
  const { master, ...told } = data as InvoiceTold
  const key = `${told.carrier ?? ''}:${told.number}`
  return master === undefined
    ? { ...known, invoices: { ...known.invoices, [key]: kept(known.invoices[key], told, { id, at }) } }
    : {
        ...known,
        masters: { ...known.masters, [key]: { ...kept(known.masters[key], told, { id, at }), ...master } },
      }
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

function takeAccruals(fact: Fact, _: unknown, key: string): Data {
  const { object = {} } = fact.data as { object?: Data }
  const number = text(object['deliveryNumber'])
  const own =
    number === undefined ? {} : { number, ...(plain(keyOf('delivery', number)) === key ? { isOwn: true } : {}) }
  const [first] = Object.values(record(object['confirmations'])).flatMap(
    (one) => text(record(one)['confirmedAt']) ?? [],
  )
  const hasLeft = fact.type !== 'delivery.changed' || first !== undefined
  return {
    ...(hasLeft ? { leftAt: first ?? fact.occurredAt ?? fact.recordedAt } : {}),
    accruals: confirmedAccruals(fact, object, own),
  }
}

function confirmedAccruals(fact: Fact, object: Data, own: object): Known['accruals'] {
  return Object.fromEntries(
    Object.entries(record(object['confirmations'])).flatMap(([number, one], at): [string, Accrual][] => {
      const { freight, carrier } = record(one)
      const { amount, currency, charges } = record(freight)
      const total = decimal(amount)
      const parts = chargesOf(charges)
      if (total === undefined && parts.length === 0) return []
      return [
        [
          `${fact.subject}/${number}`,
          {
            ...own,
            ...(at === 0 && !isLater(number) ? {} : { isSeparate: true as const }),
            charges: parts.length > 0 ? parts : [{ code: 'linehaul', amount: total ?? '0' }],
            ...present('carrier', text(carrier)),
            ...present('currency', text(currency)),
          },
        ],
      ]
    }),
  )
}

/** A warehouse that counts its confirmations says that it is not the first. */
function isLater(number: string): boolean {
  return /^\d+$/.test(number) && number !== '1'
}

function accrued(known: Known, { data }: Told): Known {
  const { leftAt, accruals } = data as Pick<Known, 'accruals' | 'leftAt'>
  // The first word on when it left counts, so that it is booked in one period whoever tells it again.
  const left = known.leftAt === undefined || (leftAt !== undefined && leftAt < known.leftAt) ? leftAt : known.leftAt
  return { ...known, ...present('leftAt', left), accruals: { ...known.accruals, ...accruals } }
}

/** An instance begins with what is put aside for the delivery that it is named by. */
function isFollowed({ accruals }: Known): boolean {
  return Object.values(accruals).some(({ isOwn }) => isOwn === true)
}

function takeRated(fact: Fact, _: unknown, key: string): Data {
  const { object = {} } = fact.data as { object?: Data }
  const number = text(object['deliveryNumber']) ?? ''
  const carrier = text(object['carrier'])
  const accrual: Accrual = {
    ...{ number, isRated: true, charges: chargesOf(object['charges']) },
    ...(plain(keyOf('delivery', number)) === key ? { isOwn: true as const } : {}),
    ...present('carrier', carrier),
    ...present('currency', text(object['currency'])),
  }
  return { accruals: accrual.charges.length === 0 ? {} : { [`rated/${number}/${carrier ?? ''}`]: accrual } }
}

function ratedKeys(fact: Fact): readonly string[] {
  const { object = {} } = fact.data as { object?: Data }
  const numbers = object['trackingNumbers']
  const number = text(object['deliveryNumber'])
  return [
    ...(number === undefined ? [] : [plain(keyOf('delivery', number))]),
    ...(Array.isArray(numbers) ? (numbers as unknown[]).flatMap((one) => text(one) ?? []).map(plain) : []),
  ]
}

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
