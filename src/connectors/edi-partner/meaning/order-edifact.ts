import type { UnknownCode } from '../../kit/connector.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import type { Naming } from './naming.ts'
import { lineProducts, qualified, skuOf, unitOf } from './number.ts'
import {
  answered,
  changed,
  type OrderAnswer,
  type OrderHeading,
  type OrderLine,
  type OrderPurpose,
  placed,
} from './order.ts'
import { partyIn, partyName } from './party.ts'
import { edifactPrice } from './price.ts'
import type { Meaning } from './tender.ts'

/** BGM 1225: what an order document is for. */
const purposes: Readonly<Record<string, OrderPurpose>> = {
  1: 'cancelled',
  4: 'replaced',
  5: 'replaced',
  7: 'replaced',
  9: 'placed',
}
/** BGM 1225 in an answer. */
const functions: Readonly<Record<string, OrderAnswer>> = {
  4: 'changed',
  27: 'rejected',
  28: 'changed',
  29: 'accepted',
  30: 'changed',
  34: 'changed',
  44: 'accepted',
  45: 'changed',
}
/** BGM 4343, where the answer is said there. */
const responses: Readonly<Record<string, OrderAnswer>> = { AC: 'changed', AP: 'accepted', RE: 'rejected' }
/** LIN 1229: what is done to a line, or said to it. */
const actions: Readonly<Record<string, string>> = {
  1: 'added',
  2: 'deleted',
  3: 'changed',
  5: 'accepted',
  6: 'changed',
  7: 'rejected',
}

/** ORDERS: goods are ordered. A document that says nothing of its function is an original one. */
export function purchaseOrder(root: Reading, naming: Naming): Meaning {
  const code = root.at('function').optionalText(3) ?? '9'
  const purpose = Object.hasOwn(purposes, code) ? purposes[code] : undefined
  if (purpose === undefined) return { assertions: [], unknownCodes: [{ table: 'edifact-1225-order', code }] }
  return placed(purpose, headingOf(root, root.at('number').text(60)), linesOf(root, naming), naming)
}

/** ORDCHG: the buyer changes an order. */
export function purchaseOrderChange(root: Reading, naming: Naming): Meaning {
  const isCancelled = root.at('function').optionalText() === '1'
  const key = root.at('number').text(60)
  return changed({ key, isCancelled }, headingOf(root, orderOf(root)), linesOf(root, naming), naming)
}

/** ORDRSP: a supplier answers an order. */
export function purchaseOrderAnswer(root: Reading, naming: Naming): Meaning {
  const response = root.at('answer').optionalText(3)
  const told = root.at('function').optionalText(3)
  // An original document says by that nothing of the order.
  const code = response ?? (told === original ? undefined : told)
  const table = response === undefined ? functions : responses
  const answer = code !== undefined && Object.hasOwn(table, code) ? table[code] : undefined
  const unknownCodes: UnknownCode[] =
    code === undefined || answer !== undefined
      ? []
      : [{ table: response === undefined ? 'edifact-1225-answer' : 'edifact-4343', code }]
  const heading = headingOf(root, orderOf(root))
  const key = root.at('number').text(60)
  const lines = linesOf(root, naming, confirmed).map(answeredLine)
  return {
    assertions: answered({ key, answer: code === undefined ? answerOfLines(lines) : answer }, heading, lines, naming),
    unknownCodes,
  }
}

const original = '9'

/**
 * What LIN says is done to a line is here what the supplier says to it, of the quantity that he confirms and the day that he names; of what
 * he refuses nothing comes.
 */
function answeredLine({ change, ...line }: OrderLine): OrderLine {
  if (change === undefined) return line
  const { quantity, uom, requestedDelivery: date } = line
  const isRefused = change === 'rejected'
  return {
    ...line,
    ...(isRefused ? { quantity: '0' } : {}),
    answers: [{ answer: change, ...(isRefused ? stated({ quantity, uom }) : stated({ quantity, uom, date })) }],
  }
}

/** What the lines say where the document as a whole says nothing: the same of all, or some of them changed. */
function answerOfLines(lines: readonly OrderLine[]): OrderAnswer | undefined {
  const said = new Set(lines.map((line) => line.answers?.[0]?.answer))
  const [first, ...others] = said
  if (lines.length === 0 || said.has(undefined)) return undefined
  if (others.length > 0) return 'changed'
  return first === 'accepted' || first === 'rejected' ? first : 'changed'
}

/** The order that is meant: RFF ON or CO of the document, else of its lines. */
function orderOf(root: Reading): string {
  const own = qualified(root.at('references'), ['ON', 'CO'])
  const ofLine = (root.at('lines').optionalList(10_000) ?? []).map((line) =>
    qualified(line.at('references'), ['ON', 'CO']),
  )
  const found = own ?? ofLine.find((one) => one !== undefined)
  if (found === undefined) throw root.at('references').wrong('the number of an order (ON)')
  return found
}

function headingOf(root: Reading, number: string): OrderHeading {
  const date = (qualifiers: readonly string[]): string | undefined => qualified(root.at('dates'), qualifiers, 'at')
  return {
    number,
    ...stated({
      orderDate: date(['4', '137']),
      currency: root.at('currencies').optionalList()?.[0]?.at('currency').optionalText(3),
      customer: partyName(root, ['BY', 'OB', 'IV']),
      supplier: partyName(root, ['SU', 'SE']),
      shipTo: partyIn(root, ['DP', 'CN', 'UC']),
      billTo: partyIn(root, ['IV']),
      requestedShip: date(['10', '200']),
      requestedDelivery: date(['2', '64', '69', '63']),
      cancelAfter: date(['61']),
      supplierOrder: qualified(root.at('references'), ['VN']),
    }),
  }
}

/** QTY 6063 of what is ordered: 21; a document has mostly one. */
const ordered: readonly string[] = ['21', '113', '12', '1']
/** Of what a supplier will deliver: 113, or 12 as some say. What was ordered stands beside it. */
const confirmed: readonly string[] = ['113', '12', '21', '1']

function linesOf(root: Reading, naming: Naming, qualifiers = ordered): OrderLine[] {
  const told = root.at('lines').optionalList(10_000) ?? []
  return told.map((line, index) => {
    const quantity = quantityOf(line, qualifiers)
    const action = line.at('action').optionalText(3)
    return {
      line: line.at('line').optionalText(20) ?? String(index + 1),
      sku: skuOf(line, lineProducts(line), naming),
      ...stated({
        quantity: quantity?.at('quantity').optionalDecimal(),
        uom:
          quantity === undefined ? undefined : quantity.at('unit').present ? unitOf(quantity, 'unit', 'rec20') : 'C62',
        price: edifactPrice(line),
        description: descriptionOf(line),
        requestedDelivery: qualified(line.at('dates'), qualifiers === confirmed ? promised : wanted, 'at'),
        change: action === undefined ? undefined : Object.hasOwn(actions, action) ? actions[action] : action,
      }),
    }
  })
}

/** DTM 2005 of when a line is wanted, and of when the supplier says that it comes: 67 and 69 promised, 17 expected. */
const wanted = ['2', '69'] as const
const promised = ['67', '69', '17', '2'] as const

/** Characters of an IMD 7008 up to D.99: a text of that length goes on within a word. */
const halfMost = 35

/** IMD: a description goes on in its second half, where the first is not enough. */
function descriptionOf(line: Reading): string | undefined {
  const [found] = line.at('descriptions').optionalList() ?? []
  const first = found?.at('text').excerpt(200) ?? ''
  const second = found?.at('text2').excerpt(200) ?? ''
  const whole = `${first}${first === '' || second === '' || first.length === halfMost ? '' : ' '}${second}`
  return whole === '' ? undefined : whole.slice(0, 200).toWellFormed()
}

function quantityOf(line: Reading, qualifiers: readonly string[]): Reading | undefined {
  const all = line.at('quantities').optionalList() ?? []
  return qualifiers
    .map((qualifier) => all.find((one) => one.at('qualifier').optionalText() === qualifier))
    .find((one) => one !== undefined)
}
