import type { EdiDocument } from '../../../edi/map/read.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import type { Agreement } from '../policy.ts'
import { type OrderNumber, orderNumberIn, wholeNumber } from './order-number.ts'
import { dayOf, party } from './parts.ts'
import { changeNumber, messageLine, messageParties, pricedLine, tradeLines, wantedOn } from './trade-parts.ts'
import type { Compose, ComposeContext } from './writer.ts'

/** 850: a supplier is to deliver. */
export const order: Compose = (owed, { settings, now }) => {
  const numbers = numberOf(owed)
  const number = wholeNumber(numbers)
  return {
    number,
    document: {
      purpose: '00',
      type: 'SA',
      ...numbers,
      date: dayOf(owed.at('orderDate')) ?? now.slice(0, 10),
      ...heading(owed, settings),
      lines: tradeLines(owed, (line, at) => pricedLine(line, at, settings)),
      summary: {},
    },
  }
}

/** 860: the order is another one now, or none. All lines are told as they are: who reads it needs nothing else. */
export const orderChange: Compose = (owed, { settings, command, now }) => {
  const numbers = numberOf(owed)
  const number = wholeNumber(numbers)
  const isWithdrawn = command === 'withdraw_order'
  return {
    number,
    document: {
      purpose: isWithdrawn ? '01' : '05',
      type: 'SA',
      ...numbers,
      sequence: changeNumber(now),
      date: dayOf(owed.at('orderDate')) ?? now.slice(0, 10),
      changedOn: now.slice(0, 10),
      ...heading(owed, settings),
      lines: tradeLines(owed, (line, at) => {
        const told = pricedLine(line, at, settings)
        return isWithdrawn ? { ...told, change: 'DI' } : { ...told, change: 'RZ', toReceive: told['quantity'] ?? '0' }
      }),
      summary: {},
    },
  }
}

function numberOf(owed: Reading): OrderNumber {
  const found = orderNumberIn(owed, 'purchaseOrderNumber')
  if (found === undefined) throw owed.at('purchaseOrderNumber').wrong('the number of the order')
  return found
}

function heading(owed: Reading, { ownId }: Agreement): EdiDocument {
  const currency = owed.at('currency').optionalText(3)
  const wanted = wantedOn(owed)
  return {
    ...(currency === undefined ? {} : { currencyOf: 'BY', currency }),
    ...(wanted === undefined ? {} : { dates: [{ qualifier: '002', at: wanted }] }),
    parties: [{ role: 'BY', name: ownId, idQualifier: '92', id: ownId }, ...party('ST', owed.at('shipTo'))],
  }
}

/** ORDERS: a supplier is to deliver. */
export const orderMessage: Compose = (owed, context) => {
  const number = owed.at('purchaseOrderNumber').text(35)
  return {
    number,
    document: { type: '220', number, function: '9', ...messageHeading(owed, context), ...linesOf(owed, context) },
  }
}

/** ORDCHG: the order is another one now, or none. */
export const orderChangeMessage: Compose = (owed, context) => {
  const number = owed.at('purchaseOrderNumber').text(26)
  const isWithdrawn = context.command === 'withdraw_order'
  return {
    number,
    document: {
      type: '230',
      number: `${number}-${changeNumber(context.now)}`,
      function: isWithdrawn ? '1' : '4',
      references: [{ qualifier: 'ON', value: number }],
      ...messageHeading(owed, context),
      ...linesOf(owed, context, isWithdrawn ? '2' : '3'),
    },
  }
}

function messageHeading(owed: Reading, { settings, now }: ComposeContext): EdiDocument {
  const currency = owed.at('currency').optionalText(3)
  const wanted = wantedOn(owed)
  return {
    dates: [
      { qualifier: '137', at: now.slice(0, 16) },
      ...(wanted === undefined ? [] : [{ qualifier: '2', at: wanted }]),
    ],
    parties: messageParties(owed, { buyer: settings.ownId, supplier: settings.partnerId }),
    ...(currency === undefined ? {} : { currencies: [{ usage: '2', currency }] }),
  }
}

function linesOf(owed: Reading, { settings }: ComposeContext, action?: string): EdiDocument {
  return {
    lines: tradeLines(owed, (line, at) => ({ ...messageLine(line, at, '21', settings), ...stated({ action }) })),
  }
}
