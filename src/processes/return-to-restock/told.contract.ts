import { ProcessRun, type Told } from '../../../test/process-run.ts'
import { returnToRestock } from './process.ts'

/** The return as it is told. */
export const announced = (
  happened: string,
  more: object = {},
  lines: object[] = [{ line: '1', sku: 'LAMP', quantity: '10', uom: 'EA' }],
): Told => ({
  type: `return.${happened}`,
  subject: 'rma_1',
  data: {
    object: {
      returnNumber: 'RM1',
      customer: 'C1',
      reason: 'too bright',
      deliveredAt: '2026-03-25T10:00:00Z',
      lines,
      ...more,
    },
  },
})
/** The customer asks. */
export const requested = announced('requested')
/** Goods come back. */
export const back = (
  quantity: string,
  { sku = 'LAMP', id = 'm1', kind = 'return', type = 'posted', reverses = undefined as string | undefined } = {},
): Told => ({
  type: `inventory.movement_${type}`,
  subject: 'stk_1',
  data: {
    movement: id,
    ...(reverses === undefined ? {} : { reverses }),
    type: 'return_receipt',
    sku,
    quantity,
    document: { system: 'wms', kind, id: 'RM1' },
    references: [],
  },
})
/** What somebody finds. */
export const found = (...ones: readonly object[]): Told =>
  announced('changed', { inspections: Object.fromEntries(ones.map((one, at) => [`i${at + 1}`, one])) })
/** Units in one state. */
export const unit = (quantity: string, grade: string, more: object = {}) => ({
  sku: 'LAMP',
  quantity,
  grade,
  value: '20',
  ...more,
})
/** A process that was told these, for a tenant who has set this. */
export const run = (policy: Readonly<Record<string, unknown>>, ...facts: readonly Told[]): ProcessRun =>
  facts.reduce((one, fact) => one.tell(fact), new ProcessRun(returnToRestock, { policy }))
/** The same, for one who has set nothing. */
export const begun = (...facts: readonly Told[]): ProcessRun => run({}, ...facts)
/** What was asked for with a command. */
export const asked = (one: ProcessRun, command: string) => one.effects.filter((effect) => effect.command === command)
