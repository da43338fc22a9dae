import { day, number, type Rows, segments, value } from '../map/rows.ts'
import { dates, notes, qualifiedReferences, references } from './parts.ts'

/** Answer to a load tender: `A` accepted, `D` declined, others are agreed. */
export const map990: Rows = {
  scac: value('B1/1'),
  shipment: value('B1/2'),
  date: day('B1/3'),
  answer: value('B1/4'),
  references: qualifiedReferences('N9'),
  dates: dates(),
  equipment: value('N7/2'),
  charges: segments('L9', { code: value('/1'), amount: number('/2') }),
  events: segments('V9', { event: value('/1'), reason: value('/8'), text: value('/12') }),
  notes: notes('K1'),
}

/** From 005010 on references are told in L11; some still write N9. */
export const map990From005010: Rows = {
  ...map990,
  references: references(),
  numbers: qualifiedReferences('N9'),
}
