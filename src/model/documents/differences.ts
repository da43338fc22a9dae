import { add, compare, readDecimal, subtract } from '../../base/decimal.ts'
import type { Derived } from '../fact.ts'
import { canonicalUnit } from '../partner-unit.ts'
import { announcedTwice, standingNotices } from './notices.ts'
import type { DocumentEntity } from './transitions.ts'

/** Two documents about one object that do not agree on an item. */
export interface Difference {
  readonly kind:
    | 'over'
    | 'short'
    | 'damaged'
    | 'rejected'
    | 'price'
    | 'not_ordered'
    | 'announced_over'
    | 'announced_twice'
    | 'announced_unordered'
    | 'shipped_over'
    | 'shipped_unordered'
  readonly sku: string
  /** What the one document says, and what the other: quantities, or prices. */
  readonly expected: string
  readonly said: string
  readonly uom?: string
}

type Members = Readonly<Record<string, unknown>>

/**
 * What the documents of an object say against each other: what left the warehouse against what it was to ship, what a customer received
 * against what left, what a supplier announces and invoices against what was ordered. A function of the object alone, so that it does not matter which document came first. Items whose
 * documents count in different units are not compared.
 */
export function differencesOf(entity: DocumentEntity, object: Members): readonly Difference[] {
  if (entity === 'delivery') return [...shippedDifferences(object), ...deliveredDifferences(object)]
  return entity === 'purchase_order' ? [...announcedDifferences(object), ...invoicedDifferences(object)] : []
}

/** What began and what ended between the object as it was and as it is. */
export function differenceFacts(entity: DocumentEntity, before: Members, after: Members): Derived[] {
  if (!isCompared(entity, after) || compared.every((name) => before[name] === after[name])) return []
  const keyOf = ({ kind, sku }: Difference): string => `${kind} ${sku}`
  const old = new Map(differencesOf(entity, before).map((one) => [keyOf(one), one]))
  const now = new Map(differencesOf(entity, after).map((one) => [keyOf(one), one]))
  const detected = [...now.values()].filter((one) => JSON.stringify(old.get(keyOf(one))) !== JSON.stringify(one))
  const resolved = [...old.values()].filter((one) => !now.has(keyOf(one)))
  const fact = (rule: string, differences: readonly Difference[]): Derived[] =>
    differences.length === 0
      ? []
      : [
          {
            rule,
            type: `${entity}.${rule}`,
            data: { differences: differences.slice(0, differencesMax), count: differences.length },
          },
        ]
  return [...fact('discrepancy_detected', detected), ...fact('discrepancy_resolved', resolved)]
}

/** What one fact may carry. */
const differencesMax = 100

/** Members that are compared: where none of them was told again, nothing can differ anew. */
const compared = ['confirmations', 'invoices', 'lines', 'notices', 'receipts'] as const

function isCompared(entity: DocumentEntity, object: Members): boolean {
  if (entity === 'delivery')
    return object['confirmations'] !== undefined && (object['receipts'] ?? object['lines']) !== undefined
  const told = object['invoices'] ?? object['notices']
  return entity === 'purchase_order' && told !== undefined && object['lines'] !== undefined
}

/** Less than was ordered may follow with another confirmation; more, or something else, cannot be made good by one. */
function shippedDifferences(object: Members): Difference[] {
  const ordered = totals([object], 'quantity')
  if (ordered.size === 0) return []
  return [...totals(partsOf(object['confirmations']), 'quantity')].flatMap(([sku, said]): Difference[] => {
    const expected = ordered.get(sku)
    if (expected !== undefined) {
      const difference = quantityDifference(sku, expected, said)
      return difference?.kind === 'over' ? [{ ...difference, kind: 'shipped_over' }] : []
    }
    return said.quantity === undefined
      ? []
      : [{ kind: 'shipped_unordered', sku, expected: '0', said: said.quantity, ...unitOf(said) }]
  })
}

function deliveredDifferences(object: Members): Difference[] {
  const confirmations = partsOf(object['confirmations'])
  const receipts = partsOf(object['receipts'])
  if (confirmations.length === 0 || receipts.length === 0) return []
  const shipped = totals(confirmations, 'quantity')
  const received = totals(receipts, 'received')
  const found: Difference[] = []
  for (const [sku, expected] of shipped) {
    const said = received.get(sku)
    const difference = said === undefined ? undefined : quantityDifference(sku, expected, said)
    // What is not there yet may come with a later receipt: short is what is missing when all parts were received.
    if (difference !== undefined && (difference.kind === 'over' || receipts.length >= confirmations.length))
      found.push(difference)
    else if (said === undefined && receipts.length >= confirmations.length && expected.quantity !== undefined)
      found.push({ kind: 'short', sku, expected: expected.quantity, said: '0', ...unitOf(expected) })
  }
  for (const kind of ['damaged', 'rejected'] as const)
    for (const [sku, { quantity, ...rest }] of totals(receipts, kind))
      if (quantity !== undefined && compare(quantity, '0') > 0)
        found.push({ kind, sku, expected: '0', said: quantity, ...unitOf(rest) })
  return found
}

/** Less than was ordered may come with another notice; more, or something else, was not asked for. */
function announcedDifferences(object: Members): Difference[] {
  const notices = partsOf(object['notices'])
  const ordered = totals([object], 'quantity')
  if (notices.length === 0 || ordered.size === 0) return []
  const found = [...totals(standingNotices(notices), 'quantity')].flatMap(([sku, said]): Difference[] => {
    const expected = ordered.get(sku)
    if (expected !== undefined) {
      const difference = quantityDifference(sku, expected, said)
      return difference?.kind === 'over' ? [{ ...difference, kind: 'announced_over' }] : []
    }
    return said.quantity === undefined
      ? []
      : [{ kind: 'announced_unordered', sku, expected: '0', said: said.quantity, ...unitOf(said) }]
  })
  return [
    ...found,
    ...announcedTwice(notices).map((one): Difference => ({ kind: 'announced_twice', expected: '0', ...one })),
  ]
}

function invoicedDifferences(object: Members): Difference[] {
  const ordered = totals([object], 'quantity')
  // A credit note takes back, and a part without lines says nothing of items.
  const invoices = standingInvoices(object['invoices']).filter(({ kind }) => kind !== 'credit_note')
  if (ordered.size === 0 || invoices.length === 0) return []
  const found: Difference[] = []
  for (const [sku, said] of totals(invoices, 'quantity')) {
    const expected = ordered.get(sku)
    if (expected === undefined) {
      if (said.quantity !== undefined)
        found.push({ kind: 'not_ordered', sku, expected: '0', said: said.quantity, ...unitOf(said) })
      continue
    }
    const difference = quantityDifference(sku, expected, said)
    // Less than was ordered is a part of it.
    if (difference?.kind === 'over') found.push(difference)
    const [price] = expected.prices
    const other = [...said.prices].find((one) => price !== undefined && compare(one, price) !== 0)
    if (price !== undefined && expected.prices.size === 1 && other !== undefined)
      found.push({ kind: 'price', sku, expected: price, said: other })
  }
  return found
}

/** Invoices by their number, without those that their sender took back. */
function standingInvoices(told: unknown): readonly Members[] {
  const all = Object.entries(typeof told === 'object' && told !== null ? (told as Members) : {}) as [string, Members][]
  const takenBack = new Set(
    all.filter(([, { purpose }]) => purpose === 'cancelled').map(([, one]) => one['invoiceNumber']),
  )
  return all.filter(([number, { purpose }]) => purpose !== 'cancelled' && !takenBack.has(number)).map(([, one]) => one)
}

/** Sums of one item over all lines; without a quantity where its lines cannot be added up. */
interface Total {
  readonly quantity: string | undefined
  readonly uom: string | undefined
  readonly prices: ReadonlySet<string>
}

function totals(holders: readonly Members[], member: string): Map<string, Total> {
  const found = new Map<string, Total>()
  for (const line of holders.flatMap(({ lines }) => (Array.isArray(lines) ? (lines as unknown[]) : []))) {
    if (typeof line !== 'object' || line === null) continue
    const { sku, uom, price, [member]: told } = line as Members
    const quantity = decimalOf(told)
    if (typeof sku !== 'string' || quantity === undefined) continue
    const unit = typeof uom === 'string' ? canonicalUnit(uom) : undefined
    const known = found.get(sku)
    const one = decimalOf(price)
    found.set(sku, {
      quantity:
        known === undefined
          ? quantity
          : known.uom === unit && known.quantity !== undefined
            ? add(known.quantity, quantity)
            : undefined,
      uom: unit,
      prices: new Set([...(known?.prices ?? []), ...(one === undefined ? [] : [one])]),
    })
  }
  return found
}

function quantityDifference(sku: string, expected: Total, said: Total): Difference | undefined {
  if (expected.quantity === undefined || said.quantity === undefined || expected.uom !== said.uom) return undefined
  const over = subtract(said.quantity, expected.quantity)
  if (compare(over, '0') === 0) return undefined
  const kind = over.startsWith('-') ? 'short' : 'over'
  return { kind, sku, expected: expected.quantity, said: said.quantity, ...unitOf(expected) }
}

function unitOf({ uom }: Pick<Total, 'uom'>): Pick<Difference, 'uom'> {
  return uom === undefined ? {} : { uom }
}

function partsOf(value: unknown): readonly Members[] {
  return typeof value === 'object' && value !== null ? (Object.values(value) as Members[]) : []
}

function decimalOf(value: unknown): string | undefined {
  return typeof value === 'string' ? readDecimal(value) : undefined
}
