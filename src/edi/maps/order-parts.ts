import { day, loop, loops, money, number, pairs, type Row, type Rows, segments, total, value } from '../map/rows.ts'
import { parties, qualifiedReferences, times } from './parts.ts'

const note: Rows = {
  qualifier: value('N9/1'),
  value: value('N9/2'),
  texts: segments('MSG', { text: value('/1') }),
}

/** From 005010 on what people are to read is told in MTX. */
export const orderFrom005010: Rows = {
  notes: loops('N9', { ...note, paragraphs: segments('MTX', { text: value('/2') }) }),
}

/** What the four X12 sets about a purchase order say of the order as a whole. */
export const orderHeading: Rows = {
  currencyOf: value('CUR/1'),
  currency: value('CUR/2'),
  references: qualifiedReferences('REF'),
  shipping: segments('FOB', { payment: value('/1'), placeQualifier: value('/2'), place: value('/3') }),
  charges: charges(),
  terms: segments('ITD', {
    kind: value('/1'),
    basis: value('/2'),
    discountPercent: number('/3'),
    discountDays: value('/5'),
    netDays: value('/7'),
    text: value('/12'),
  }),
  dates: times(),
  carriers: carriers(),
  notes: loops('N9', note),
  parties: parties('N1'),
  summary: loop('CTT', {
    count: total('CTT/1', 'lines'),
    amountQualifier: value('AMT/1'),
    amount: number('AMT/2'),
  }),
}

/** What is said of a line beside its own segment. */
export const orderLine: Rows = {
  prices: loops('CTP', { kind: value('CTP/2'), price: number('CTP/3') }),
  descriptions: descriptions(),
  packs: segments('PO4', { count: number('/1'), size: number('/2'), unit: value('/3') }),
  references: qualifiedReferences('REF'),
  charges: charges(),
  dates: times(),
  carriers: carriers(),
  destinations: segments('SDQ', { unit: value('/1'), idQualifier: value('/2'), quantities: pairs('/3', 22) }),
  schedule: loops('SCH', {
    quantity: number('SCH/1'),
    unit: value('SCH/2'),
    qualifier: value('SCH/5'),
    date: day('SCH/6'),
  }),
  parties: parties('N1'),
}

/** How a supplier answers a line, part by part. */
export function lineAnswers(): Row {
  return loops('ACK', {
    status: value('ACK/1'),
    quantity: number('ACK/2'),
    unit: value('ACK/3'),
    dateQualifier: value('ACK/4'),
    date: day('ACK/5'),
    products: pairs('ACK/7', 26),
  })
}

/** SAC loops of X12: what comes off and what is added (248), amounts with two implied decimals. */
export function charges(): Row {
  return loops('SAC', {
    indicator: value('SAC/1'),
    code: value('SAC/2'),
    amount: money('SAC/5'),
    text: value('SAC/15'),
  })
}

/** Descriptions that are loops of their own. */
export function descriptions(): Row {
  return loops('PID', { kind: value('PID/1'), text: value('PID/5') })
}

function carriers(): Row {
  return segments('TD5', { idQualifier: value('/2'), id: value('/3'), method: value('/4'), routing: value('/5') })
}
