import { day, loops, number, type Row, type Rows, value } from '../map/rows.ts'
import { parties, qualifiedReferences, times } from './parts.ts'

/** Open items that are paid, each with what is taken off or added. */
function openItems(): Row {
  return loops('RMR', {
    qualifier: value('RMR/1'),
    number: value('RMR/2'),
    action: value('RMR/3'),
    paid: number('RMR/4'),
    total: number('RMR/5'),
    discount: number('RMR/6'),
    references: qualifiedReferences('REF'),
    dates: times(),
    adjustments: loops('ADX', {
      amount: number('ADX/1'),
      reason: value('ADX/2'),
      qualifier: value('ADX/3'),
      number: value('ADX/4'),
    }),
  })
}

/** 820, payment order and remittance advice: how much is paid, and for which invoices. */
export const map820: Rows = {
  handling: value('BPR/1'),
  amount: number('BPR/2'),
  creditOrDebit: value('BPR/3'),
  method: value('BPR/4'),
  date: day('BPR/16'),
  traceType: value('TRN/1'),
  trace: value('TRN/2'),
  currencyOf: value('CUR/1'),
  currency: value('CUR/2'),
  references: qualifiedReferences('REF'),
  dates: times(),
  parties: parties('N1'),
  entities: loops('ENT', { number: value('ENT/1'), items: openItems() }),
  items: openItems(),
}
