import { compare, negate } from '../../base/decimal.ts'
import { shortHash } from '../../base/sha256.ts'
import type { Fact } from '../../model/fact.ts'
import { normalizeIdentifier } from '../../model/identifier.ts'
import type { Data } from '../posting.ts'
import { decimal, present, record, text } from '../told-document.ts'
import { type Charge, taxIn, totalOf } from './matching.ts'

/** Facts about an invoice: each brings its newest word. */
export const invoiceFacts = [
  'freight_invoice.cancelled',
  'freight_invoice.changed',
  'freight_invoice.paid',
  'freight_invoice.posted',
  'freight_invoice.received',
  'freight_invoice.rejected',
] as const

/** What is taken of a fact about an invoice. */
export interface InvoiceTold {
  readonly happened: string
  readonly number: string
  readonly total: string
  readonly charges: readonly Charge[]
  readonly currency?: string
  readonly carrier?: string
  readonly kind?: string
  readonly due?: string
  readonly isPart?: true
  readonly part?: Part
  readonly master?: Master
  /** Kinds of money that its charges and its total are in, where they are several: its sums mean nothing. */
  readonly mixed?: readonly string[]
  /** The carrier names another load by now: it is settled there. */
  readonly movedTo?: string
}

/** What is known of an invoice over several loads where one of them is settled. */
export interface Part {
  /** What it asks for the load, and what was refused before: what becomes of it is said once for each of them. */
  readonly revision: string
  /** How many times the invoice as a whole was refused. */
  readonly refusals: number
  /** Nothing is paid of the invoice as it is now. */
  readonly isRefused?: true
  /** The revision of the load for which the invoice is paid. Absent: that is not decided. */
  readonly approved?: string
}

/** What an invoice over several loads consists of. */
export interface Master {
  /** What it asks for each load. */
  readonly loads: Readonly<Record<string, string>>
  /** The revision of each load: what becomes of it is said once for each. Absent in instances from before that was kept. */
  readonly revisions?: Readonly<Record<string, string>>
  /** What was refused, as the hub knows each word of the carrier. Absent in instances from before that was kept. */
  readonly refused?: readonly string[]
  /** What it asks for nothing that it names. */
  readonly loose: string
  /** How much of that is tax. Absent in instances from before that was kept: it was not told apart. */
  readonly looseTax?: string
  /** What became of each load that is settled. */
  readonly settled: Readonly<Record<string, Settled>>
}

/** What is paid for a load, and by how much that is beyond what was put aside without anybody having looked. */
export interface Settled {
  readonly pay: string
  readonly tolerated: string
  /** How much of what is paid is tax. Absent: none of it, or it was not told apart. */
  readonly tax?: string
}

/** Numbers that an invoice names a load by, the surest first: what the hub has settled or found out, then what the carrier wrote. */
const names = ['settledAs', 'shipment', 'deliveryNumber', 'bol', 'pro', 'trackingNumber'] as const
/** Loads that one invoice may be for. What it asks for others is for a person. */
const loadsMax = 1000

/** A number of a load, however it is written. */
export function plain(number: string): string {
  return normalizeIdentifier({ scheme: 'delivery', value: number.toUpperCase().replaceAll(/[\s-]/g, '') })
}

function loadOf(told: Data): string | undefined {
  const named = names.map((name) => text(told[name])).find((one) => one !== undefined)
  return named === undefined ? undefined : plain(named)
}

function linesIn(object: Data): readonly Data[] {
  const { lines } = object
  return Array.isArray(lines) ? (lines as unknown[]).map(record) : []
}

/** The loads that the lines of an invoice name, where they are several. */
function loadsOf(object: Data): readonly string[] {
  const loads = [...new Set(linesIn(object).flatMap((line) => loadOf(line) ?? []))]
  return loads.length < 2 ? [] : loads.slice(0, loadsMax)
}

/**
 * Instances that an invoice concerns: that of its load; or those of all its loads, and its own, which waits for them. Where it named others
 * before, those too: they must not wait for it any more.
 */
export function invoiceKeys(fact: Fact): readonly string[] {
  // Something is known of it, but nobody has asked for money with it yet.
  if ((fact.data as { readonly status?: unknown }).status === null) return []
  return [...new Set([...keysNow(fact), ...keysOf(before(fact), fact)])]
}

function keysNow(fact: Fact): readonly string[] {
  const { object = {} } = fact.data as { object?: Data }
  return keysOf(object, fact)
}

function keysOf(object: Data | undefined, fact: Fact): readonly string[] {
  if (object === undefined) return []
  const loads = text(object['settledAs']) === undefined ? loadsOf(object) : []
  if (loads.length > 0) return [...loads, ownKey(fact)]
  const [only] = linesIn(object).flatMap((line) => loadOf(line) ?? [])
  return [loadOf(object) ?? only ?? ownKey(fact)]
}

/** What it said before the fact, as far as it names loads. Undefined: it is new. */
function before({ data }: Fact): Data | undefined {
  const told = data as {
    object?: Data
    changed?: readonly string[]
    before?: Data
    linesBefore?: unknown
    from?: unknown
  }
  if (told.changed === undefined || told.from === null) return undefined
  const former = Object.fromEntries(told.changed.map((name) => [name, told.before?.[name]]))
  return {
    ...told.object,
    ...former,
    ...present('lines', told.linesBefore ?? former['lines'] ?? told.object?.['lines']),
  }
}

function ownKey({ data, subject }: Fact): string {
  const { object = {}, references = [] } = data as { object?: Data; references?: readonly { readonly value: string }[] }
  return `invoice ${text(object['invoiceNumber']) ?? references[0]?.value ?? subject}`
}

/** Charges of lines, with the money that each is for. */
export function chargesOf(told: unknown): readonly Charge[] {
  const lines = Array.isArray(told) ? (told as unknown[]).map(record) : []
  return lines.flatMap((one): readonly Charge[] => {
    const nested = one['charges']
    if (Array.isArray(nested) && nested.length > 0) return chargesOf(nested)
    const money = one['amount'] ?? one['total']
    const amount = decimal(record(money)['amount']) ?? decimal(money)
    return amount === undefined ? [] : [{ code: text(one['code']) ?? 'linehaul', amount }]
  })
}

/** What an instance is told of an invoice: all of it, its own load, or what it asks for which load. */
export function takeInvoice(fact: Fact, _: unknown, key: string): InvoiceTold {
  const [, event = ''] = fact.type.split('.')
  const { object: said = {}, status } = fact.data as { readonly object?: Data; readonly status?: unknown }
  const object = asCredited(said)
  const keys = keysNow(fact)
  const loads = keys.length > 1 ? keys.slice(0, -1) : []
  const isPart = loads.includes(key)
  const lines = isPart ? linesOf(object, key) : linesIn(object)
  const charges = chargesOf(lines)
  const total = (isPart ? undefined : decimal(record(object['total'])['amount'])) ?? totalOf(charges)
  const mixed = currenciesOf(object)
  return {
    // Called off before anybody knew what it asks for: what is told since changes nothing of that.
    happened: status === 'cancelled' ? status : event,
    number: text(object['invoiceNumber']) ?? fact.subject,
    total,
    charges,
    ...present('currency', currencyOf(object)),
    ...present('carrier', text(object['carrier'])),
    ...present('kind', kindOf(object, total)),
    ...present('due', text(object['dueDate'])),
    ...(mixed.length > 1 ? { mixed } : {}),
    ...(isPart ? { isPart, part: partOf(object, loads, key) } : {}),
    ...(keys.includes(key) ? {} : present('movedTo', keys[0])),
    ...(loads.length > 0 && key === keys.at(-1) ? { master: masterOf(object, loads) } : {}),
  }
}

/** What gives money back is a credit note, whatever the carrier calls it: it takes the place of no invoice. */
function kindOf(object: Data, total: string): string | undefined {
  const kind = text(object['kind']) ?? (text(object['correction']) === undefined ? undefined : 'correction')
  return compare(total, '0') < 0 && (kind === undefined || kind === 'invoice') ? 'credit_note' : kind
}

/** A credit note is money that comes back, also where its sender writes what he gives back without a sign. */
function asCredited(object: Data): Data {
  const total = decimal(record(object['total'])['amount']) ?? totalOf(chargesOf(linesIn(object)))
  if (object['kind'] !== 'credit_note' || compare(total, '0') <= 0) return object
  return {
    ...object,
    ...('total' in object ? { total: creditedMoney(object['total']) } : {}),
    ...('lines' in object ? { lines: linesIn(object).map(creditedLine) } : {}),
  }
}

function creditedLine(line: Data): Data {
  const { charges } = line
  return {
    ...line,
    ...('amount' in line ? { amount: creditedMoney(line['amount']) } : {}),
    ...('total' in line ? { total: creditedMoney(line['total']) } : {}),
    ...(Array.isArray(charges) ? { charges: (charges as unknown[]).map((one) => creditedLine(record(one))) } : {}),
  }
}

function creditedMoney(told: unknown): unknown {
  const plainAmount = decimal(told)
  if (plainAmount !== undefined) return negate(plainAmount)
  const amount = decimal(record(told)['amount'])
  return amount === undefined ? told : { ...record(told), amount: negate(amount) }
}

function linesOf(object: Data, load: string): readonly Data[] {
  return linesIn(object).filter((line) => loadOf(line) === load)
}

/** The money of the total; where nobody said, that of the charges. */
function currencyOf(object: Data): string | undefined {
  return text(record(object['total'])['currency']) ?? currenciesOf(object)[0]
}

function currenciesOf(object: Data): readonly string[] {
  const named = [record(object['total'])['currency'], ...linesIn(object).flatMap(currenciesIn)]
  return [...new Set(named.flatMap((one) => text(one) ?? []))].toSorted()
}

function currenciesIn(line: Data): readonly unknown[] {
  const nested = Array.isArray(line['charges']) ? (line['charges'] as unknown[]).map(record) : []
  if (nested.length > 0) return nested.flatMap(currenciesIn)
  return [record(line['amount'] ?? line['total'])['currency'], line['currency']]
}

/** What it asks for each load, and for nothing that it names. */
function askedIn(object: Data, loads: readonly string[]): Pick<Master, 'loads' | 'loose' | 'looseTax'> {
  const charges = (isWanted: (load: string | undefined) => boolean): readonly Charge[] =>
    chargesOf(linesIn(object).filter((line) => isWanted(loadOf(line))))
  const loose = charges((one) => one === undefined || !loads.includes(one))
  return {
    loads: Object.fromEntries(loads.map((load) => [load, totalOf(charges((one) => one === load))])),
    ...{ loose: totalOf(loose), looseTax: taxIn(loose) },
  }
}

/** The name of what an invoice over several loads asks for: the carrier asks for something else under its number when it is another one. */
export function wholeContentOf(
  told: Pick<InvoiceTold, 'total' | 'currency' | 'charges' | 'carrier'> & Partial<Master>,
): string {
  const { total, currency, charges, loads, loose, carrier } = told
  return shortHash(JSON.stringify([total, currency, charges, loads, loose, carrier]))
}

function refusedOf(object: Data): readonly string[] {
  return Object.keys(record(object['refused'])).toSorted()
}

function revisionOf(object: Data, load: string): string {
  const { carrier, kind } = object
  const charges = chargesOf(linesOf(object, load))
  return shortHash(JSON.stringify([charges, currencyOf(object), carrier, kind, refusedOf(object)]))
}

function partOf(object: Data, loads: readonly string[], load: string): Part {
  const charges = chargesOf(linesIn(object))
  const total = decimal(record(object['total'])['amount']) ?? totalOf(charges)
  const whole = {
    total,
    charges,
    ...present('currency', currencyOf(object)),
    ...present('carrier', text(object['carrier'])),
  }
  const refused = refusedOf(object)
  return {
    revision: revisionOf(object, load),
    refusals: refused.length,
    ...(refused.includes(wholeContentOf({ ...whole, ...askedIn(object, loads) })) ? { isRefused: true } : {}),
    ...present('approved', text(record(object['approvedRevisions'])[load])),
  }
}

function masterOf(object: Data, loads: readonly string[]): Master {
  const refused = refusedOf(object)
  const told = record(object['settled'])
  const revisions = Object.fromEntries(loads.map((load) => [load, revisionOf(object, load)]))
  const settled = loads.flatMap((load): [string, Settled][] => {
    // What was settled before revisions were kept is of the first word of the carrier.
    const one = told[settledName(load, revisions[load] ?? '')] ?? (refused.length === 0 ? told[load] : undefined)
    const { pay, tolerated, tax } = record(one)
    const paid = { pay: decimal(pay) ?? '0', tolerated: decimal(tolerated) ?? '0', ...present('tax', decimal(tax)) }
    return one === undefined ? [] : [[load, paid]]
  })
  return { ...askedIn(object, loads), revisions, refused, settled: Object.fromEntries(settled) }
}

/** The name of what became of a load, for one revision of it. */
export function settledName(load: string, revision: string): string {
  return `${load} ${revision}`
}
