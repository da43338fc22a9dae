import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'

/** 944, stock transfer receipt: what a warehouse received, with what was over, short or damaged. */
export const x944: SetTable = {
  identifier: '944',
  functionalIdentifier: 'RE',
  about: 'A warehouse says what it received.',
  versions: x12Versions,
  table: `
    W17 M 1
    [0100] O 10
      N1 O 1
      N2 O 2
      N3 O 2
      N4 O 1
      PER O 5
    N9 O 10
    G61 O 3
    G62 O 5
    NTE O 20
    W08 O 1
    W18 O 10
    G08 O 2
    [0200] O 9999
      W07 O 1
      G69 O 5
      N9 O 200
      W20 O 2
      [0210] O 50
        W13 O 1
        N9 O 200
    W14 M 1
  `,
}
