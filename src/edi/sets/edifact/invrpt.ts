import type { SetTable } from '../../grammar/set.ts'
import { edifactVersions } from './dictionary.ts'

/** INVRPT, inventory report. Loops are called after their first segment: group numbers change with the directory. */
export const invrpt: SetTable = {
  identifier: 'INVRPT',
  functionalIdentifier: '',
  about: 'A warehouse says what is in stock or how it changed.',
  versions: edifactVersions,
  table: `
    BGM M 1
    DTM M 10
    [RFF] O 10
      RFF M 1
      DTM O 1
    [NAD] O 99
      NAD M 1
      LOC O 10
      [RFF] O 10
        RFF M 1
        DTM O 1
      [CTA] O 10
        CTA M 1
        COM O 9
    [CUX] O 10
      CUX M 1
      DTM O 1
    [LIN] O 9999999
      LIN M 1
      PIA O 10
      IMD O 10
      MEA O 5
      ALI O 10
      DTM O 10
      FTX O 5
      LOC O 5
      PRI O 5
      MOA O 5
      [RFF] O 10
        RFF M 1
        DTM O 1
      [QTY] O 9999
        QTY M 1
        INV O 1
        GIN O 9999
        GIR O 9999
        LOC O 5
        DTM O 5
        STS O 5
        NAD O 1
        CPI O 5
        MEA O 5
        [RFF] O 10
          RFF M 1
          DTM O 1
      [INV] O 999
        INV M 1
        GIS O 1
        [QTY] O 99
          QTY M 1
          GIN O 9999
          LOC O 5
          DTM O 5
          STS O 5
          RFF O 5
    CNT O 5
  `,
}
