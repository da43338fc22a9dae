import { add, compare, type Decimal, isDecimal, least, subtract } from '../../base/decimal.ts'
import { readInstant } from '../../base/instant.ts'
import type { Derived } from '../fact.ts'
import { canonicalUnit } from '../partner-unit.ts'
import { convertForItem } from '../unit.ts'
import type { Draft } from './draft.ts'
import { problem } from './problem.ts'
import type { Inbound } from './state.ts'

/** Data of `inventory.inbound_reported`: what a purchase order, a ship notice or a receipt says about goods that are to come. */
export interface InboundReport {
  readonly id: string
  readonly part: 'order' | 'notice' | 'receipt'
  readonly sku: string
  readonly location: string
  readonly quantity: Decimal
  readonly uom: string
  /** RFC 3339. */
  readonly due: string
  readonly status: 'open' | 'over'
  /** Number of the purchase order that it belongs to. */
  readonly order?: string
}

/** Lines of documents about goods of one item that are to come; more are not counted, which promises too little, never too much. */
export const inboundMax = 1000

/** Folds what is expected to come: it counts from now on, until it is over. Without quantity, unit or time it is a problem. */
export function expectInbound(draft: Draft, report: InboundReport): Derived[] {
  const { id, status, location, due, part, order } = report
  const { [id]: known, ...others } = draft.inbound
  for (const one of [known?.location, location]) if (one !== undefined && one !== '') draft.weighed.add(one)
  if (status === 'over') {
    draft.inbound = withoutLonely(others, 0, known?.order)
    return []
  }
  const dueMs = readInstant(due)
  if (draft.sku === '') draft.sku = report.sku
  const quantity = baseUnits(draft, report)
  const isWrong = dueMs === undefined || quantity === undefined || compare(quantity, '0') < 0
  if (isWrong) return [problem({ sku: draft.sku, document: { id } }, 'what is expected has no quantity, unit or time')]
  if (known === undefined && Object.keys(others).length >= inboundMax) return []
  const one = { location, quantity, due: dueMs, part, ...(order === undefined ? {} : { order }) }
  draft.inbound = part === 'receipt' ? withoutLonely({ ...others, [id]: one }, lonelyMost) : { ...others, [id]: one }
  return []
}

/** A receipt may be told before its order; of those whose order nobody tells of, the newest few are kept. */
const lonelyMost = 100

/** Receipts that nobody awaits are let go: of one order all, otherwise those above the most. */
function withoutLonely(
  inbound: Readonly<Record<string, Inbound>>,
  most: number,
  order?: string,
): Readonly<Record<string, Inbound>> {
  const awaited = new Set(Object.values(inbound).flatMap((one) => (one.part === 'receipt' ? [] : [one.order])))
  const lonely = Object.entries(inbound).filter(
    ([, one]) =>
      one.part === 'receipt' && !awaited.has(one.order) && (order === undefined ? most > 0 : one.order === order),
  )
  if (lonely.length <= most) return inbound
  const gone = new Set(
    lonely
      .toSorted(([, a], [, b]) => b.due - a.due)
      .slice(most)
      .map(([id]) => id),
  )
  return Object.fromEntries(Object.entries(inbound).filter(([id]) => !gone.has(id)))
}

/**
 * What is still to come at a place, or at all, by then. A notice takes the place of what its order expects, and a receipt that of the
 * notice: the same goods never count twice.
 */
export function inboundBy(
  inbound: Readonly<Record<string, Inbound>>,
  { location, by }: { readonly location?: string | undefined; readonly by: number },
): Decimal {
  let total = '0'
  const orders = new Map<string, Inbound[]>()
  const count = (one: Inbound, quantity: Decimal): void => {
    if (one.due <= by && (location === undefined || one.location === location)) total = add(total, quantity)
  }
  for (const one of Object.values(inbound)) {
    if (one.order === undefined) {
      if (one.part !== 'receipt') count(one, one.quantity)
      continue
    }
    const family = orders.get(one.order)
    if (family === undefined) orders.set(one.order, [one])
    else family.push(one)
  }
  for (const family of orders.values()) openOf(family, count)
  return total
}

function openOf(family: readonly Inbound[], count: (one: Inbound, quantity: Decimal) => void): void {
  const of = (part: Inbound['part']): Inbound[] =>
    family.filter((one) => (one.part ?? 'order') === part).toSorted((a, b) => a.due - b.due)
  const sum = (all: readonly Inbound[]): Decimal => all.reduce((whole, { quantity }) => add(whole, quantity), '0')
  const received = sum(of('receipt'))
  const noticed = sum(of('notice'))
  draw(of('notice'), received, count)
  draw(of('order'), compare(noticed, received) > 0 ? noticed : received, count)
}

/** What is left of these, the first that is due being served first. */
function draw(all: readonly Inbound[], taken: Decimal, count: (one: Inbound, quantity: Decimal) => void): void {
  let left = taken
  for (const one of all) {
    const share = least(left, one.quantity)
    left = subtract(left, share)
    count(one, subtract(one.quantity, share))
  }
}

function baseUnits(draft: Draft, { quantity, uom }: InboundReport): Decimal | undefined {
  if (!isDecimal(quantity)) return undefined
  const own = draft.rules.conversions?.[canonicalUnit(uom)]
  const conversion = own === undefined ? undefined : { ...own, baseUom: draft.uom }
  const converted = convertForItem(quantity, { uom, base: draft.uom, conversion })
  return 'value' in converted ? converted.value : undefined
}
