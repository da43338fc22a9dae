import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'

/** 820, payment order and remittance advice. */
export const x820: SetTable = {
  identifier: '820',
  functionalIdentifier: 'RA',
  about: 'A payer tells what a payment is for.',
  versions: x12Versions,
  table: `
    BPR M 1
    NTE O 999999
    TRN O 1
    CUR O 1
    REF O 999999
    DTM O 999999
    [N1] O 999999
      N1 O 1
      N2 O 999999
      N3 O 999999
      N4 O 1
      REF O 999999
      PER O 999999
    [ENT] O 999999
      ENT O 1
      [NM1] O 999999
        NM1 O 1
        N2 O 999999
        N3 O 999999
        N4 O 1
        REF O 999999
        PER O 999999
      [ADX] O 999999
        ADX O 1
        NTE O 999999
        PER O 999999
      [RMR] O 999999
        RMR O 1
        NTE O 999999
        REF O 999999
        DTM O 999999
        [IT1] O 999999
          IT1 O 1
          REF O 999999
        [ADX] O 999999
          ADX O 1
          NTE O 999999
          REF O 999999
    [ADX2] O 999999
      ADX O 1
      NTE O 999999
      PER O 999999
    [RMR] O 999999
      RMR O 1
      NTE O 999999
      REF O 999999
      DTM O 999999
      [IT1] O 999999
        IT1 O 1
        REF O 999999
      [ADX] O 999999
        ADX O 1
        NTE O 999999
        REF O 999999
  `,
}
