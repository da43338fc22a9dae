import { add, compare, multiply, readDecimal } from '../../base/decimal.ts'
import { type Segment, textOf } from '../read/segment.ts'
import type { MarkElement } from './levels.ts'

/** L4: what a trailer counts must be what there is. */
export interface Sums {
  accept(segment: Segment, tag: string, mark: MarkElement): void
}

/** A quantity or number of lines that an element of a trailer repeats. */
interface Rule {
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
const edifactLines: readonly Rule[] = [
  { of: 'LIN', elements: [], trailer: 'CNT', element: 1, component: 2, qualifier: '2' },
]

const rules: Readonly<Record<string, readonly Rule[]>> = {
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
  INVOIC: edifactLines,
  ORDCHG: edifactLines,
  ORDERS: edifactLines,
  ORDRSP: edifactLines,
  RECADV: edifactLines,
}

function lines(of: string, quantity: number): Rule[] {
  return [
    { of, elements: [], trailer: 'CTT', element: 1 },
    { of, elements: [quantity], trailer: 'CTT', element: 2 },
  ]
}

/** The rules of a set; `undefined` where nothing is counted. */
export function sumsOf(identifier: string): Sums | undefined {
  const mine = rules[identifier]
  if (mine === undefined) return undefined
  const totals = mine.map(() => '0')
  const tags = new Set(mine.flatMap(({ of, trailer }) => [of, trailer]))
  return {
    accept(segment, tag, mark) {
      if (!tags.has(tag)) return
      for (const [index, rule] of mine.entries()) {
        if (tag === rule.of) totals[index] = add(totals[index] ?? '0', partOf(segment, rule))
        else if (tag === rule.trailer) judge(segment, rule, totals[index] ?? '0', mark)
      }
    },
  }
}

/** What cannot be read counts nothing here; L2 has said so. */
function partOf(segment: Segment, { elements }: Rule): string {
  let product = '1'
  for (const element of elements) product = multiply(product, readDecimal(textOf(segment, element)) ?? '0')
  return product
}

function judge(segment: Segment, { element, component = 1, qualifier }: Rule, total: string, mark: MarkElement): void {
  if (qualifier !== undefined && textOf(segment, element, component - 1) !== qualifier) return
  const written = textOf(segment, element, component)
  const declared = readDecimal(written)
  if (declared !== undefined && compare(declared, total) !== 0) mark(element, written)('total.wrong')
}
