import { Type } from 'typebox'

/**
 * The contract between the hub and any ERP without a connector of its own: documents with header, lines and an explicit
 * `complete`, after the shape in which the public model of a warehouse-only ERP mode exchanges shipment orders. Decimals are
 * strings, instants RFC 3339.
 *
 * - `POST /documents/{kind}` with `complete: true` and all lines: one exchange, one document. `201 {documentNumber}`.
 * - `POST /documents/{kind}` without, `POST /documents/{kind}/{externalReference}/lines`, `POST …/complete`: in parts. Without
 *   `complete` nothing is booked.
 * - `GET /documents?externalReference=`: strongly consistent look-up. `GET /documents?prefix=&since=&cursor=`: for reconciliation.
 * - The ERP need not recognise a repeated `externalReference`: the hub looks before it repeats. It books a second document only
 *   where the look-up was complete and found none.
 * - No: 400, 409 (period closed), 422, or 200 with `{"status": "error", "messages": [...]}`. Later: 423 (locked), 429 and 503
 *   with `Retry-After`, all before anything was booked.
 */
export const documentKinds = {
  adjust_freight_accrual: 'freight_accrual_adjustment',
  adjust_inventory: 'inventory_adjustment',
  amend_order: 'order_amendment',
  attach_pod: 'pod_attachment',
  block_invoice: 'invoice_block',
  cancel_purchase_order: 'purchase_order_cancellation',
  change_purchase_order: 'purchase_order_change',
  charge_customer: 'customer_charge',
  clear_invoice_block: 'invoice_block_clearance',
  close_claim: 'claim_closure',
  create_claim: 'claim',
  create_delivery: 'delivery',
  issue_credit: 'credit',
  offset_claim: 'claim_offset',
  post_freight_accrual: 'freight_accrual',
  post_freight_invoice: 'freight_invoice',
  post_goods_issue: 'goods_issue',
  post_goods_receipt: 'goods_receipt',
  post_return_receipt: 'return_receipt',
  release_invoice: 'invoice_release',
  restock_return: 'return_restock',
  reverse_freight_accrual: 'freight_accrual_reversal',
  reverse_goods_issue: 'goods_issue_reversal',
  reverse_goods_receipt: 'goods_receipt_reversal',
  send_invoice: 'invoice_sending',
  withdraw_claim: 'claim_withdrawal',
  withdraw_delivery: 'delivery_withdrawal',
} as const

/** A command of the processes that an ERP gets as a document. */
export type ErpCommand = keyof typeof documentKinds

/** Longest external reference that the contract promises to keep. */
export const referenceLength = 32

/** What is posted, all of it or its beginning; quantities and money within are decimal strings. */
export const document = Type.Object(
  {
    externalReference: Type.String({ maxLength: referenceLength, description: 'Ours; the same over all attempts.' }),
    kind: Type.String({ enum: Object.values(documentKinds) }),
    complete: Type.Boolean({ description: 'False leaves the document open for more lines.' }),
    postingDate: Type.Optional(Type.String({ description: 'Calendar date of the business event.' })),
    content: Type.Optional(
      Type.String({ description: 'Fingerprint of kind, date, header and lines; given back by the look-up.' }),
    ),
    header: Type.Record(Type.String(), Type.Unknown(), {
      description: 'Number of the delivery, order, receipt, return, claim or invoice, carrier, money, references.',
    }),
    lines: Type.Array(Type.Record(Type.String(), Type.Unknown()), { maxItems: 10_000 }),
  },
  { additionalProperties: false, description: 'One document for the ERP.' },
)

/** Answer to a document that was booked, and what the look-up says of one. */
export const booked = Type.Object(
  {
    documentNumber: Type.String(),
    externalReference: Type.Optional(Type.String()),
    kind: Type.Optional(Type.String()),
    content: Type.Optional(
      Type.String({ description: 'As it was sent. Where it differs, a person decides instead of the hub.' }),
    ),
  },
  { description: 'What the ERP booked.' },
)

/** Answer of `GET /documents`. */
export const documentList = Type.Object(
  {
    documents: Type.Array(booked),
    next: Type.Optional(Type.String({ description: 'Cursor of the next page; a look-up by reference has one page.' })),
  },
  { description: 'Documents that the ERP has booked.' },
)

/** What the ERP or a shop sends: `POST /v1/inbound/{connection}`. */
export const event = Type.Object(
  {
    eventId: Type.String({ description: 'Unique; a repetition keeps it.' }),
    type: Type.String({
      description:
        'order.created, order.changed, order.held, order.hold_released, delivery.created, delivery.goods_issued, purchase_order.issued, invoice.blocked, appointment.checked_in, freight_invoice.received …',
    }),
    occurredAt: Type.String(),
    revision: Type.Optional(Type.Integer({ description: 'Grows with each change of the object.' })),
    data: Type.Record(Type.String(), Type.Unknown()),
  },
  { description: 'Something that happened in the ERP or shop.' },
)
