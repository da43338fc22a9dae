import { loops, number, ordinal, type Rows, segments, total, value } from '../map/rows.ts'
import {
  itemNumbers,
  lineMarks,
  parties,
  periods,
  quantities,
  referenceGroups,
  texts,
  transport,
} from './edifact-parts.ts'

/** What came of what was announced: received, damaged, more or less than was said. */
export const mapRecadv: Rows = {
  type: value('BGM/1.1'),
  number: value('BGM/2.1'),
  function: value('BGM/3'),
  dates: periods(),
  references: referenceGroups(),
  parties: parties(),
  transports: loops('TDT', transport),
  levels: loops('CPS', {
    id: ordinal('CPS/1'),
    parent: value('CPS/2'),
    packages: loops('PAC', {
      count: number('PAC/1'),
      type: value('PAC/3.1'),
      marks: loops('PCI', {
        instruction: value('PCI/1'),
        numbers: loops('GIN', { qualifier: value('GIN/1'), value: value('GIN/2.1') }),
      }),
    }),
    lines: loops('LIN', {
      line: value('LIN/1'),
      product: value('LIN/3.1'),
      qualifier: value('LIN/3.2'),
      alternatives: itemNumbers(),
      quantities: quantities(),
      variances: segments('QVR', {
        difference: number('/1.1'),
        qualifier: value('/1.2'),
        discrepancy: value('/2'),
        reason: value('/3.1'),
      }),
      numbers: segments('GIN', { qualifier: value('/1'), value: value('/2.1') }),
      dates: periods(),
      texts: texts(),
      marks: lineMarks(),
      references: referenceGroups(),
    }),
  }),
  count: total('CNT/1.2', 'levels.lines', { 1: '2' }),
}
