import type { SetTable } from '../../grammar/set.ts'

/** IFTSTA, transport status. Loops are called after their first segment: group numbers change with the directory. */
export const iftsta: SetTable = {
  identifier: 'IFTSTA',
  functionalIdentifier: '',
  about: 'A carrier tells what happened to consignments.',
  versions: ['D.93A', 'D.96A', 'D.97A', 'D.00B', 'D.01B', 'D.07B'],
  table: `
    BGM M 1
    DTM O 9
    TSR O 1
    [NAD] O 9
      NAD M 1
      [CTA] O 9
        CTA M 1
        COM O 9
    [RFF] O 999
      RFF M 1
      DTM O 9
    LOC O 9
    FTX O 9
    CNT O 9
    [CNI] O 99999
      CNI M 1
      LOC O 9
      CNT O 9
      [STS] O 99
        STS M 1
        RFF O 999
        DTM O 9
        DOC O 1
        FTX O 99
        NAD O 9
        LOC O 9
        PCI O 99
        [TDT] O 99
          TDT M 1
          DTM O 9
          RFF O 9
          [LOC] O 99
            LOC M 1
            DTM O 9
        [EQD] O 999
          EQD M 1
          MEA O 9
          DIM O 9
          SEL O 9
          RFF O 9
          TPL O 9
          TMD O 1
          [EQA] O 999
            EQA M 1
            SEL O 99
        [GID] O 999
          GID M 1
          HAN O 9
          PCI O 99 <D.96A
          SGP O 99
          DGS O 9
          FTX O 9
          [MEA] O 99
            MEA M 1
            EQN O 1
          [DIM] O 99
            DIM M 1
            EQN O 1
          [PCI] O 99
            PCI M 1
            GIN O 9
  `,
}
