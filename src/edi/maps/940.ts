import { loops, number, ordinal, type Rows, segments, total, value } from '../map/rows.ts'
import { dates, notes, parties, qualifiedReferences } from './parts.ts'

/** Order of an owner to a warehouse to ship. */
export const map940: Rows = {
  purpose: value('W05/1'),
  order: value('W05/2'),
  purchaseOrder: value('W05/3'),
  parties: parties('0100'),
  references: qualifiedReferences('N9'),
  dates: dates(),
  notes: notes('NTE'),
  payment: value('W66/1'),
  method: value('W66/2'),
  routing: value('W66/5'),
  scac: value('W66/10'),
  groups: loops('0300', {
    number: ordinal('LX/1'),
    lines: loops('0310', {
      ordered: number('W01/1'),
      unit: value('W01/2'),
      upc: value('W01/3'),
      qualifier: value('W01/4'),
      product: value('W01/5'),
      qualifier2: value('W01/6'),
      product2: value('W01/7'),
      lot: value('W01/13'),
      qualifier3: value('W01/15'),
      product3: value('W01/16'),
      descriptions: segments('G69', { text: value('/1') }),
      references: qualifiedReferences('N9'),
    }),
  }),
  totalOrdered: total('W76/1', 'groups.lines.ordered'),
}
