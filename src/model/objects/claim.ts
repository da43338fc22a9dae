import { Type } from 'typebox'
import { statusesOf } from '../code-lists/document-status.ts'
import { code } from '../fields/code.ts'
import { day } from '../fields/day.ts'
import { hubId } from '../fields/hub-id.ts'
import { list } from '../fields/list.ts'
import { record } from '../fields/record.ts'
import { document } from './document.ts'
import { externalRef } from './parts/external-ref.ts'
import { meta } from './parts/meta.ts'
import { money } from './parts/money.ts'
import { quantity } from './parts/quantity.ts'

const opponents = {
  name: 'claim_opponent',
  values: { supplier: 'Whoever sold the goods.', carrier: 'Whoever moved the goods.' },
}
const types = {
  name: 'claim_type',
  values: {
    shortage: 'Less came.',
    overage: 'More came.',
    damage: 'It is damaged.',
    wrong_item: 'Something else came.',
    late: 'It came too late.',
    quality: 'It is not good enough.',
    loss: 'It never came.',
    pricing: 'The price is not what was agreed.',
  },
}
const settlements = {
  name: 'claim_settlement',
  values: {
    credit_note: 'The other side sent a credit note.',
    replacement: 'The other side sent other goods.',
    debit_memo: 'The tenant charged the other side.',
    offset: 'It was taken off another invoice.',
  },
}

/** What is demanded from a supplier or carrier because something went wrong. */
export const claimObject = record('What is demanded from a supplier or carrier because something went wrong.', {
  ...meta('clm'),
  against: code('Which kind of partner has to answer.', opponents),
  partyId: hubId('Who has to answer.', 'prt'),
  type: code('What went wrong.', types),
  basis: record('What it went wrong with. At least one of them is named.', {
    poId: Type.Optional(hubId('Purchase order that the goods were for.', 'pur')),
    grnId: Type.Optional(hubId('Goods receipt where it was found.', 'grn')),
    shipmentId: Type.Optional(hubId('Shipment that it happened to.', 'shp')),
  }),
  lines: list(
    'What is demanded, item by item.',
    record('The demand for one item.', {
      itemId: Type.Optional(hubId('What it is about. Absent: no single item.', 'itm')),
      quantity: Type.Optional(quantity('How much of it. Absent: only money is in question.')),
      amount: money('How much money is demanded.'),
    }),
  ),
  status: code('How far it has come.', statusesOf('claim')),
  evidence: list('Papers and pictures that prove it.', document('One of them.'), 100),
  fileBy: Type.Optional(day('Last day to send it, by contract or law. Absent: not known, which is not never.')),
  settlement: Type.Optional(
    record('How it was made good. Absent: it was not.', {
      kind: code('What the other side gave.', settlements),
      amount: Type.Optional(money('How much money it came to. Absent: goods, not money.')),
      ref: Type.Optional(externalRef('The document of the ERP that books it.')),
    }),
  ),
})
