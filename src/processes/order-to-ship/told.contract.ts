import { ProcessRun, type Told } from '../../../test/process-run.ts'
import { candidatesFor, type Missing, type Substitution } from '../../model/stock/substitute.ts'
import { orderToShip } from './process.ts'

export const hub = { orchestratedBy: 'hub', deliveryCreatedBy: 'hub' }
export const lines = [
  { lineNo: '1', sku: 'TEA-250', quantity: '10', uom: 'C62' },
  { lineNo: '2', sku: 'MUG-1', quantity: '2', uom: 'C62' },
]
export interface Order {
  readonly lines?: readonly unknown[]
  readonly shipComplete?: boolean
  readonly revision?: number
}

export const order = (
  status: string,
  { lines: ordered = lines, shipComplete = false, revision = 0 }: Order = {},
): Told => ({
  type: `order.${status === 'on_hold' ? 'held' : status}`,
  subject: 'ord_1',
  data: {
    from: null,
    to: status,
    object: { orderNumber: '4711', lines: ordered, shipComplete },
    references: [{ scheme: 'order', issuer: 'erp', value: '4711' }],
    changed: [],
  },
  state: { revision },
})
export const amended = (status: string, { lines: ordered = lines, revision = 1 }: Order): Told => ({
  ...order('changed', { lines: ordered, revision }),
  data: { status, object: { orderNumber: '4711', lines: ordered }, references: [], changed: ['lines'] },
})
export const delivery = (
  status: string,
  more: {
    readonly number?: string
    readonly plannedShip?: unknown
    readonly lines?: unknown
    readonly picked?: unknown
  } = {},
): Told => {
  const { number = '80000001', plannedShip, lines: wanted, picked } = more
  return {
    type: `delivery.${status}`,
    subject: `dlv_${number}`,
    data: {
      from: null,
      to: status,
      object: { deliveryNumber: number, orderNumber: '4711', plannedShip, lines: wanted, picked },
      references: [],
      changed: [],
    },
  }
}
/** So much of the first line, for a document that names it alone. */
export const short = (quantity: string) => [{ lineNo: '1', sku: 'TEA-250', quantity, uom: 'C62' }]

/** The warehouse confirms again, with another quantity of the first line than before. */
export const corrected = (confirmation: string, [was, now]: readonly [string, string], number = '80000001'): Told => {
  const issued = (quantity: string) => [{ line: '1', sku: 'TEA-250', quantity, uom: 'C62' }]
  return {
    type: 'delivery.observation_recorded',
    subject: `dlv_${number}`,
    data: { kind: 'conflicting_part', said: `confirmations ${confirmation}`, told: { lines: issued(now) } },
    state: {
      object: {
        deliveryNumber: number,
        orderNumber: '4711',
        confirmations: { [confirmation]: { lines: issued(was) } },
      },
    },
  }
}
export interface Stock {
  readonly outcome?: string
  readonly expectedAt?: string
  readonly revision?: number
}

/** Stock has all of a line, told like a fact. */
export const granted = (lineNo: string, quantity: string): Told => ({
  type: 'reservation.answered',
  data: { reservation: `4711/${lineNo}`, outcome: 'confirmed', revision: 1, granted: quantity, missing: '0' },
})

/** Stock answers about a line. */
export function answered(
  run: ProcessRun,
  lineNo: string,
  [granted, missing]: readonly [string, string],
  more: Stock = {},
): ProcessRun {
  const { outcome = 'confirmed', expectedAt, revision = 1 } = more
  return run.report('reservation.answered', {
    reservation: `4711/${lineNo}`,
    outcome,
    revision,
    granted,
    missing,
    expectedAt,
  })
}

export const ours = (...facts: readonly Told[]): ProcessRun =>
  facts.reduce((run, fact) => run.tell(fact), new ProcessRun(orderToShip, { policy: hub }))
export const theirs = (...facts: readonly Told[]): ProcessRun =>
  facts.reduce((run, fact) => run.tell(fact), new ProcessRun(orderToShip, { policy: {} }))
export const full = (run: ProcessRun): ProcessRun => answered(answered(run, '1', ['10', '0']), '2', ['2', '0'])
export const reported = (run: ProcessRun): unknown[] => run.said('order.reported').map(({ status }) => status)

/** What master data and stock say of what could be shipped instead: candidates and places by item. */
export interface Instead {
  readonly candidates?: Readonly<Record<string, readonly object[]>>
  readonly stock?: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** What master data holds, instead of candidates. */
  readonly relations?: readonly Substitution[]
}

/** What master data answers. */
export function substitutesFor({ candidates = {}, relations }: Instead, question: unknown, missing: unknown): object {
  const lines = missing as readonly (Missing & { readonly lineNo: string })[]
  const of = (one: Missing) => (relations === undefined ? (candidates[one.sku] ?? []) : candidatesFor(one, relations))
  return { question, lines: lines.map((one) => ({ lineNo: one.lineNo, candidates: of(one) })) }
}

/** What stock answers. */
export function placesOf({ stock = {} }: Instead, question: unknown, sku: string): object {
  const places = Object.entries(stock[sku] ?? {}).map(([location, quantity]) => ({ location, quantity }))
  return { sku, question, uom: 'C62', places }
}

/** Master data and stock answer the last question. */
export function informed(run: ProcessRun, instead: Instead = {}): ProcessRun {
  const { question, missing } = run.said('process.substitutes_wanted').at(-1) ?? {}
  run.report('substitutes.answered', substitutesFor(instead, question, missing))
  const asked = run.said('inventory.availability_requested')
  const last = asked.at(-1)?.['question']
  for (const one of asked.filter((each) => each['question'] === last))
    run.report('inventory.availability_answered', placesOf(instead, last, String(one['sku'])))
  return run
}
