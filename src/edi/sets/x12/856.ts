import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'

/** 856, ship notice: shipment, orders, tares, packs and items as a tree. */
export const x856: SetTable = {
  identifier: '856',
  functionalIdentifier: 'SH',
  about: 'A supplier announces what is on the way, down to the carton.',
  versions: x12Versions,
  table: `
    BSN M 1
    DTM O 10
    [HL] M 200000
      HL M 1
      LIN O 1
      SN1 O 1
      SLN O 1000
      PRF O 1
      PO4 O 1
      PID O 200
      MEA O 40
      PWK O 25
      PKG O 25
      TD1 O 20
      TD5 O 12
      TD3 O 12
      TD4 O 5
      TSD O 1
      REF O 999999
      PER O 3
      [LH1] O 100
        LH1 O 1
        LH2 O 4
        LH3 O 12
        LFH O 20
        LEP O 999999
        LH4 O 4
        LHT O 3
        LHR O 10
        PER O 5
        LHE O 1
      [CLD] O 200
        CLD O 1
        REF O 200
        DTP O 1
      MAN O 999999
      DTM O 10
      FOB O 1
      PAL O 1
      [N1] O 200
        N1 O 1
        N2 O 2
        N3 O 2
        N4 O 1
        REF O 12
        PER O 3
        FOB O 1
      SDQ O 50
      ETD O 1
      CUR O 1
      [SAC] O 999999
        SAC O 1
        CUR O 1
      QTY O 999999
      GF O 1
      YNQ O 10
      [LM] O 10
        LM O 1
        LQ M 100
      [V1] O 999999
        V1 O 1
        R4 O 999999
        DTM O 999999
    CTT O 1
  `,
}
