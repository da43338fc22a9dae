import { compare } from '../../base/decimal.ts'
import type { Fact } from '../../model/fact.ts'
import { normalizeIdentifier } from '../../model/identifier.ts'
import type { Data } from '../posting.ts'
import { decimal, present, record, text } from '../told-document.ts'
import { type Charge, totalOf } from './matching.ts'

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
  readonly master?: Master
  /** The carrier names another load by now: it is settled there. */
  readonly movedTo?: string
}

/** What an invoice over several loads consists of. */
export interface Master {
  /** What it asks for each load. */
  readonly loads: Readonly<Record<string, string>>
  /** What it asks for nothing that it names. */
  readonly loose: string
  /** What became of each load that is settled. */
  readonly settled: Readonly<Record<string, Settled>>
}

/** What is paid for a load, and by how much that is beyond what was put aside without anybody having looked. */
export interface Settled {
  readonly pay: string
  readonly tolerated: string
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
  const { object = {}, status } = fact.data as { readonly object?: Data; readonly status?: unknown }
  const { amount, currency } = record(object['total'])
  const keys = keysNow(fact)
  const loads = keys.length > 1 ? keys.slice(0, -1) : []
  const isPart = loads.includes(key)
  const lines = isPart ? linesIn(object).filter((line) => loadOf(line) === key) : linesIn(object)
  const charges = chargesOf(lines)
  const total = (isPart ? undefined : decimal(amount)) ?? totalOf(charges)
  return {
    // Called off before anybody knew what it asks for: what is told since changes nothing of that.
    happened: status === 'cancelled' ? status : event,
    number: text(object['invoiceNumber']) ?? fact.subject,
    total,
    charges,
    ...present('currency', text(currency)),
    ...present('carrier', text(object['carrier'])),
    ...present('kind', kindOf(object, total)),
    ...present('due', text(object['dueDate'])),
    ...(isPart ? { isPart } : {}),
    ...(keys.includes(key) ? {} : present('movedTo', keys[0])),
    ...(loads.length > 0 && !isPart ? { master: masterOf(object, loads) } : {}),
  }
}

/** What gives money back is a credit note, whatever the carrier calls it: it takes the place of no invoice. */
function kindOf(object: Data, total: string): string | undefined {
  const kind = text(object['kind']) ?? (text(object['correction']) === undefined ? undefined : 'correction')
  return compare(total, '0') < 0 && (kind === undefined || kind === 'invoice') ? 'credit_note' : kind
}

function masterOf(object: Data, loads: readonly string[]): Master {
  const asked = (isWanted: (load: string | undefined) => boolean): string =>
    totalOf(chargesOf(linesIn(object).filter((line) => isWanted(loadOf(line)))))
  const settled = Object.entries(record(object['settled'])).map(([load, one]): [string, Settled] => [
    load,
    { pay: decimal(record(one)['pay']) ?? '0', tolerated: decimal(record(one)['tolerated']) ?? '0' },
  ])
  return {
    loads: Object.fromEntries(loads.map((load) => [load, asked((one) => one === load)])),
    loose: asked((one) => one === undefined || !loads.includes(one)),
    settled: Object.fromEntries(settled),
  }
}
