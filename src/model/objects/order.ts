import { Type } from 'typebox'
import { statusesOf } from '../code-lists/document-status.ts'
import { code } from '../fields/code.ts'
import { count } from '../fields/count.ts'
import { currency } from '../fields/currency.ts'
import { flag } from '../fields/flag.ts'
import { instant } from '../fields/instant.ts'
import { list } from '../fields/list.ts'
import { record } from '../fields/record.ts'
import { text } from '../fields/text.ts'
import { hold } from './parts/hold.ts'
import { meta } from './parts/meta.ts'
import { money } from './parts/money.ts'
import { orderLine } from './parts/order-line.ts'
import { parties } from './parts/party-ref.ts'
import { timeWindow } from './parts/time-window.ts'

const editions = {
  name: 'incoterms_edition',
  values: { '2010': 'The rules of 2010.', '2020': 'The rules of 2020.' },
}

/** What a customer ordered. */
export const orderObject = record(
  'What a customer ordered. The channel decides what is wanted, the ERP what it costs, the hub where it stands.',
  {
    ...meta('ord'),
    channel: text('Where it was ordered: a shop, a marketplace, EDI, a person at the desk.', 60),
    revision: count(
      'Counts the changes at the source, as the source numbers them. A lower one that comes late changes nothing.',
    ),
    orderDate: instant('When the customer ordered.'),
    status: code('Where it stands. With several lines the least advanced open one decides.', statusesOf('order')),
    currency: currency('Money that all its prices are in, ISO 4217.'),
    parties: parties('Who bought, who gets the goods, who pays.'),
    lines: list('What was ordered, line by line.', orderLine),
    shipComplete: flag('Yes: nothing leaves before all of it can leave.'),
    incoterms: Type.Optional(
      record('Who bears cost and risk to where. Absent: none was agreed, or none is known.', {
        code: text('The three letters of Incoterms: EXW, DAP.', 3),
        place: Type.Optional(text('Place that the letters refer to.', 120)),
        version: Type.Optional(code('Which edition of the rules. Absent: not said.', editions)),
      }),
    ),
    holds: list('What stops or stopped it. Empty: nothing ever did.', hold, 100),
    requestedService: Type.Optional(text('How the customer wants it shipped, in the words of the channel.', 120)),
    totals: Type.Optional(
      record('Sums as the source gave them; the hub does not add up prices.', {
        goods: Type.Optional(money('All lines before tax and freight.')),
        tax: Type.Optional(money('Taxes on goods and freight.')),
        freight: Type.Optional(money('What the customer pays for transport.')),
        total: Type.Optional(money('What the customer pays in all.')),
      }),
    ),
    cancelBy: Type.Optional(instant('Until when the customer may call it off. Absent: no limit is known.')),
    promise: Type.Optional(
      record('When the customer was told that it comes. On time is measured against both.', {
        initial: Type.Optional(timeWindow('The first word. It never changes.')),
        current: Type.Optional(timeWindow('The last word that was agreed on.')),
      }),
    ),
  },
)
