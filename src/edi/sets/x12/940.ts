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
    [0200] O 10
      LM O 1
      LQ M 100
    [0300] M 9999
      LX M 1
      MAN O 10
      PAL O 1
      N9 O 20
      [0310] O 9999
        W01 O 1
        G69 O 5
        N9 O 200
        W20 O 1
        QTY O 10
        AMT O 10
        G62 O 10
        MAN O 10
        NTE O 20
        PKG O 10
        [0320] O 10
          LM O 1
          LQ M 100
        [0330] O 50
          N1 O 1
          N2 O 2
          N3 O 2
          N4 O 1
    W76 O 1
  `,
}
