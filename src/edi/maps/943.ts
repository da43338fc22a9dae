import { day, loops, number, type Rows, segments, total, value } from '../map/rows.ts'
import { dates, notes, parties, qualifiedReferences } from './parts.ts'

/** Notice of an owner that goods come to a warehouse. */
export const map943: Rows = {
  purpose: value('W06/1'),
  order: value('W06/2'),
  date: day('W06/3'),
  shipment: value('W06/4'),
  agentShipment: value('W06/5'),
  purchaseOrder: value('W06/6'),
  parties: parties('0100'),
  references: qualifiedReferences('N9'),
  dates: dates(),
  notes: notes('NTE'),
  method: value('W27/1'),
  scac: value('W27/2'),
  routing: value('W27/3'),
  lines: loops('0200', {
    shipped: number('W04/1'),
    unit: value('W04/2'),
    upc: value('W04/3'),
    qualifier: value('W04/4'),
    product: value('W04/5'),
    qualifier2: value('W04/6'),
    product2: value('W04/7'),
    descriptions: segments('G69', { text: value('/1') }),
    references: qualifiedReferences('N9'),
  }),
  totalShipped: total('W03/1', 'lines.shipped'),
}
