import type { InterlineError } from '../../../base/errors.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import { orderNumberIn, wholeNumber } from './order-number.ts'
import { dayOf } from './parts.ts'
import { messageLine, messageParties, pricedLine, tradeLines } from './trade-parts.ts'
import type { Compose } from './writer.ts'

/** The order is the customer’s: he knows it by his number. */
function customersNumber(owed: Reading, length: number): string {
  const found = owed.at('customerPurchaseOrder').optionalText(length) ?? owed.at('orderNumber').optionalText(length)
  if (found === undefined) throw withoutNumber(owed)
  return found
}

function withoutNumber(owed: Reading): InterlineError {
  return owed.at('customerPurchaseOrder').wrong('the number that the customer gave the order')
}

/** Element 327. */
const changeNumberMax = 8

function isAccepted(owed: Reading): boolean {
  const answer = owed.at('answer').text(20)
  if (answer !== 'accepted' && answer !== 'rejected') throw owed.at('answer').wrong('accepted or rejected')
  return answer === 'accepted'
}

/** 855: a customer hears whether he gets what he ordered. */
export const orderAnswer: Compose = (owed, { settings, now }) => {
  const numbers = orderNumberIn(owed, 'customerPurchaseOrder', 'orderNumber')
  if (numbers === undefined) throw withoutNumber(owed)
  const accepted = isAccepted(owed)
  return {
    number: wholeNumber(numbers),
    document: {
      purpose: '00',
      answer: accepted ? 'AD' : 'RJ',
      ...numbers,
      date: dayOf(owed.at('orderDate')) ?? now.slice(0, 10),
      ...stated({ supplierOrder: owed.at('orderNumber').optionalText(30) }),
      answeredOn: now.slice(0, 10),
      parties: [{ role: 'SE', name: settings.ownId, idQualifier: '92', id: settings.ownId }],
      lines: tradeLines(owed, (line, at) => {
        const told = pricedLine(line, at, settings)
        const { quantity = '0', unit = '' } = told
        return { ...told, answers: [{ status: accepted ? 'IA' : 'IR', quantity, unit }] }
      }),
      summary: {},
    },
  }
}

/** 865: a customer hears whether he gets what he changed. */
export const changeAnswer: Compose = (owed, { settings, now }) => {
  const numbers = orderNumberIn(owed, 'customerPurchaseOrder', 'orderNumber')
  if (numbers === undefined) throw withoutNumber(owed)
  const accepted = isAccepted(owed)
  const change = owed.at('change').text(60)
  return {
    number: wholeNumber(numbers),
    document: {
      purpose: '00',
      answer: accepted ? 'AD' : 'RJ',
      ...numbers,
      // A change that its sender did not number has a name of ours, for which there is no room here.
      ...(change.length <= changeNumberMax ? { sequence: change } : {}),
      date: dayOf(owed.at('orderDate')) ?? now.slice(0, 10),
      ...stated({ supplierOrder: owed.at('orderNumber').optionalText(30) }),
      parties: [{ role: 'SE', name: settings.ownId, idQualifier: '92', id: settings.ownId }],
      lines: tradeLines(owed, (line, at) => {
        const told = pricedLine(line, at, settings)
        const { quantity = '0', unit = '' } = told
        return {
          ...told,
          change: 'CA',
          toReceive: quantity,
          answers: [{ status: accepted ? 'IA' : 'IR', quantity, unit }],
        }
      }),
      summary: {},
    },
  }
}

/** ORDRSP: whether a customer gets what he ordered, or what he changed, for partners of EDIFACT. */
export const orderAnswerMessage: Compose = (owed, { settings, now }) => {
  const number = customersNumber(owed, 35)
  const accepted = isAccepted(owed)
  const own = owed.at('orderNumber').optionalText(35) ?? number
  const change = owed.at('change').optionalText(35)
  return {
    number,
    document: {
      type: '231',
      number: change === undefined ? own : `${own.slice(0, 17)}-${change.slice(-17)}`,
      function: accepted ? '29' : '27',
      dates: [{ qualifier: '137', at: now.slice(0, 16) }],
      references: [
        { qualifier: 'ON', value: number },
        { qualifier: 'VN', value: own },
        ...(change === undefined ? [] : [{ qualifier: 'ACW', value: change }]),
      ],
      parties: messageParties(owed, { buyer: settings.partnerId, supplier: settings.ownId }),
      lines: tradeLines(owed, (line, at) => ({
        ...messageLine(line, at, '21', settings),
        action: accepted ? '5' : '7',
      })),
    },
  }
}
