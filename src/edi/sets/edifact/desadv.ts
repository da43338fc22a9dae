import type { SetTable } from '../../grammar/set.ts'
import { tradeVersions } from './dictionary.ts'

/** DESADV, despatch advice: what is packed in what, as a tree. Loops are called after their first segment: group numbers change with the directory. */
export const desadv: SetTable = {
  identifier: 'DESADV',
  functionalIdentifier: '',
  about: 'A shipper announces what is on the way, down to the package.',
  versions: tradeVersions,
  table: `
    BGM M 1
    DTM O 10
    ALI O 5
    MEA O 5
    MOA O 5
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
    [TOD] O 10
      TOD M 1
      LOC O 5
      FTX O 5
    [TDT] O 10
      TDT M 1
      PCD O 6
      [LOC] O 10
        LOC M 1
        DTM O 10
    [EQD] O 10
      EQD M 1
      MEA O 5
      SEL O 25
      EQA O 5
      EQN O 5
      [HAN] O 10
        HAN M 1
        FTX O 10
    [CPS] O 9999
      CPS M 1
      FTX O 5
      [PAC] O 9999
        PAC M 1
        MEA O 10
        QTY O 10
        [HAN] O 10
          HAN M 1
          FTX O 10
        [PCI] O 1000
          PCI M 1
          RFF O 1
          DTM O 5
          GIR O 99
          [GIN] O 99
            GIN M 1
            DLM O 10
      [LIN] O 9999
        LIN M 1
        PIA O 10
        IMD O 25
        MEA O 10
        QTY O 10
        ALI O 10
        GIN O 100
        GIR O 100
        DLM O 100
        DTM O 5
        FTX O 99
        MOA O 5
        NAD O 99
        TDT O 1 >=D.97A
        HAN O 20 >=D.97A
        FTX O 99 >=D.97A
        MOA O 5 >=D.97A
        [RFF] O 99
          RFF M 1
          NAD O 1 >=D.97A
          CTA O 1 >=D.97A
          DTM O 1
        [DGS] O 10
          DGS M 1
          QTY O 1
          FTX O 5
        [LOC] O 100
          LOC M 1
          NAD O 1
          DTM O 1
          QTY O 10
        [SGP] O 1000
          SGP M 1
          QTY O 10
        [PCI] O 9999
          PCI M 1
          DTM O 5
          MEA O 10
          QTY O 1
          [GIN] O 10
            GIN M 1
            DLM O 100
          [HAN] O 10
            HAN M 1
            FTX O 5
            GIN O 1000
        [QVA] O 10 <D.96A
          QVA M 1
          DTM O 5
        [QVR] O 10 >=D.96A
          QVR M 1
          DTM O 5
    CNT O 5
  `,
}
