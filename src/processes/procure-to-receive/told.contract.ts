import { ProcessRun, type Told } from '../../../test/process-run.ts'
import { procureToReceive } from './process.ts'

/** A tenant who has the process as it is. */
export const policy = {}
/** Some of one item. */
export const line = (sku: string, quantity: string, more: object = {}) => ({
  line: '1',
  sku,
  quantity,
  uom: 'EA',
  ...more,
})
/** The order as it is told. */
export const order = (
  happened: string,
  more: object = {},
  lines: object[] = [line('BOLT', '40', { price: '2.50' })],
): Told => ({
  type: `purchase_order.${happened}`,
  subject: 'pur_1',
  data: { object: { purchaseOrderNumber: '4500000001', supplier: 'ELM', due: '2026-04-20', lines, ...more } },
})
/** The order. */
export const issued = order('issued')
/** What the supplier answers. */
export const answered = (quantity: string, answer = 'accepted', price = '2.50', number = 'A1'): Told =>
  order('changed', { answers: { [number]: { answer, lines: [line('BOLT', quantity, { price })] } } })
/** What the supplier announces. */
export const notice = (quantity = '40', more: object = {}): Told => ({
  type: 'asn.received',
  subject: 'asn_1',
  data: {
    object: {
      asnNumber: 'N1',
      purchaseOrders: ['4500000001'],
      expectedAt: '2026-04-10',
      lines: [line('BOLT', quantity)],
      ...more,
    },
  },
})
/** A time at the dock. */
export const appointment = (happened: string, more: object = {}): Told => ({
  type: `appointment.${happened}`,
  subject: 'apt_1',
  data: {
    object: {
      appointmentNumber: 'D7',
      purchaseOrderNumber: '4500000001',
      asnNumber: 'N1',
      window: { from: '2026-04-10T08:00:00Z', to: '2026-04-10T09:00:00Z' },
      ...more,
    },
  },
})
/** What the warehouse counts. */
export const receipt = (happened = 'posted', lines: object[] = [line('BOLT', '40')], more: object = {}): Told => ({
  type: `goods_receipt.${happened}`,
  subject: 'grn_1',
  data: {
    object: {
      receiptNumber: 'R1',
      purchaseOrderNumber: '4500000001',
      location: 'DC1',
      receivedAt: '2026-04-10T08:30:00Z',
      lines,
      ...more,
    },
  },
})
/** The goods are in their bins. */
export const stowed: Told = {
  type: 'inventory.movement_posted',
  subject: 'stk_1',
  data: {
    type: 'putaway',
    document: { system: 'wms', kind: 'goods_receipt', id: 'R1' },
    references: [{ scheme: 'purchase_order', value: '4500000001' }],
  },
}
/** A process that was told these. */
export const begun = (...facts: readonly Told[]): ProcessRun =>
  facts.reduce((run, fact) => run.tell(fact), new ProcessRun(procureToReceive, { policy }))
/** What was asked for with a command. */
export const asked = (run: ProcessRun, command: string) => run.effects.filter((one) => one.command === command)
