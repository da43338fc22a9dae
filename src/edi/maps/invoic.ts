import { constant, loops, number, type Row, type Rows, segments, total, value } from '../map/rows.ts'
import {
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

function amountGroups(): Row {
  return loops('MOA', { qualifier: value('MOA/1.1'), amount: number('MOA/1.2'), currency: value('MOA/1.3') })
}

function taxGroups(): Row {
  return loops('TAX', {
    function: value('TAX/1'),
    kind: value('TAX/2.1'),
    rate: value('TAX/5.4'),
    category: value('TAX/6'),
    amounts: segments('MOA', { qualifier: value('/1.1'), amount: number('/1.2') }),
  })
}

/** ALC: what is taken off (A) or asked for besides (C), with the service that it is for (7161), as a share and as an amount. */
function allowanceGroups(): Row {
  return loops('ALC', {
    kind: value('ALC/1'),
    number: value('ALC/2.1'),
    service: value('ALC/5.1'),
    text: value('ALC/5.4'),
    percents: loops('PCD', { qualifier: value('PCD/1.1'), percent: number('PCD/1.2') }),
    amounts: amountGroups(),
  })
}

/** A seller or carrier invoices. */
export const mapInvoic: Rows = {
  type: value('BGM/1.1'),
  number: value('BGM/2.1'),
  function: value('BGM/3'),
  dates: periods(),
  texts: texts(),
  references: referenceGroups(),
  parties: parties(),
  currencies: loops('CUX', { usage: value('CUX/1.1'), currency: value('CUX/1.2') }),
  terms: loops('PAT', { type: value('PAT/1'), dates: periods() }),
  transports: loops('TDT', { ...transport, places: placeGroups() }),
  lines: loops('LIN', {
    line: value('LIN/1'),
    product: value('LIN/3.1'),
    qualifier: value('LIN/3.2'),
    alternatives: itemNumbers(),
    descriptions: segments('IMD', { kind: value('/1'), text: value('/3.4'), text2: value('/3.5') }),
    quantities: quantities(),
    texts: texts(),
    amounts: amountGroups(),
    prices: prices(),
    references: referenceGroups(),
    taxes: taxGroups(),
    allowances: allowanceGroups(),
  }),
  section: constant('UNS/1', 'S'),
  count: total('CNT/1.2', 'lines', { 1: '2' }),
  amounts: amountGroups(),
  taxes: taxGroups(),
  allowances: allowanceGroups(),
}
