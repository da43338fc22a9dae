import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'

/** 945, warehouse shipping advice: what a warehouse has shipped. */
export const x945: SetTable = {
  identifier: '945',
  functionalIdentifier: 'SW',
  about: 'A warehouse says what it shipped.',
  versions: x12Versions,
  table: `
    W06 M 1
    [0100] O 10
      N1 O 1
      N2 O 2
      N3 O 2
      N4 O 1
      PER O 5
    N9 O 10
    G61 O 3
    G62 O 10
    NTE O 20
    W27 O 1
    W6 O 1
    W28 O 1
    W6 O 1
    W10 O 10
    G72 O 10
    [0200] O 10
      LM O 1
      LQ M 100
    [0300] O 999999
      LX M 1
      MAN O 999999
      PAL O 1
      N9 O 20
      [0310] O 999999
        W12 O 1
        G69 O 5
        N9 O 200
        G62 O 10
        QTY O 10
        MEA O 40
        AMT O 10
        G62 O 10
        R4 O 5
        G72 O 10
        W27 O 5
        MAN O 10
        N1 O 5
        G72 O 10
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
            [LM] O 10
              LM O 1
              LQ M 100
          LE M 1
        [FA1] O 999999
          FA1 O 1
          FA2 M 999999
    W03 O 1
  `,
}
