import { loops, number, ordinal, type Rows, segments, total, value } from '../map/rows.ts'
import {
  equipment,
  identities,
  itemNumbers,
  lineMarks,
  measures,
  parties,
  periods,
  placeGroups,
  quantities,
  referenceGroups,
  texts,
  transport,
} from './edifact-parts.ts'

const numbers = segments('GIN', { qualifier: value('/1'), value: value('/2.1'), value2: value('/3.1') })

/** Despatch advice: packing levels that name their parent (CPS), their packages with SSCC, and the lines in them. */
export const mapDesadv: Rows = {
  type: value('BGM/1.1'),
  number: value('BGM/2.1'),
  function: value('BGM/3'),
  dates: periods(),
  references: referenceGroups(),
  parties: parties(),
  transports: loops('TDT', { ...transport, places: placeGroups() }),
  equipment: loops('EQD', equipment),
  levels: loops('CPS', {
    id: ordinal('CPS/1'),
    parent: value('CPS/2'),
    kind: value('CPS/3'),
    packages: loops('PAC', {
      count: number('PAC/1'),
      type: value('PAC/3.1'),
      measures: measures(),
      marks: loops('PCI', {
        instruction: value('PCI/1'),
        numbers: loops('GIN', identities('GIN')),
      }),
    }),
    lines: loops('LIN', {
      line: value('LIN/1'),
      product: value('LIN/3.1'),
      qualifier: value('LIN/3.2'),
      alternatives: itemNumbers(),
      descriptions: segments('IMD', { kind: value('/1'), text: value('/3.4'), text2: value('/3.5') }),
      quantities: quantities(),
      numbers,
      dates: periods(),
      texts: texts(),
      marks: lineMarks(),
      references: referenceGroups(),
      variances: loops('QVR', {
        difference: number('QVR/1.1'),
        qualifier: value('QVR/1.2'),
        discrepancy: value('QVR/2'),
        reason: value('QVR/3.1'),
      }),
    }),
  }),
  count: total('CNT/1.2', 'levels.lines', { 1: '2' }),
}
