import { add, compare, multiply, readDecimal } from '../../base/decimal.ts'
import { type Segment, textOf } from '../read/segment.ts'
import type { MarkElement } from './levels.ts'

/** A quantity or number of lines that an element of a trailer repeats. */
export interface SumRule {
  /** The segment that is counted or summed. */
  readonly of: string
  /** Elements whose product is summed; none: the segments are counted. */
  readonly elements: readonly number[]
  readonly trailer: string
  readonly element: number
  readonly component?: number
  /** The trailer speaks of it only with this in the component before. */
  readonly qualifier?: string
}

/** CNT+2: number of lines. */
const edifactLines: readonly SumRule[] = [
  { of: 'LIN', elements: [], trailer: 'CNT', element: 1, component: 2, qualifier: '2' },
]

/** CNT+16: number of containers. */
const edifactContainers: readonly SumRule[] = [
  { of: 'EQD', elements: [], trailer: 'CNT', element: 1, component: 2, qualifier: '16' },
]

const rules: Readonly<Record<string, readonly SumRule[]>> = {
  '810': [{ of: 'IT1', elements: [], trailer: 'CTT', element: 1 }],
  '846': [{ of: 'LIN', elements: [], trailer: 'CTT', element: 1 }],
  '850': lines('PO1', 2),
  '855': lines('PO1', 2),
  '856': [{ of: 'HL', elements: [], trailer: 'CTT', element: 1 }],
  '860': [{ of: 'POC', elements: [], trailer: 'CTT', element: 1 }],
  '861': [{ of: 'RCD', elements: [], trailer: 'CTT', element: 1 }],
  '865': [{ of: 'POC', elements: [], trailer: 'CTT', element: 1 }],
  '210': [{ of: 'L1', elements: [4], trailer: 'L3', element: 5 }],
  '940': [{ of: 'W01', elements: [1], trailer: 'W76', element: 1 }],
  '943': [{ of: 'W04', elements: [1], trailer: 'W03', element: 1 }],
  '944': [{ of: 'W07', elements: [1], trailer: 'W14', element: 1 }],
  '945': [{ of: 'W12', elements: [3], trailer: 'W03', element: 1 }],
  DESADV: edifactLines,
  COARRI: edifactContainers,
  CODECO: edifactContainers,
  COPARN: edifactContainers,
  INVOIC: edifactLines,
  INVRPT: edifactLines,
  ORDCHG: edifactLines,
  ORDERS: edifactLines,
  ORDRSP: edifactLines,
  RECADV: edifactLines,
}

function lines(of: string, quantity: number): SumRule[] {
  return [
    { of, elements: [], trailer: 'CTT', element: 1 },
    { of, elements: [quantity], trailer: 'CTT', element: 2 },
  ]
}

/** The rules of a set; none where nothing is counted. */
export function sumRulesOf(identifier: string): readonly SumRule[] {
  return rules[identifier] ?? []
}

/** L4: what a trailer counts must be what there is. */
export class Sums {
  readonly #rules: readonly SumRule[]
  readonly #totals: string[]

  constructor(mine: readonly SumRule[]) {
    this.#rules = mine
    this.#totals = mine.map(() => '0')
  }

  /** Ready for the next set. */
  reset(): void {
    this.#totals.fill('0')
  }

  accept(segment: Segment, tag: string, mark: MarkElement): void {
    for (const [index, rule] of this.#rules.entries()) {
      const total = this.#totals[index] ?? '0'
      if (tag === rule.of) this.#totals[index] = add(total, partOf(segment, rule))
      else if (tag === rule.trailer) judge(segment, rule, total, mark)
    }
  }
}

/** What cannot be read counts nothing here; L2 has said so. */
function partOf(segment: Segment, { elements }: SumRule): string {
  let product = '1'
  for (const element of elements) product = multiply(product, readDecimal(textOf(segment, element)) ?? '0')
  return product
}

function judge(
  segment: Segment,
  { element, component = 1, qualifier }: SumRule,
  total: string,
  mark: MarkElement,
): void {
  if (qualifier !== undefined && textOf(segment, element, component - 1) !== qualifier) return
  const written = textOf(segment, element, component)
  const declared = readDecimal(written)
  if (declared !== undefined && compare(declared, total) !== 0) mark(element, written)('total.wrong')
}
