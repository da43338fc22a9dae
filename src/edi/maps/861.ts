import { loops, moment, number, pairs, type Rows, segments, total, value } from '../map/rows.ts'
import { parties, qualifiedReferences, times } from './parts.ts'

/** What came of a shipment, and in which state. */
export const map861: Rows = {
  number: value('BRA/1'),
  at: moment('BRA/2', 5),
  purpose: value('BRA/3'),
  kind: value('BRA/4'),
  condition: value('BRA/6'),
  action: value('BRA/7'),
  references: qualifiedReferences('REF'),
  dates: times(),
  order: value('PRF/1'),
  release: value('PRF/2'),
  parties: parties('N1'),
  lines: loops('RCD', {
    line: value('RCD/1'),
    received: number('RCD/2'),
    unit: value('RCD/3'),
    returned: number('RCD/4'),
    returnedUnit: value('RCD/5'),
    questioned: number('RCD/6'),
    questionedUnit: value('RCD/7'),
    condition: value('RCD/8'),
    shipped: number('SN1/2'),
    shippedUnit: value('SN1/3'),
    shippedLine: value('LIN/1'),
    products: pairs('LIN/2', 31),
    order: value('PRF/1'),
    release: value('PRF/2'),
    references: qualifiedReferences('REF'),
    dates: times(),
    marks: segments('MAN', { qualifier: value('/1'), value: value('/2') }),
  }),
  count: total('CTT/1', 'lines'),
}
