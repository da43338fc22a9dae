import type { documentKinds } from '../../src/connectors/generic-erp/contract.ts'
import type { ProcessHub } from './process-hub.ts'

/** One piece of business as systems tell of it, and the documents that the ERP has to have in the end. */
export interface TradeCase {
  readonly process: string
  readonly policies: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  /** What is told, in the usual order. */
  readonly told: readonly (readonly [connection: 'erp' | 'wms' | 'dhl', type: string, data: object])[]
  /** How many of each. */
  readonly booked: Readonly<Partial<Record<keyof typeof documentKinds, number>>>
}

const line = { line: '10', sku: 'BOLT', quantity: '4', uom: 'EA' }
/** A warehouse's word that the order has left. */
export const shipped = {
  ...{ deliveryNumber: '80000001', orderNumber: '4711', location: 'OUT', carrier: 'dhl' },
  packages: [{ trackingNumber: 'JD1' }],
  lines: [line],
}
const scan = ['dhl', 'scan', { trackingNumber: 'JD1', code: 'delivered' }] as const
/** An amount of money, in euros. */
export const euros = (amount: string) => ({ amount, currency: 'EUR' })

const freightInvoice = (more: object) => ({
  ...{ invoiceNumber: 'F1', carrier: 'dhl', total: euros('101.00'), ...more },
  lines: [{ line: '1', charges: [{ code: 'freight', amount: euros('101.00') }] }],
})

/** The five processes, each without a person in it. */
export const tradeCases: Readonly<Record<string, TradeCase>> = {
  'an order that is shipped': {
    process: 'order-to-ship',
    policies: { 'order-to-ship': {} },
    told: [
      ['erp', 'order.created', { orderNumber: '4711', lines: [{ lineNo: '10', sku: 'BOLT', quantity: '4' }] }],
      ['erp', 'delivery.created', { deliveryNumber: '80000001', orderNumber: '4711' }],
      ['wms', 'shipment.confirmed', shipped],
    ],
    booked: { post_goods_issue: 1 },
  },
  'an invoice that waits for its proof': {
    process: 'ship-to-invoice',
    policies: { 'ship-to-invoice': { proofRequired: 'pod_document' } },
    told: [
      ['wms', 'shipment.confirmed', shipped],
      scan,
      ['dhl', 'proof_of_delivery', { trackingNumber: 'JD1', signedBy: 'A. Meyer' }],
    ],
    booked: { post_goods_issue: 1, block_invoice: 1, release_invoice: 1, attach_pod: 1 },
  },
  'an invoice that waits for the delivery alone': {
    process: 'ship-to-invoice',
    policies: { 'ship-to-invoice': { proofRequired: 'delivered_event' } },
    told: [['wms', 'shipment.confirmed', shipped], scan],
    booked: { post_goods_issue: 1, block_invoice: 1, release_invoice: 1 },
  },
  'goods that come back and are sold again': {
    process: 'return-to-restock',
    policies: { 'return-to-restock': { inspectMinutes: 2 } },
    told: [
      [
        'erp',
        'return.authorized',
        { returnNumber: 'RM1', lines: [{ line: '1', sku: 'BOLT', quantity: '4', uom: 'EA' }] },
      ],
      [
        'wms',
        'movement',
        {
          ...{ movement: 'return_receipt', sku: 'BOLT', quantity: '4', uom: 'EA', to: { location: 'IN' } },
          document: { kind: 'return', id: 'RM1', line: '1' },
        },
      ],
    ],
    booked: { post_return_receipt: 1, issue_credit: 1 },
  },
  'goods from a supplier': {
    process: 'procure-to-receive',
    policies: { 'procure-to-receive': { awaitsPutaway: false } },
    told: [
      ['erp', 'purchase_order.issued', { purchaseOrderNumber: '4500000001', supplier: 'ELM', lines: [line] }],
      [
        'wms',
        'receipt.posted',
        { receiptNumber: 'R1', purchaseOrderNumber: '4500000001', location: 'IN', lines: [line] },
      ],
    ],
    booked: { post_goods_receipt: 1 },
  },
  'what a carrier asks for a load': {
    process: 'freight-settlement',
    policies: { 'freight-settlement': {} },
    told: [
      ['wms', 'shipment.confirmed', { ...shipped, freight: euros('100.00') }],
      scan,
      [
        'erp',
        'freight_invoice.received',
        {
          ...{ invoiceNumber: 'F1', carrier: 'dhl', shipment: '80000001', total: euros('101.00') },
          lines: [{ line: '1', charges: [{ code: 'freight', amount: euros('101.00') }] }],
        },
      ],
    ],
    booked: { post_goods_issue: 1, post_freight_accrual: 1, adjust_freight_accrual: 1, post_freight_invoice: 1 },
  },
  'an invoice of a carrier that names its load later': {
    process: 'freight-settlement',
    policies: { 'freight-settlement': {} },
    told: [
      ['wms', 'shipment.confirmed', { ...shipped, freight: euros('100.00') }],
      scan,
      ['erp', 'freight_invoice.received', freightInvoice({})],
      ['erp', 'freight_invoice.received', freightInvoice({ shipment: '80000001' })],
    ],
    booked: { post_goods_issue: 1, post_freight_accrual: 1, adjust_freight_accrual: 1, post_freight_invoice: 1 },
  },
  'an invoice of a carrier by his number of the shipment': {
    process: 'freight-settlement',
    policies: { 'freight-settlement': {} },
    told: [
      ['wms', 'shipment.confirmed', { ...shipped, masterTrackingNumber: 'PRO1', freight: euros('100.00') }],
      scan,
      ['erp', 'freight_invoice.received', freightInvoice({ pro: 'PRO1' })],
    ],
    booked: { post_goods_issue: 1, post_freight_accrual: 1, adjust_freight_accrual: 1, post_freight_invoice: 1 },
  },
  'an invoice that its carrier takes back': {
    process: 'freight-settlement',
    // Nothing shows that the goods arrived: the invoice waits for that, and is taken back meanwhile.
    policies: { 'freight-settlement': {} },
    told: [
      ['wms', 'shipment.confirmed', { ...shipped, freight: euros('100.00') }],
      ['erp', 'freight_invoice.received', freightInvoice({ shipment: '80000001' })],
      ['erp', 'freight_invoice.cancelled', { invoiceNumber: 'F1', carrier: 'dhl' }],
    ],
    booked: { post_goods_issue: 1, post_freight_accrual: 1, post_freight_invoice: 0 },
  },
}

/** Those in which a person decides, or nothing is booked: told in any order, and not to an ERP in trouble. */
export const personCases: Readonly<Record<string, TradeCase>> = {
  'more than was ordered, claimed from the supplier': {
    process: 'claim',
    policies: { 'procure-to-receive': { awaitsPutaway: false }, claim: { autoSubmit: true } },
    told: [
      ['erp', 'purchase_order.issued', { purchaseOrderNumber: '4500000001', supplier: 'ELM', lines: [line] }],
      [
        'wms',
        'receipt.posted',
        { receiptNumber: 'R1', purchaseOrderNumber: '4500000001', location: 'IN', lines: [{ ...line, quantity: '9' }] },
      ],
    ],
    booked: { post_goods_receipt: 1, create_claim: 1 },
  },
  'a load that its carrier does not take': {
    process: 'carrier-reassignment',
    policies: { 'carrier-reassignment': { routingGuide: [{ carrier: 'dhl' }, { carrier: 'moor' }] } },
    told: [
      ['erp', 'shipment.tendered', { deliveryNumber: '80000001', carrier: 'dhl' }],
      ['erp', 'shipment.tender_declined', { deliveryNumber: '80000001', carrier: 'dhl' }],
      ['erp', 'shipment.tender_accepted', { deliveryNumber: '80000001', carrier: 'moor' }],
    ],
    booked: {},
  },
  'what a carrier asks for too much, and gives back': {
    process: 'freight-dispute',
    policies: { 'freight-settlement': { serviceProof: 'none' } },
    told: [
      ['wms', 'shipment.confirmed', { ...shipped, freight: euros('100.00') }],
      [
        'erp',
        'freight_invoice.received',
        { ...{ invoiceNumber: 'F1', carrier: 'dhl', shipment: '80000001', total: euros('130.00') }, lines: [] },
      ],
      [
        'erp',
        'freight_invoice.dispute_responded',
        { invoiceNumber: 'F1', carrier: 'dhl', answerNumber: 'A1', answer: 'accepted' },
      ],
    ],
    booked: { post_goods_issue: 1, post_freight_accrual: 1, post_freight_invoice: 1 },
  },
}

/** What an ERP does to whoever posts to it, by the fault of the simulated one. */
export const troubles = {
  'is down for a while': 'outage',
  'is in maintenance': 'unavailable',
  'has had enough for now': 'throttle',
  'has the document open elsewhere': 'locked',
  'is silent after it has booked': 'lostReply',
  'answers with half a sentence after it has booked': 'truncated',
  'gives up and books all the same, later': 'late',
} as const

/** Tells all of it. What only a person can decide about a return is decided as soon as it is asked. */
export async function happen(hub: ProcessHub, one: TradeCase, told = one.told): Promise<void> {
  for (const [connection, type, data] of told) await hub.say(connection, type, data)
  await hub.pass(3)
  await decided(hub)
}

const decisions = [
  ['inspect-return', 'restock'],
  ['receipt-discrepancy', 'claim'],
  ['variance', 'dispute'],
] as const

/** What only a person decides, the same each time: goods that came back are inspected, what is too much is claimed or disputed. */
export async function decided(hub: ProcessHub): Promise<void> {
  for (const [task, decision] of decisions) if ((await hub.open()).includes(task)) await hub.decide(task, decision)
}

/** What the ERP has booked, by command. */
export function bookedIn(hub: ProcessHub, one: TradeCase): Readonly<Record<string, number>> {
  const commands = Object.keys(one.booked) as (keyof typeof documentKinds)[]
  return Object.fromEntries(commands.map((command) => [command, hub.posted(command).length]))
}
