import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'

/** 990, answer to a load tender. */
export const x990: SetTable = {
  identifier: '990',
  functionalIdentifier: 'GF',
  about: 'A carrier accepts or declines a load.',
  versions: x12Versions,
  table: `
    B1 M 1
    L11 O 10 >=005010
    N9 O 10
    G62 O 6
    N7 O 1
    L9 O 40
    V9 O 10
    K1 O 10
    [0100] O 999
      S5 O 1
      N9 O 10
      G62 O 10
      K1 O 10
      [0110] O 2
        N1 O 1
        N2 O 1
        N3 O 2
        N4 O 1
  `,
}
