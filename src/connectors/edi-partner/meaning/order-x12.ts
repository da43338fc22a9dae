import { compare, subtract } from '../../../base/decimal.ts'
import { shortHash } from '../../../base/sha256.ts'
import type { UnknownCode } from '../../kit/connector.ts'
import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'
import type { Naming } from './naming.ts'
import { orderNumberOf, productPairs, qualified, skuOf, unitOf } from './number.ts'
import {
  answered,
  changed,
  type LineAnswer,
  type OrderAnswer,
  type OrderHeading,
  type OrderLine,
  type OrderPurpose,
  placed,
} from './order.ts'
import { partyIn, partyName } from './party.ts'
import { x12Price } from './price.ts'
import type { Meaning } from './tender.ts'

/** BEG-01: what an order document is for. */
const purposes: Readonly<Record<string, OrderPurpose>> = {
  '00': 'placed',
  '01': 'cancelled',
  '04': 'replaced',
  '05': 'replaced',
  '07': 'replaced',
}
/** POC-02, element 670: what a change does to a line. */
const changes: Readonly<Record<string, string>> = {
  AI: 'added',
  CA: 'changed',
  CT: 'rescheduled',
  DI: 'deleted',
  PC: 'repriced',
  PQ: 'changed',
  QD: 'decreased',
  QI: 'increased',
  RZ: 'replaced',
}
/** BAK-02, BCA-02, element 587. */
const answers: Readonly<Record<string, OrderAnswer>> = {
  AC: 'changed',
  AD: 'accepted',
  AE: 'changed',
  AH: 'held',
  AK: 'accepted',
  AT: 'accepted',
  RD: 'rejected',
  RF: 'rejected',
  RJ: 'rejected',
}
/** ACK-01, element 668. */
const lineAnswers: Readonly<Record<string, string>> = {
  AA: 'accepted',
  AC: 'accepted',
  AR: 'accepted',
  BP: 'partly_backordered',
  DR: 'rescheduled',
  IA: 'accepted',
  IB: 'backordered',
  IC: 'changed',
  ID: 'deleted',
  IE: 'accepted',
  IF: 'held',
  IH: 'held',
  IP: 'price_changed',
  IQ: 'quantity_changed',
  IR: 'rejected',
  IS: 'substituted',
  IW: 'held',
  R1: 'rejected',
  R2: 'rejected',
  R3: 'rejected',
  R4: 'rejected',
  R5: 'rejected',
  R6: 'rejected',
  R7: 'rejected',
  R8: 'rejected',
  R9: 'rejected',
  SP: 'accepted',
}

/** 850: goods are ordered. */
export function order(root: Reading, naming: Naming): Meaning {
  const code = root.at('purpose').text(2)
  const purpose = Object.hasOwn(purposes, code) ? purposes[code] : undefined
  if (purpose === undefined) return { assertions: [], unknownCodes: [{ table: 'x12-353-order', code }] }
  return placed(purpose, headingOf(root), linesOf(root, naming, new Codes()), naming)
}

/** 860: the buyer changes an order. */
export function orderChange(root: Reading, naming: Naming): Meaning {
  const codes = new Codes()
  const heading = headingOf(root)
  const lines = linesOf(root, naming, codes)
  // A day may bring several changes without numbers: one must not stand in place of another.
  const named = [root.at('changedOn').optionalText(20) ?? 'change', shortHash(JSON.stringify([heading, lines]))]
  const key = root.at('sequence').optionalText(20) ?? named.join(' ')
  const isCancelled = root.at('purpose').optionalText() === '01'
  return { ...changed({ key, isCancelled }, heading, lines, naming), unknownCodes: codes.unknown }
}

/** 855 and 865: a supplier answers an order or its change. */
export function orderAnswer(root: Reading, naming: Naming): Meaning {
  const codes = new Codes()
  const answer = codes.read(answers, root.at('answer').optionalText(2), 'x12-587')
  const lines = linesOf(root, naming, codes)
  const sequence = root.at('sequence').optionalText(20)
  const day = root.at('answeredOn').optionalText(20) ?? root.at('date').optionalText(20)
  const key = [root.at('supplierOrder').optionalText(60), sequence ?? day].filter(Boolean).join(' ') || '1'
  return {
    assertions: answered({ key, answer }, headingOf(root), lines, naming),
    unknownCodes: codes.unknown,
  }
}

/** Codes that no table maps: kept word for word where they stand, and counted once. */
class Codes {
  readonly #unknown = new Map<string, UnknownCode>()

  get unknown(): readonly UnknownCode[] {
    return [...this.#unknown.values()]
  }

  read<T extends string>(table: Readonly<Record<string, T>>, code: string | undefined, name: string): T | undefined {
    if (code === undefined) return undefined
    const found = Object.hasOwn(table, code) ? table[code] : undefined
    if (found === undefined) this.#unknown.set(`${name} ${code}`, { table: name, code })
    return found
  }
}

function headingOf(root: Reading): OrderHeading {
  const number = orderNumberOf(root)
  if (number === undefined) throw root.at('order').wrong('the number of an order')
  const [carrier] = root.at('carriers').optionalList() ?? []
  return {
    number,
    ...stated({
      release: root.at('release').optionalText(30),
      orderDate: root.at('date').optionalText(),
      currency: root.at('currency').optionalText(3),
      // Goods may go to a store or a third party: who receives them did not order them.
      customer: partyName(root, ['BY', 'OB', 'BT']),
      supplier: partyName(root, ['SU', 'SE', 'VN', 'SF']),
      shipTo: partyIn(root, ['ST']),
      billTo: partyIn(root, ['BT']),
      ...requestedOn(root),
      cancelAfter: dateIn(root, ['001']),
      carrier: carrier?.at('id').optionalText(80)?.toLowerCase(),
      service: carrier?.at('routing').excerpt(60),
      note: noteIn(root),
      supplierOrder: root.at('supplierOrder').optionalText(60),
    }),
  }
}

function linesOf(root: Reading, naming: Naming, codes: Codes): OrderLine[] {
  const told = root.at('lines').optionalList(10_000) ?? []
  return told.map((line, index) => {
    const change = line.at('change').optionalText(2)
    const uom = line.at('unit').present ? unitOf(line, 'unit', 'x12-355') : undefined
    const answersOf = line.at('answers').each((one) => answerOf(one, codes))
    return {
      line: line.at('line').optionalText(20) ?? String(index + 1),
      sku: skuOf(line, productPairs(line), naming),
      ...stated({
        quantity: confirmedOf(line.at('quantity').optionalDecimal(), uom, answersOf),
        uom,
        price: x12Price(line),
        description: textIn(line),
        ...requestedOn(line),
        destinations: destinationsOf(line),
        schedule: scheduleOf(line),
        change: codes.read(changes, change, 'x12-670') ?? change,
      }),
      ...(answersOf.length === 0 ? {} : { answers: answersOf }),
    }
  })
}

/** What comes of a line: who refuses it repeats what was ordered. A part of it that is refused is taken off where its quantity is told. */
function confirmedOf(
  quantity: string | undefined,
  uom: string | undefined,
  all: readonly LineAnswer[],
): string | undefined {
  const refused = all.filter(({ answer }) => answer === 'rejected' || answer === 'deleted')
  if (quantity === undefined || refused.length === 0) return quantity
  if (refused.length === all.length) return '0'
  // Quantities in another unit than the line's are not taken off: nobody knows how many they are.
  const rest = refused
    .filter((one) => one.uom === undefined || one.uom === uom)
    .reduce((left, one) => subtract(left, one.quantity ?? '0'), quantity)
  return compare(rest, '0') < 0 ? '0' : rest
}

/** SDQ: pairs of place and quantity, over as many segments as it takes. */
function destinationsOf(line: Reading): OrderLine['destinations'] {
  const found = line.at('destinations').each((one) => {
    const quantities = one.at('quantities')
    const { value } = quantities
    const places = typeof value === 'object' && value !== null ? Object.keys(value) : []
    return places.map((location) => ({ location, quantity: quantities.at(location).decimal() }))
  }, 10_000)
  return found.length === 0 ? undefined : found.flat()
}

/** SCH: a quantity with its day. */
function scheduleOf(line: Reading): OrderLine['schedule'] {
  const found = line.at('schedule').each((one) => ({
    quantity: one.at('quantity').decimal(),
    ...stated({
      uom: one.at('unit').present ? unitOf(one, 'unit', 'x12-355') : undefined,
      date: one.at('date').optionalText(),
      qualifier: one.at('qualifier').optionalText(3),
    }),
  }))
  return found.length === 0 ? undefined : found
}

function answerOf(one: Reading, codes: Codes): LineAnswer {
  const status = one.at('status').text(2)
  return {
    answer: codes.read(lineAnswers, status, 'x12-668') ?? status,
    ...stated({
      quantity: one.at('quantity').optionalDecimal(),
      uom: one.at('unit').present ? unitOf(one, 'unit', 'x12-355') : undefined,
      date: one.at('date').optionalText(),
    }),
  }
}

/** DTM: when it is to leave, and when it is to be there. */
function requestedOn(holder: Reading): Pick<OrderHeading, 'requestedShip' | 'requestedDelivery'> {
  return stated({
    requestedShip: dateIn(holder, ['010', '037', '038']),
    requestedDelivery: dateIn(holder, ['002', '063', '064', '106']),
  })
}

function dateIn(holder: Reading, qualifiers: readonly string[]): string | undefined {
  return qualified(holder.at('dates'), qualifiers, 'at')
}

function textIn(line: Reading): string | undefined {
  return line.at('descriptions').optionalList()?.[0]?.at('text').excerpt(200)
}

function noteIn(root: Reading): string | undefined {
  const texts = root
    .at('notes')
    .each((note) => [
      ...note.at('texts').each((one) => one.at('text').excerpt(300) ?? ''),
      ...note.at('paragraphs').each((one) => one.at('text').excerpt(1000) ?? ''),
    ])
  const joined = texts.flat().filter((text) => text !== '')
  return joined.length === 0 ? undefined : joined.join('\n').slice(0, 1000)
}
