import { day, loops, number, type Rows, segments, value } from '../map/rows.ts'
import { dates, notes, parties, qualifiedReferences } from './parts.ts'

/** Corrections of stock by a warehouse; the sign says whether it is more or less than before. */
export const map947: Rows = {
  date: day('W15/1'),
  warehouseNumber: value('W15/2'),
  depositorNumber: value('W15/3'),
  parties: parties('0100'),
  references: qualifiedReferences('N9'),
  dates: dates(),
  notes: notes('NTE'),
  lines: loops('0300', {
    reason: value('W19/1'),
    quantity: number('W19/2'),
    unit: value('W19/3'),
    upc: value('W19/4'),
    qualifier: value('W19/5'),
    product: value('W19/6'),
    qualifier2: value('W19/7'),
    product2: value('W19/8'),
    lot: value('W19/9'),
    transactionType: value('W19/16'),
    qualifier3: value('W19/17'),
    product3: value('W19/18'),
    descriptions: segments('G69', { text: value('/1') }),
    references: qualifiedReferences('N9'),
  }),
}
