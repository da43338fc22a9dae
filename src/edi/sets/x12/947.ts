import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'

/** 947, warehouse inventory adjustment: a warehouse tells the owner what changed, and why. */
export const x947: SetTable = {
  identifier: '947',
  functionalIdentifier: 'AW',
  about: 'A warehouse corrects the stock of an owner.',
  versions: x12Versions,
  table: `
    W15 M 1
    [0100] O 100
      N1 O 1
      N2 O 1
      N3 O 1
      N4 O 1
      PER O 5
    N9 O 10
    G61 O 3
    G62 O 5
    NTE O 20
    [0200] O 10
      LM O 1
      LQ M 100
    [0300] O 9999
      W19 O 1
      G69 O 5
      N9 O 10
      CS O 1
      AMT O 1
      G62 O 10
      NTE O 20
      [0310] O 10
        LM O 1
        LQ M 100
      [0320] O 50
        N1 O 1
        N2 O 2
        N3 O 2
        N4 O 1
        G61 O 5
      [0330] O 999999
        LX O 1
        N9 O 999999
        G62 O 1
        N1 O 1
        [0331] O 10
          LM O 1
          LQ M 100
      [0340] O 999999
        FA1 O 1
        FA2 M 999999
  `,
}
