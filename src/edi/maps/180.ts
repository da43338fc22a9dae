import { loops, moment, number, type Row, type Rows, segments, value } from '../map/rows.ts'
import { parties, qualifiedReferences, times } from './parts.ts'

function reasons(): Row {
  return segments('RDR', { disposition: value('/1'), reason: value('/2'), text: value('/3') })
}

/** Goods may or are to come back. */
export const map180: Rows = {
  purpose: value('BGN/1'),
  number: value('BGN/2'),
  at: moment('BGN/3', 4),
  zone: value('BGN/5'),
  related: value('BGN/6'),
  type: value('BGN/7'),
  action: value('BGN/8'),
  reasons: reasons(),
  order: value('PRF/1'),
  dates: times(),
  references: qualifiedReferences('N9'),
  parties: parties('N1'),
  lines: loops('BLI', {
    qualifier: value('BLI/1'),
    product: value('BLI/2'),
    quantity: number('BLI/3'),
    unit: value('BLI/4'),
    priceBasis: value('BLI/5'),
    price: number('BLI/6'),
    references: qualifiedReferences('N9'),
    descriptions: segments('PID', { kind: value('/1'), text: value('/5') }),
    reasons: reasons(),
    dates: times(),
    order: value('PRF/1'),
    quantities: loops('QTY', { qualifier: value('QTY/1'), quantity: number('QTY/2'), unit: value('QTY/3') }),
  }),
}
