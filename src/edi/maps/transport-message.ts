import { loops, number, ordinal, type Rows, segments, value } from '../map/rows.ts'
import {
  equipment,
  identities,
  measures,
  parties,
  party,
  periods,
  placeGroups,
  places,
  referenceGroups,
  texts,
  transport,
} from './edifact-parts.ts'

/** IFTMIN, IFTMBF and IFTMBC: what is to be carried, from where to where, by whom, in what. */
export const mapTransportMessage: Rows = {
  type: value('BGM/1.1'),
  number: value('BGM/2.1'),
  function: value('BGM/3'),
  answer: value('BGM/4'),
  dates: periods(),
  services: segments('TSR', { contract: value('/1.1'), service: value('/2.1'), priority: value('/3.1') }),
  texts: texts(),
  controls: segments('CNT', { qualifier: value('/1.1'), value: number('/1.2'), unit: value('/1.3') }),
  places: placeGroups(),
  references: referenceGroups(),
  transports: loops('TDT', { ...transport, dates: periods(), places: placeGroups() }),
  parties: parties(),
  goods: loops('GID', {
    item: ordinal('GID/1'),
    packages: value('GID/2.1'),
    packaging: value('GID/2.2'),
    places: places(),
    texts: texts(),
    measures: loops('MEA', {
      purpose: value('MEA/1'),
      dimension: value('MEA/2.1'),
      unit: value('MEA/3.1'),
      value: number('MEA/3.2'),
    }),
    references: referenceGroups(),
    marks: loops('PCI', {
      instruction: value('PCI/1'),
      numbers: segments('GIN', identities('')),
    }),
    containers: loops('SGP', { number: value('SGP/1.1'), packages: value('SGP/2') }),
  }),
  equipment: loops('EQD', {
    ...equipment,
    sizeList: value('EQD/3.2'),
    sizeAgency: value('EQD/3.3'),
    count: value('EQN/1.1'),
    measures: measures(),
    seals: segments('SEL', { number: value('/1') }),
    texts: segments('FTX', { subject: value('/1'), code: value('/3.1'), text: value('/4.1'), text2: value('/4.2') }),
    parties: loops('NAD', { ...party, dates: periods() }),
  }),
}
