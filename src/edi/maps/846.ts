import { loops, moment, number, pairs, type Rows, segments, total, value } from '../map/rows.ts'
import { parties, qualifiedReferences, times } from './parts.ts'

/** What is in stock: per item, quantities by what they mean (33 available, 17 on hand, QH on hold …). */
export const map846: Rows = {
  purpose: value('BIA/1'),
  type: value('BIA/2'),
  number: value('BIA/3'),
  at: moment('BIA/4', 5),
  references: qualifiedReferences('REF'),
  dates: times(),
  parties: parties('N1'),
  items: loops('LIN', {
    line: value('LIN/1'),
    products: pairs('LIN/2', 31),
    descriptions: segments('PID', { kind: value('/1'), text: value('/5') }),
    references: qualifiedReferences('REF'),
    dates: times(),
    quantities: loops('QTY', {
      qualifier: value('QTY/1'),
      quantity: number('QTY/2'),
      unit: value('QTY/3.1'),
      dates: times(),
      references: qualifiedReferences('REF'),
    }),
    parties: parties('N1'),
  }),
  count: total('CTT/1', 'items'),
}
