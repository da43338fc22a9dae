import { loops, moment, number, ordinal, type Rows, segments, value } from '../map/rows.ts'
import { dates, notes, parties, references } from './parts.ts'

/** A shipper hands goods over to a carrier: the bill of lading with its lines, packages and orders. */
export const map211: Rows = {
  scac: value('BOL/1'),
  payment: value('BOL/2'),
  bill: value('BOL/3'),
  at: moment('BOL/4', 5),
  reference: value('BOL/6'),
  purpose: value('B2A/1'),
  routes: segments('MS3', { scac: value('/1'), sequence: value('/2'), city: value('/3'), method: value('/4') }),
  equipmentScac: value('MS2/1'),
  equipment: value('MS2/2'),
  references: references(),
  dates: dates(),
  notes: notes('K1'),
  parties: parties('0100'),
  lines: loops('0200', {
    number: ordinal('AT1/1'),
    references: references(),
    descriptions: segments('AT4', { text: value('/1') }),
    packages: loops('0210', {
      quantity: number('AT2/1'),
      packaging: value('AT2/2'),
      weightQualifier: value('AT2/3'),
      weightUnit: value('AT2/4'),
      weight: number('AT2/5'),
      marks: segments('MAN', { qualifier: value('/1'), value: value('/2') }),
      orders: segments('SPO', {
        purchaseOrder: value('/1'),
        reference: value('/2'),
        unit: value('/3'),
        quantity: number('/4'),
        weightUnit: value('/5'),
        weight: number('/6'),
      }),
    }),
  }),
}
