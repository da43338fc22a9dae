import { Type } from 'typebox'
import { statusesOf } from '../code-lists/document-status.ts'
import { code } from '../fields/code.ts'
import { hubId } from '../fields/hub-id.ts'
import { list } from '../fields/list.ts'
import { record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { externalRef } from './parts/external-ref.ts'
import { freightCharges } from './parts/freight-charge.ts'
import { meta } from './parts/meta.ts'
import { money } from './parts/money.ts'

const bases = {
  name: 'accrual_basis',
  values: {
    contract: 'Rated with a contract.',
    quote: 'The carrier named this price.',
    estimate: 'Guessed from similar ones.',
  },
}

/** What a transport will cost. */
export const freightAccrualObject = record(
  'What a transport will cost, put into the books before the carrier’s invoice comes.',
  {
    ...meta('acr'),
    shipmentId: hubId('Transport that it is for.', 'shp'),
    carrierId: hubId('Who will ask for the money.', 'car'),
    basis: code('Where the amount is from.', bases),
    contractRef: Type.Optional(text('Number of the contract. Only with the basis contract.', 60)),
    rateVersion: Type.Optional(text('Which edition of the rates was used, from whoever keeps them.', 60)),
    charges: freightCharges('What the cost consists of.'),
    total: money('The cost in all.'),
    status: code('Where it stands in the books.', statusesOf('freight_accrual')),
    period: text('Accounting period that it is booked in, as the ERP names it: 2026-03.', 20),
    erpRef: Type.Optional(externalRef('The ERP’s document. Absent: not booked.')),
    allocation: Type.Optional(
      list(
        'Which orders bear the cost; the parts add up to the whole. Absent: not divided.',
        record('The part of one order.', {
          orderId: hubId('Who bears it.', 'ord'),
          lineNo: Type.Optional(text('Line that bears it. Absent: the order as a whole.', 30)),
          amount: money('How much of the cost.'),
        }),
      ),
    ),
  },
)
