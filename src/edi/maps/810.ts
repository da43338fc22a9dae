import { day, loops, money, number, pairs, type Row, type Rows, segments, total, value } from '../map/rows.ts'
import { charges, descriptions } from './order-parts.ts'
import { parties, qualifiedReferences, times } from './parts.ts'

function taxes(): Row {
  return segments('TXI', { kind: value('/1'), amount: number('/2'), percent: number('/3') })
}

/** A seller invoices what he delivered. */
export const map810: Rows = {
  date: day('BIG/1'),
  invoice: value('BIG/2'),
  orderDate: day('BIG/3'),
  order: value('BIG/4'),
  release: value('BIG/5'),
  type: value('BIG/7'),
  purpose: value('BIG/8'),
  currencyOf: value('CUR/1'),
  currency: value('CUR/2'),
  references: qualifiedReferences('REF'),
  parties: parties('N1'),
  terms: segments('ITD', {
    kind: value('/1'),
    basis: value('/2'),
    discountPercent: number('/3'),
    discountDays: value('/5'),
    due: day('/6'),
    netDays: value('/7'),
  }),
  dates: times(),
  lines: loops('IT1', {
    line: value('IT1/1'),
    quantity: number('IT1/2'),
    unit: value('IT1/3'),
    price: number('IT1/4'),
    priceBasis: value('IT1/5'),
    products: pairs('IT1/6', 25),
    taxes: taxes(),
    descriptions: descriptions(),
    references: qualifiedReferences('REF'),
    charges: charges(),
  }),
  total: money('TDS/1'),
  discountable: money('TDS/2'),
  taxes: taxes(),
  charges: charges(),
  count: total('CTT/1', 'lines'),
}
