import { day, type Rows, value } from '../map/rows.ts'
import { dates, notes, qualifiedReferences } from './parts.ts'

/** Answer to a load tender: `A` accepted, `D` declined, others are agreed. */
export const map990: Rows = {
  scac: value('B1/1'),
  shipment: value('B1/2'),
  date: day('B1/3'),
  answer: value('B1/4'),
  references: qualifiedReferences('N9'),
  dates: dates(),
  equipment: value('N7/2'),
  notes: notes('K1'),
}
