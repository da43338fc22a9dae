import { loops, type Rows, segments, total, value } from '../map/rows.ts'
import {
  equipment,
  measures,
  parties,
  party,
  periods,
  placeGroups,
  places,
  referenceSegments,
  texts,
  transport,
} from './edifact-parts.ts'

/** COPARN, CODECO and COARRI: containers that are ordered, went through the gate, or were loaded and discharged. */
export const mapContainerMessage: Rows = {
  type: value('BGM/1.1'),
  number: value('BGM/2.1'),
  function: value('BGM/3'),
  dates: periods(),
  texts: texts(),
  references: referenceSegments(),
  transports: loops('TDT', {
    ...transport,
    references: referenceSegments(),
    places: placeGroups(),
    dates: periods(),
  }),
  parties: parties(),
  containers: loops('EQD', {
    ...equipment,
    sizeList: value('EQD/3.2'),
    sizeAgency: value('EQD/3.3'),
    movement: value('EQD/5'),
    references: referenceSegments(),
    count: value('EQN/1.1'),
    dates: periods(),
    places: places(),
    measures: measures(),
    seals: segments('SEL', { number: value('/1'), party: value('/2.1') }),
    texts: segments('FTX', { subject: value('/1'), code: value('/3.1'), text: value('/4.1'), text2: value('/4.2') }),
    damages: loops('DAM', { kind: value('DAM/1') }),
    transports: loops('TDT', { ...transport, places: places(), dates: periods() }),
    parties: loops('NAD', { ...party, dates: periods() }),
  }),
  count: total('CNT/1.2', 'containers', { 1: '16' }),
}
