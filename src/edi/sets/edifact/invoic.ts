import type { SetTable } from '../../grammar/set.ts'
import { tradeVersions } from './dictionary.ts'

/**
 * INVOIC, invoice. Loops are called after their first segment: group numbers change with the directory. The
 * amounts of an ALC behind the lines are one here, as they are before and in them: who reads them looks in one place.
 */
export const invoic: SetTable = {
  identifier: 'INVOIC',
  functionalIdentifier: '',
  about: 'A seller or carrier invoices.',
  versions: tradeVersions,
  table: `
    BGM M 1
    DTM M 35
    PAI O 1
    ALI O 5
    IMD O 999
    FTX O 99
    LOC O 10
    GIS O 10
    DGS O 1 >=D.97A
    [RFF] O 9999
      RFF M 1
      DTM O 5
      GIR O 5 >=D.97A
      LOC O 2 >=D.97A
      MEA O 5 >=D.97A
      QTY O 2 >=D.97A
      FTX O 5 >=D.97A
      MOA O 2 >=D.97A
    [NAD] O 99
      NAD M 1
      LOC O 25
      FII O 5
      [RFF] O 9999
        RFF M 1
        DTM O 5
      [DOC] O 5
        DOC M 1
        DTM O 5
      [CTA] O 10
        CTA M 1
        COM O 9
    [TAX] O 9999
      TAX M 1
      MOA O 9
      LOC O 9
    [CUX] O 99
      CUX M 1
      DTM O 5
    [PAT] O 10
      PAT M 1
      DTM O 5
      PCD O 1
      MOA O 1
      PAI O 1
      FII O 1
    [TDT] O 99
      TDT M 1
      TSR O 1 >=D.97A
      PCD O 6
      [LOC] O 10
        LOC M 1
        DTM O 10
      [RFF] O 9999
        RFF M 1
        DTM O 5
    [TOD] O 5
      TOD M 1
      LOC O 2
    [PAC] O 1000
      PAC M 1
      MEA O 5
      EQD O 1
      [PCI] O 5
        PCI M 1
        RFF O 1
        DTM O 5
        GIN O 5
    [EQD] O 9999
      EQD M 1
      SEL O 9
    [ALC] O 9999
      ALC M 1
      ALI O 5
      DTM O 5
      FTX O 1
      [RFF] O 9
        RFF M 1
        DTM O 5
      [QTY] O 1
        QTY M 1
        RNG O 1
      [PCD] O 1
        PCD M 1
        RNG O 1
      [MOA] O 9
        MOA M 1
        RNG O 1
        CUX O 1
        DTM O 1
      [RTE] O 1
        RTE M 1
        RNG O 1
      [TAX] O 5
        TAX M 1
        MOA O 2
    [RCS] O 100
      RCS M 1
      RFF O 5
      DTM O 5
      FTX O 99
    [AJT] O 1 >=D.96A
      AJT M 1
      FTX O 5
    [INP] O 1
      INP M 1
      FTX O 5
    [LIN] O 9999999
      LIN M 1
      PIA O 25
      IMD O 99
      MEA O 99
      QTY O 99
      PCD O 5
      ALI O 9999
      DTM O 35
      GIN O 9999
      GIR O 9999
      QVA O 1 <D.96A
      QVR O 1 >=D.96A
      EQD O 1
      DOC O 9
      FTX O 99
      DGS O 1 >=D.97A
      [MOA] O 99
        MOA M 1
        CUX O 1
      [PAT] O 10
        PAT M 1
        DTM O 5
        PCD O 1
        MOA O 1
        PAI O 1
        FII O 1
      [PRI] O 25
        PRI M 1
        CUX O 1
        API O 1 <D.96A
        APR O 9
        RNG O 1
        DTM O 5
      [RFF] O 9999
        RFF M 1
        DTM O 5
      [PAC] O 9999
        PAC M 1
        MEA O 10
        EQD O 1 >=D.97A
        QTY O 10
        DTM O 5
        [RFF] O 1
          RFF M 1
          DTM O 5
        [PCI] O 9999
          PCI M 1
          RFF O 1
          DTM O 5
          GIN O 10
      [LOC] O 9999
        LOC M 1
        QTY O 100
        DTM O 5
      [TAX] O 9999
        TAX M 1
        MOA O 9
        LOC O 9
      [NAD] O 99
        NAD M 1
        LOC O 5
        [RFF] O 5
          RFF M 1
          DTM O 5
        [DOC] O 5
          DOC M 1
          DTM O 5
        [CTA] O 5
          CTA M 1
          COM O 9
      [ALC] O 99
        ALC M 1
        ALI O 5
        DTM O 5
        FTX O 1
        [RFF] O 9
          RFF M 1
          DTM O 5
        [QTY] O 1
          QTY M 1
          RNG O 1
        [PCD] O 1
          PCD M 1
          RNG O 1
        [MOA] O 9
          MOA M 1
          RNG O 1
          CUX O 1
          DTM O 1
        [RTE] O 1
          RTE M 1
          RNG O 1
        [TAX] O 5
          TAX M 1
          MOA O 2
      [TDT] O 10
        TDT M 1
        [LOC] O 10
          LOC M 1
          DTM O 5
      [TOD] O 5
        TOD M 1
        LOC O 2
      [EQD] O 10
        EQD M 1
        SEL O 9
      [RCS] O 100
        RCS M 1
        RFF O 5
        DTM O 5
        FTX O 99
      [GIS] O 10
        GIS M 1
        RFF O 1
        DTM O 5
        GIR O 5
        LOC O 2
        MEA O 5
        QTY O 2
        FTX O 5
        MOA O 2
    UNS M 1
    CNT O 10
    [MOA] M 100
      MOA M 1
      [RFF] O 1
        RFF M 1
        DTM O 5
    [TAX] O 10
      TAX M 1
      MOA O 9
    [ALC] O 15
      ALC M 1
      ALI O 1
      [MOA] O 2
        MOA M 1
      FTX O 1
  `,
}
