import { ProcessRun, type Told } from '../../../test/process-run.ts'
import { freightSettlement } from './process.ts'

/** The goods have left, with what their freight costs. */
export const left = (amount = '100.00', confirmations: object = {}): Told => ({
  type: 'delivery.staged',
  subject: 'dlv_1',
  data: {
    object: {
      deliveryNumber: '80000001',
      confirmations: { 1: { carrier: 'haul', freight: { amount, currency: 'EUR' } }, ...confirmations },
    },
  },
})
/** An invoice of the carrier. */
export const invoice = (
  number: string,
  amount: string,
  { happened = 'received', charged = amount, currency = 'EUR', ...more }: Readonly<Record<string, string>> = {},
  minutes?: number,
): Told => ({
  type: `freight_invoice.${happened}`,
  subject: `frt_${number}`,
  ...(minutes === undefined ? {} : { minutes }),
  data: {
    object: {
      ...{ invoiceNumber: number, carrier: 'haul', shipment: '80000001', total: { amount, currency }, ...more },
      lines: [{ charges: [{ code: 'freight', amount: { amount: charged } }] }],
    },
  },
})
/** What makes it a corrected one. */
export const correction = { kind: 'corrected_invoice' }
/** A process that was told these, where no proof is wanted. */
export const run = (...facts: readonly Told[]): ProcessRun =>
  facts.reduce((one, fact) => one.tell(fact), new ProcessRun(freightSettlement, { policy: { serviceProof: 'none' } }))
/** Where an invoice is. */
export const where = (one: ProcessRun, number: string) => one.state(`invoice/haul:${number}`)
/** What the ERP is told to pay. */
export const paid = (one: ProcessRun) =>
  one.effects
    .filter(({ command }) => command === 'post_freight_invoice')
    .map(({ businessKey, payload }) => {
      const { amount, currency } = payload as { readonly amount: string; readonly currency: string }
      return `${businessKey} ${amount} ${currency}`
    })
/** By how much what was put aside is changed. */
export const deltas = (one: ProcessRun) =>
  one.effects
    .filter(({ command }) => command === 'adjust_freight_accrual')
    .map(({ payload }) => {
      const { delta, currency } = payload as { readonly delta: string; readonly currency: string }
      return `${delta} ${currency}`
    })
/** The invoice is in the books. */
export const booked = (one: ProcessRun): ProcessRun => one.outcome('post_freight_invoice', 'applied')
