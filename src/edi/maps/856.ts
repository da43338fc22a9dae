import { loops, moment, number, ordinal, pairs, type Rows, segments, total, value } from '../map/rows.ts'
import { parties, qualifiedReferences, times } from './parts.ts'

/** Ship notice: levels that name their parent, in any order of kinds: S shipment, O order, T tare, P pack, I item. */
export const map856: Rows = {
  purpose: value('BSN/1'),
  shipment: value('BSN/2'),
  at: moment('BSN/3', 4),
  structure: value('BSN/5'),
  dates: times(),
  levels: loops('HL', {
    id: ordinal('HL/1'),
    parent: value('HL/2'),
    kind: value('HL/3'),
    hasChildren: value('HL/4'),
    line: value('LIN/1'),
    products: pairs('LIN/2', 31),
    shipped: number('SN1/2'),
    unit: value('SN1/3'),
    ordered: number('SN1/5'),
    orderedUnit: value('SN1/6'),
    purchaseOrder: value('PRF/1'),
    release: value('PRF/2'),
    purchaseOrderDate: value('PRF/4'),
    descriptions: segments('PID', { kind: value('/1'), text: value('/5') }),
    packaging: segments('TD1', {
      code: value('/1'),
      quantity: number('/2'),
      weightQualifier: value('/6'),
      weight: number('/7'),
      weightUnit: value('/8'),
    }),
    carriers: segments('TD5', {
      sequence: value('/1'),
      idQualifier: value('/2'),
      id: value('/3'),
      method: value('/4'),
      routing: value('/5'),
    }),
    equipment: segments('TD3', { description: value('/1'), initial: value('/2'), number: value('/3') }),
    references: qualifiedReferences('REF'),
    marks: segments('MAN', { qualifier: value('/1'), value: value('/2') }),
    dates: times(),
    parties: parties('N1'),
  }),
  count: total('CTT/1', 'levels'),
}
