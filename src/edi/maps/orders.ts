import { constant, loops, number, type Row, type Rows, segments, total, value } from '../map/rows.ts'
import {
  amounts,
  itemNumbers,
  parties,
  periods,
  placeGroups,
  prices,
  quantities,
  referenceGroups,
  texts,
  transport,
} from './edifact-parts.ts'

const lineRows: Rows = {
  line: value('LIN/1'),
  action: value('LIN/2'),
  product: value('LIN/3.1'),
  qualifier: value('LIN/3.2'),
  alternatives: itemNumbers(),
  descriptions: segments('IMD', { kind: value('/1'), text: value('/3.4'), text2: value('/3.5') }),
  quantities: quantities(),
  dates: periods(),
  amounts: amounts(),
  texts: texts(),
  prices: prices(),
  references: referenceGroups(),
  places: placeGroups(),
}

const heading: Rows = {
  type: value('BGM/1.1'),
  number: value('BGM/2.1'),
  function: value('BGM/3'),
  answer: value('BGM/4'),
  dates: periods(),
  texts: texts(),
  references: referenceGroups(),
  parties: parties(),
  currencies: loops('CUX', { usage: value('CUX/1.1'), currency: value('CUX/1.2') }),
  transports: loops('TDT', { ...transport, places: placeGroups() }),
  section: constant('UNS/1', 'S'),
  amounts: amounts(),
  count: total('CNT/1.2', 'lines', { 1: '2' }),
}

/** A buyer orders goods. */
export const mapOrders: Rows = { ...heading, lines: loops('LIN', lineRows) }

function reasons(): Row {
  return loops('AJT', { reason: value('AJT/1'), texts: texts() })
}

/** A buyer changes an order, or a supplier answers one: with reasons, of the whole and of each line. */
export const mapOrderAnswer: Rows = {
  ...heading,
  reasons: reasons(),
  lines: loops('LIN', {
    ...lineRows,
    reasons: reasons(),
    variances: segments('QVR', {
      difference: number('/1.1'),
      qualifier: value('/1.2'),
      discrepancy: value('/2'),
      reason: value('/3.1'),
    }),
  }),
}
