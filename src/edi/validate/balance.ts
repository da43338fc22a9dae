import { add, compare, multiply, readDecimal, subtract } from '../../base/decimal.ts'
import { type Segment, textOf } from '../read/segment.ts'
import type { VerdictCode } from '../verdict/codes.ts'
import type { MarkElement } from './levels.ts'

/** An amount of a segment in a place of the set. */
interface Amount {
  readonly tag: string
  /** Path of the loop that it stands in; empty for the set itself. */
  readonly path: string
  /** The factors of a product, or the one element of an amount. */
  readonly elements: readonly number[]
  readonly component?: number
  /** Implied decimals of each element. */
  readonly decimals?: number
  /** Only with this code in an element; of a composite, in a component of it. */
  readonly qualifier?: { readonly element: number; readonly component?: number; readonly codes: readonly string[] }
}

/** Something that is added up under a name, or taken off where `minus` says so. */
interface Addend extends Amount {
  readonly name: string
  readonly minus?: { readonly element: number; readonly code: string }
  /** With another code here nobody but the partners knows what the price is for: nothing is judged. */
  readonly known?: { readonly element: number; readonly codes: readonly string[] }
}

/** An amount that a document declares, and the ways of adding up that may lead to it. */
interface Balance {
  readonly declared: Amount
  readonly addends: readonly Addend[]
  readonly sums: readonly (readonly string[])[]
  /** Each of this many must be there, or nothing is judged: an amount that a line leaves out is no zero. */
  readonly each?: { readonly tag: string; readonly path: string }
}

const charge = { tag: 'SAC', elements: [5], decimals: 2, qualifier: { element: 1, codes: ['A', 'C'] } } as const
const allowance = { element: 1, code: 'A' } as const

/** Which taxes and charges a total includes is the seller's habit: a total is wrong that no habit leads to. */
const balances: Readonly<Record<string, Balance>> = {
  '210': {
    declared: { tag: 'B3', path: '', elements: [7], decimals: 2 },
    addends: [{ name: 'charges', tag: 'L1', path: '0400', elements: [4], decimals: 2 }],
    sums: [['charges']],
  },
  '810': {
    declared: { tag: 'TDS', path: '', elements: [1], decimals: 2 },
    addends: [
      {
        name: 'lines',
        tag: 'IT1',
        path: 'IT1',
        elements: [2, 4],
        known: { element: 5, codes: ['', 'EA', 'PE', 'NT', 'QT', 'UM'] },
      },
      { name: 'charges', ...charge, path: 'SAC', minus: allowance },
      { name: 'lineCharges', ...charge, path: 'IT1/SAC', minus: allowance },
      { name: 'taxes', tag: 'TXI', path: '', elements: [2] },
      { name: 'lineTaxes', tag: 'TXI', path: 'IT1', elements: [2] },
    ],
    sums: [
      ['lines', 'charges', 'lineCharges', 'taxes'],
      ['lines', 'charges', 'lineCharges', 'lineTaxes'],
      ['lines', 'charges', 'lineCharges'],
      ['lines', 'charges', 'taxes'],
      ['lines', 'charges'],
      ['lines', 'taxes'],
      ['lines'],
    ],
  },
  '820': {
    declared: { tag: 'BPR', path: '', elements: [2] },
    addends: ['ENT/', ''].flatMap((around): Addend[] => [
      { name: 'items', tag: 'RMR', path: `${around}RMR`, elements: [4] },
      { name: 'adjustments', tag: 'ADX', path: `${around}ADX`, elements: [1] },
    ]),
    sums: [['items', 'adjustments'], ['items']],
  },
  INVOIC: {
    declared: {
      tag: 'MOA',
      path: 'MOA',
      elements: [1],
      component: 2,
      qualifier: { element: 1, component: 1, codes: ['79'] },
    },
    addends: [
      {
        name: 'lines',
        tag: 'MOA',
        path: 'LIN/MOA',
        elements: [1],
        component: 2,
        qualifier: { element: 1, component: 1, codes: ['203'] },
      },
    ],
    sums: [['lines']],
    each: { tag: 'LIN', path: 'LIN' },
  },
}

/** Tags whose amounts a set balances; none for most sets. */
export function balancedTags(identifier: string): ReadonlySet<string> {
  const balance = Object.hasOwn(balances, identifier) ? balances[identifier] : undefined
  if (balance === undefined) return new Set()
  const { declared, addends, each } = balance
  return new Set([declared.tag, ...addends.map(({ tag }) => tag), ...(each === undefined ? [] : [each.tag])])
}

/** L4: what a document declares as its total must be a sum of what it holds. */
export class BalanceCheck {
  readonly #balance: Balance | undefined
  readonly #totals = new Map<string, string>()
  #count = 0
  #owed = 0
  #isKnown = true
  #declared: { readonly amount: string; readonly tell: (code: VerdictCode) => void } | undefined

  constructor(identifier: string) {
    this.#balance = Object.hasOwn(balances, identifier) ? balances[identifier] : undefined
  }

  accept(segment: Segment, { tag, path }: { readonly tag: string; readonly path: string }, mark: MarkElement): void {
    const balance = this.#balance
    if (balance === undefined) return
    if (tag === balance.each?.tag && path === balance.each.path) this.#owed++
    const { declared } = balance
    if (tag === declared.tag && path === declared.path && isQualified(segment, declared)) {
      const amount = amountOf(segment, declared)
      const [element = 1] = declared.elements
      if (amount !== undefined)
        this.#declared = { amount, tell: mark(element, textOf(segment, element, declared.component ?? 1)) }
      return
    }
    for (const addend of balance.addends)
      if (tag === addend.tag && path === addend.path && isQualified(segment, addend)) this.#add(segment, addend)
  }

  #add(segment: Segment, addend: Addend): void {
    const amount = amountOf(segment, addend)
    const { name, minus, known } = addend
    if (known !== undefined && !known.codes.includes(textOf(segment, known.element))) this.#isKnown = false
    if (amount === undefined) {
      // A line without a price is not judged by a total of prices.
      if (addend.elements.length > 1) this.#isKnown = false
      return
    }
    this.#count++
    const total = this.#totals.get(name) ?? '0'
    const isLess = minus !== undefined && textOf(segment, minus.element) === minus.code
    this.#totals.set(name, isLess ? subtract(total, amount) : add(total, amount))
  }

  /** The set is over; ready for the next one. */
  end(): void {
    if (this.#balance === undefined) return
    const declared = this.#declared
    if (declared !== undefined && this.#isKnown && this.#count > 0 && this.#count >= this.#owed) {
      const isRounded = this.#balance.addends.some(({ elements }) => elements.length > 1) === true
      const tolerance = isRounded ? multiply('0.01', String(this.#count)) : '0'
      const isReached = this.#balance.sums.some((names) => {
        const sum = names.reduce((total, name) => add(total, this.#totals.get(name) ?? '0'), '0')
        return compare(subtract(sum, declared.amount).replace('-', ''), tolerance) <= 0
      })
      if (!isReached) declared.tell('total.wrong')
    }
    this.#totals.clear()
    this.#count = 0
    this.#owed = 0
    this.#isKnown = true
    this.#declared = undefined
  }
}

function isQualified(segment: Segment, { qualifier }: Amount): boolean {
  return qualifier === undefined || qualifier.codes.includes(textOf(segment, qualifier.element, qualifier.component))
}

/** The amount, or the product of the elements; `undefined` where one of them is not there or no number. */
function amountOf(segment: Segment, { elements, component, decimals = 0 }: Amount): string | undefined {
  let product = '1'
  for (const element of elements) {
    const factor = readDecimal(textOf(segment, element, component))
    if (factor === undefined) return undefined
    product = multiply(product, factor)
  }
  return decimals === 0 ? product : multiply(product, `0.${'0'.repeat(decimals - 1)}1`)
}
