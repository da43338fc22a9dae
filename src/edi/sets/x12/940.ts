import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'

/** 940, warehouse shipping order: the owner of stock tells a warehouse what to ship. */
export const x940: SetTable = {
  identifier: '940',
  functionalIdentifier: 'OW',
  about: 'An owner of goods tells a warehouse to ship.',
  versions: x12Versions,
  table: `
    W05 M 1
    [0100] O 10
      N1 O 1
      N2 O 2
      N3 O 2
      N4 O 1
      PER O 5
    N9 O 10
    G61 O 3
    G62 O 10
    NTE O 9999
    W09 O 1
    W66 O 1
    W6 O 1
    R2 O 13
    BNX O 1
    [0200] O 10
      LM O 1
      LQ M 100
    [0300] M 999999
      LX M 1
      MAN O 999999
      SDQ O 999999
      PAL O 1
      N9 O 20
      N1 O 1
      G62 O 10
      [0310] O 999999
        W01 O 1
        G69 O 5
        N9 O 200
        NTE O 999999
        W20 O 3
        QTY O 10
        AMT O 10
        G62 O 10
        G66 O 1
        MAN O 10
        NTE O 20
        PKG O 10
        N1 O 3
        PER O 5
        LH2 O 6
        LHR O 1
        LH6 O 5
        [0320] O 10
          LM O 1
          LQ M 100
        [LS] O 1
          LS O 1
          [LX] O 999999
            LX O 1
            N9 O 999999
            G62 O 10
            N1 O 1
            SDQ O 999999
            [LM] O 10
              LM O 1
              LQ M 100
            [LH1] O 999999
              LH1 O 1
              LH2 O 4
              LH3 O 12
              LFH O 20
              LEP O 999999
              LH4 O 4
              LHT O 3
              LHR O 5
              PER O 5
          LE M 1
        [FA1] O 999999
          FA1 O 1
          FA2 M 999999
        [0330] O 50
          N1 O 1
          N2 O 2
          N3 O 2
          N4 O 1
    W76 O 1
  `,
}
