import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'

/** 180, return authorization. */
export const x180: SetTable = {
  identifier: '180',
  functionalIdentifier: 'AN',
  about: 'Goods go back: asked for, authorised, notified.',
  versions: x12Versions,
  table: `
    BGN M 1
    RDR O 1
    PRF O 1
    DTM O 10
    N9 O 999999
    PER O 3
    SAC O 25
    CUR O 1
    G38 O 1
    PKG O 5
    TD1 O 10
    TD5 O 12
    NTE O 5
    [N1] O 200
      N1 O 1
      N2 O 2
      N3 O 2
      N4 O 1
      REF O 12
      PER O 5
    [LM] O 10
      LM O 1
      LQ M 100
    [BLI] O 999999
      BLI O 1
      N9 O 999999
      PID O 200
      RDR O 1
      SAC O 25
      AMT O 999999
      MEA O 999999
      CRC O 999999
      NTE O 999999
      PRF O 1
      DTM O 15
      SAC O 25
      PRF O 1
      PKG O 25
      TD1 O 2
      DD O 100
      GF O 1
      TD5 O 12
      SDQ O 100
      [LM] O 10
        LM O 1
        LQ M 100
      [N1] O 200
        N1 O 1
        N2 O 2
        N3 O 2
        N4 O 1
        REF O 12
        PER O 5
      [QTY] O 999999
        QTY O 1
        AMT O 5
        DTM O 10
        N1 O 1
        [LM] O 10
          LM O 1
          LQ M 100
        [LX] O 999999
          LX O 1
          N9 O 999999
          DTM O 10
          N1 O 1
          [LM] O 10
            LM O 1
            LQ M 100
      [FA1] O 999999
        FA1 O 1
        FA2 M 999999
      [N1] O 200
        N1 O 1
        N2 O 2
        N3 O 2
        N4 O 1
        REF O 12
        PER O 5
  `,
}
