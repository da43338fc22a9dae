import { day, loops, money, number, ordinal, type Rows, segments, value } from '../map/rows.ts'
import { dates, notes, parties, qualifiedReferences, references } from './parts.ts'

const line: Rows = {
  number: ordinal('LX/1'),
  references: qualifiedReferences('N9'),
  descriptions: segments('L5', { line: value('/1'), text: value('/2'), commodity: value('/3') }),
  weights: segments('L0', {
    line: value('/1'),
    billed: number('/2'),
    billedUnit: value('/3'),
    weight: number('/4'),
    weightQualifier: value('/5'),
    pieces: number('/8'),
    packaging: value('/9'),
    weightUnit: value('/11'),
  }),
  charges: segments('L1', {
    line: value('/1'),
    rate: number('/2'),
    rateQualifier: value('/3'),
    amount: money('/4'),
    code: value('/8'),
    text: value('/12'),
  }),
}

/** A carrier invoices a shipment: what was carried, and what each charge is for. */
export const map210: Rows = {
  invoice: value('B3/2'),
  shipment: value('B3/3'),
  payment: value('B3/4'),
  date: day('B3/6'),
  amount: money('B3/7'),
  correction: value('B3/8'),
  deliveredOn: day('B3/9'),
  dateQualifier: value('B3/10'),
  scac: value('B3/11'),
  currency: value('C3/1'),
  references: qualifiedReferences('N9'),
  dates: dates(),
  notes: notes('K1'),
  parties: parties('0100'),
  equipment: loops('0200', { initial: value('N7/1'), number: value('N7/2') }),
  lines: loops('0400', line),
  weight: number('L3/1'),
  weightQualifier: value('L3/2'),
  weightUnit: value('L3/12'),
  charge: money('L3/5'),
  pieces: number('L3/11'),
}

/** From 005010 on references are told in L11; some still write N9. */
const references005010: Rows = { references: references(), numbers: qualifiedReferences('N9') }

/** The same in 005010. */
export const map210From005010: Rows = {
  ...map210,
  ...references005010,
  lines: loops('0400', { ...line, ...references005010 }),
}
