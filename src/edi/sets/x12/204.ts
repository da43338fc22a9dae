import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'

/** 204, load tender to a motor carrier: offered, changed or cancelled. */
export const x204: SetTable = {
  identifier: '204',
  functionalIdentifier: 'SM',
  about: 'A shipper offers a load to a carrier, changes or cancels it.',
  versions: x12Versions,
  table: `
    B2 M 1
    B2A M 1
    L11 O 999
    G62 O 5
    MS3 O 1
    AT5 O 30
    PLD O 1
    LH6 O 6
    NTE O 10
    [0100] O 5
      N1 O 1
      N2 O 1
      N3 O 2
      N4 O 1
      L11 O 1
      G61 O 3
    [0200] O 10
      N7 O 1
      N7A O 1
      N7B O 1
      MEA O 1
      M7 O 2
    [0300] O 999
      S5 O 1
      L11 O 200
      G62 O 4
      AT8 O 1
      LAD O 999
      AT5 O 6
      PLD O 1
      NTE O 20
      [0310] O 1
        N1 O 1
        N2 O 1
        N3 O 2
        N4 O 1
        G61 O 3
      [0320] O 99
        L5 O 1
        AT8 O 1
        [0325] O 99
          G61 O 1
          L11 O 5
          LH6 O 6
          [0330] O 25
            LH1 O 1
            LH2 O 4
            LH3 O 10
            LFH O 20
            LEP O 3
            LH4 O 1
            LHT O 3
      [0350] O 999
        OID O 1
        G62 O 2
        LAD O 999
        [0360] O 99
          L5 O 1
          AT8 O 1
          [0365] O 99
            G61 O 1
            L11 O 5
            LH6 O 6
            [0370] O 25
              LH1 O 1
              LH2 O 4
              LH3 O 10
              LFH O 20
              LEP O 3
              LH4 O 1
              LHT O 3
      [0380] O 10
        N7 O 1
        N7A O 1
        N7B O 1
        MEA O 1
        M7 O 2
    L3 O 1
  `,
}
