import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'

/** 810, invoice of a supplier. */
export const x810: SetTable = {
  identifier: '810',
  functionalIdentifier: 'IN',
  about: 'A supplier invoices goods.',
  versions: x12Versions,
  table: `
    BIG M 1
    NTE O 100
    CUR O 1
    REF O 12
    YNQ O 10
    PER O 3
    [N1] O 200
      N1 O 1
      N2 O 2
      N3 O 2
      N4 O 1
      REF O 12
      PER O 3
      DMG O 1
    ITD O 999999
    DTM O 10
    FOB O 1
    PID O 200
    MEA O 40
    PWK O 25
    PKG O 25
    L7 O 1
    BAL O 999999
    INC O 1
    PAM O 999999
    CRC O 999999 >=005010
    [LM] O 10
      LM O 1
      LQ M 100
    [N9] O 999999
      N9 O 1
      MSG O 10
      MTX O 10 >=005010
    [V1] O 999999
      V1 O 1
      R4 O 999999
      DTM O 999999
    [FA1] O 999999
      FA1 O 1
      FA2 M 999999
    [IT1] O 200000
      IT1 O 1
      CRC O 1
      QTY O 5
      CUR O 1
      IT3 O 5
      TXI O 10
      CTP O 25
      PAM O 10
      MEA O 40
      [PID] O 1000
        PID O 1
        MEA O 10
      PWK O 25
      PKG O 25
      PO4 O 1
      ITD O 2
      REF O 999999
      YNQ O 10
      PER O 5
      SDQ O 500
      DTM O 10
      CAD O 999999
      L7 O 999999
      SR O 1
      [SAC] O 25
        SAC O 1
        TXI O 10
      [SLN] O 1000
        SLN O 1
        DTM O 1
        REF O 999999
        PID O 1000
        SAC O 25
        TC2 O 2
        TXI O 10
      [N1] O 200
        N1 O 1
        N2 O 2
        N3 O 2
        N4 O 1
        REF O 12
        PER O 3
        DMG O 1
      [LM] O 10
        LM O 1
        LQ M 100
      [V1] O 999999
        V1 O 1
        R4 O 999999
        DTM O 999999
      [FA1] O 999999
        FA1 O 1
        FA2 M 999999
    TDS M 1
    TXI O 10
    CAD O 1
    AMT O 999999
    [SAC] O 25
      SAC O 1
      TXI O 10
    [ISS] O 999999
      ISS O 1
      PID O 1
    CTT O 1
  `,
}
