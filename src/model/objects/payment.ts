import { Type } from 'typebox'
import { statusesOf } from '../code-lists/document-status.ts'
import { code } from '../fields/code.ts'
import { day } from '../fields/day.ts'
import { list } from '../fields/list.ts'
import { record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { meta } from './parts/meta.ts'
import { money } from './parts/money.ts'

const methods = {
  name: 'payment_method',
  values: {
    clearing: 'A transfer through a clearing house: ACH, SEPA.',
    wire: 'A transfer from bank to bank.',
    cheque: 'Paper that the payee takes to a bank.',
  },
}

/** Money that we send to somebody, and the invoices that it is for. */
export const paymentObject = record(
  'Money that the tenant sends to a supplier or carrier, and the invoices that it is for (X12 820). It is made and kept by the ERP.',
  {
    ...meta('pay'),
    paymentNumber: text('Number that the ERP gave it; the payee finds the money by it.', 60),
    payee: text('Who gets the money, as carriers and suppliers are called in routes.', 120),
    paidAt: day('Day on which the money leaves.'),
    method: Type.Optional(code('How it is sent. Absent: not said.', methods)),
    amount: money('What is sent in all: the sum of its items.'),
    items: list(
      'What it is for.',
      record('One invoice that it pays, wholly or in part.', {
        invoiceNumber: text('Number that the payee gave the invoice.', 60),
        amount: money('How much of the payment is for it.'),
        total: Type.Optional(money('What the payee asks for. Absent: not said.')),
        discount: Type.Optional(money('What is taken off for paying early. Absent: nothing.')),
        adjustments: Type.Optional(
          list(
            'What is taken off or added for other reasons. Absent: nothing.',
            record('One of them.', {
              amount: money('Negative: taken off.'),
              reason: text('Why, as a code of X12 list 426 that both sides use.', 2),
            }),
          ),
        ),
      }),
    ),
    status: code('How far it has come.', statusesOf('payment')),
  },
)
