import { Type } from 'typebox'
import { statusesOf } from '../code-lists/document-status.ts'
import { code } from '../fields/code.ts'
import { day } from '../fields/day.ts'
import { hubId } from '../fields/hub-id.ts'
import { instant } from '../fields/instant.ts'
import { list } from '../fields/list.ts'
import { freeText } from '../fields/personal.ts'
import { record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { matchResult } from './match-result.ts'
import { freightCharges } from './parts/freight-charge.ts'
import { meta } from './parts/meta.ts'
import { money } from './parts/money.ts'

const disputeStatuses = {
  name: 'dispute_status',
  values: {
    open: 'The carrier was asked.',
    carrier_responded: 'The carrier has answered.',
    resolved: 'Both sides agree.',
    expired: 'The time to object is over.',
  },
}
const resolutions = {
  name: 'dispute_resolution',
  values: {
    carrier_credit: 'The carrier gives money back.',
    paid_in_full: 'All of it is paid after all.',
    split: 'Both sides bear a part.',
    withdrawn: 'The objection was dropped.',
  },
}

/** What a carrier asks for. */
export const freightInvoiceObject = record(
  'What a carrier asks for its transports (X12 210, EDIFACT IFTFCC and INVOIC, paper). It is held against what was agreed and accrued before it is paid.',
  {
    ...meta('frt'),
    carrierId: hubId('Who asks for money.', 'car'),
    invoiceNumber: text(
      'Number that the carrier gave it. With the carrier it is unique: a second one is a duplicate.',
      60,
    ),
    invoiceDate: day('Day that the carrier dated it.'),
    dueDate: Type.Optional(day('Last day to pay without being late. Absent: as the contract says.')),
    lines: list(
      'What is asked for, shipment by shipment.',
      record('The cost of one shipment.', {
        shipmentId: Type.Optional(hubId('The shipment that was found for it. Absent: none fits.', 'shp')),
        pro: Type.Optional(text('PRO number that the carrier names.', 60)),
        bol: Type.Optional(text('Bill of lading number that the carrier names.', 60)),
        charges: freightCharges('What the cost consists of.'),
        total: money('What the carrier asks for this shipment.'),
        match: Type.Optional(matchResult('How it compares with what was agreed. Absent: not compared yet.')),
      }),
    ),
    total: money('What the carrier asks in all.'),
    status: code('How far it has come.', statusesOf('freight_invoice')),
    dispute: Type.Optional(
      record('That the carrier was told it is wrong. Absent: it was not.', {
        id: text('Number of the objection, from whichever side opened the case.', 60),
        openedAt: instant('When the carrier was told.'),
        reason: freeText(text('What is wrong, in words.', 2000)),
        amount: money('How much of it is in doubt.'),
        status: code('How far the objection has come.', disputeStatuses),
        resolution: Type.Optional(code('How it ended. Absent: it has not.', resolutions)),
      }),
    ),
  },
)
