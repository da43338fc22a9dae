import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'

/** 211, bill of lading of a motor carrier. */
export const x211: SetTable = {
  identifier: '211',
  functionalIdentifier: 'BL',
  about: 'A shipper hands over the bill of lading.',
  versions: x12Versions,
  table: `
    BOL M 1
    B2A M 1
    MS3 O 12
    MS2 O 1
    L11 O 300
    G62 O 6
    AT5 O 50
    K1 O 10
    [0100] M 10
      N1 O 1
      N2 O 1
      N3 O 2
      N4 O 1
      G61 O 3
    [0200] M 999999
      AT1 M 1
      L11 O 10
      AT5 O 6
      AT3 O 1
      AT4 O 9999
      [0210] O 999999
        AT2 O 1
        MAN O 9999
        SPO O 999999
      [0220] O 999999
        LX O 1
        MAN O 9999
        SPO O 999999
      [0230] O 1
        G61 O 1
        L11 O 5
        LH6 O 6
        [0231] O 100
          LH1 O 1
          LH2 O 4
          LH3 O 12
          LFH O 20
          LEP O 3
          LH4 O 4
          LHT O 3
          L11 O 5
  `,
}
