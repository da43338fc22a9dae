import { loops, type Rows, segments, value } from '../map/rows.ts'
import {
  equipment,
  identities,
  measures,
  parties,
  periods,
  placeGroups,
  places,
  referenceGroups,
  referenceSegments,
  texts,
  transport,
} from './edifact-parts.ts'

/**
 * Status of consignments. The code of a status stands where it always stood: up to D.97B it is 9011 with its own list, since then it is
 * 4405, which means nothing without its code list and agency.
 */
export const mapIftsta: Rows = {
  type: value('BGM/1.1'),
  number: value('BGM/2.1'),
  function: value('BGM/3'),
  dates: periods(),
  parties: parties(),
  references: referenceGroups(),
  consignments: loops('CNI', {
    sequence: value('CNI/1'),
    number: value('CNI/2.1'),
    places: places(),
    statuses: loops('STS', {
      category: value('STS/1.1'),
      categoryList: value('STS/1.2'),
      categoryAgency: value('STS/1.3'),
      status: value('STS/2.1'),
      codeList: value('STS/2.2'),
      agency: value('STS/2.3'),
      text: value('STS/2.4'),
      reason: value('STS/3.1'),
      reasonText: value('STS/3.4'),
      references: referenceSegments(),
      dates: periods(),
      texts: texts(),
      places: places(),
      transports: loops('TDT', { ...transport, dates: periods(), places: placeGroups() }),
      equipment: loops('EQD', { ...equipment, seals: segments('SEL', { number: value('/1') }), measures: measures() }),
      goods: loops('GID', {
        item: value('GID/1'),
        packages: value('GID/2.1'),
        packaging: value('GID/2.2'),
        marks: loops('PCI', {
          instruction: value('PCI/1'),
          numbers: segments('GIN', identities('')),
        }),
      }),
    }),
  }),
}
