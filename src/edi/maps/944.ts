import { day, loops, number, type Rows, segments, total, value } from '../map/rows.ts'
import { dates, notes, parties, qualifiedReferences } from './parts.ts'

/** What a warehouse received, with what was wrong with it. */
export const map944: Rows = {
  purpose: value('W17/1'),
  date: day('W17/2'),
  receipt: value('W17/3'),
  order: value('W17/4'),
  shipment: value('W17/5'),
  parties: parties('0100'),
  references: qualifiedReferences('N9'),
  dates: dates(),
  notes: notes('NTE'),
  method: value('W08/1'),
  scac: value('W08/2'),
  lines: loops('0200', {
    received: number('W07/1'),
    unit: value('W07/2'),
    upc: value('W07/3'),
    qualifier: value('W07/4'),
    product: value('W07/5'),
    qualifier2: value('W07/6'),
    product2: value('W07/7'),
    lot: value('W07/8'),
    descriptions: segments('G69', { text: value('/1') }),
    references: qualifiedReferences('N9'),
    exceptions: loops('0210', { quantity: number('W13/1'), unit: value('W13/2'), condition: value('W13/3') }),
  }),
  totalReceived: total('W14/1', 'lines.received'),
}
