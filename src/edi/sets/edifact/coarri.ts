import type { SetTable } from '../../grammar/set.ts'
import { maritimeVersions } from './dictionary.ts'

/** COARRI, container discharged or loaded. Loops are called after their first segment: group numbers change with the directory. */
export const coarri: SetTable = {
  identifier: 'COARRI',
  functionalIdentifier: '',
  about: 'A terminal tells which containers it loaded or discharged.',
  versions: maritimeVersions,
  table: `
    BGM M 1
    DTM O 9
    TMD O 1
    TSR O 9
    FTX O 9
    RFF O 9
    [TDT] O 9
      TDT M 1
      RFF O 9
      [LOC] O 99
        LOC M 1
        DTM O 9
      DTM O 9
      FTX O 9
    [NAD] O 9
      NAD M 1
      [CTA] O 9
        CTA M 1
        COM O 9
    [GID] O 9999
      GID M 1
      HAN O 9
      FTX O 9
      PIA O 9
      [NAD] O 9
        NAD M 1
        [CTA] O 9
          CTA M 1
          COM O 9
      MEA O 9
      DIM O 9
      [DOC] O 9
        DOC M 1
        DTM O 5
      [SGP] O 999
        SGP M 1
        MEA O 9
      [DGS] O 99
        DGS M 1
        FTX O 9
        MEA O 9
        [CTA] O 9
          CTA M 1
          COM O 9
    [EQD] M 9999
      EQD M 1
      RFF O 9
      EQN O 1
      TMD O 9
      TSR O 9
      DTM O 9
      LOC O 9
      CNT O 1
      MEA O 9
      DIM O 9
      TMP O 9
      RNG O 9
      SEL O 9
      FTX O 9
      DGS O 9
      EQA O 9
      PIA O 9
      MOA O 9
      GOR O 9
      HAN O 9
      [DAM] O 9
        DAM M 1
        COD O 1
      [TDT] O 9
        TDT M 1
        RFF O 9
        LOC O 9
        DTM O 9
      [NAD] O 9
        NAD M 1
        DTM O 1
        [CTA] O 9
          CTA M 1
          COM O 9
    CNT O 1
  `,
}
