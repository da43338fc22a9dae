import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'

/** 210, freight invoice of a motor carrier. */
export const x210: SetTable = {
  identifier: '210',
  functionalIdentifier: 'IM',
  about: 'A carrier invoices its freight.',
  versions: x12Versions,
  table: `
    B3 M 1
    C2 O 1
    C3 O 1
    ITD O 1
    L11 O 300 >=005010
    N9 O 300
    G62 O 6
    R3 O 12
    H3 O 6
    K1 O 10
    [0100] O 10
      N1 O 1
      N2 O 1
      N3 O 2
      N4 O 1
      L11 O 5 >=005010
      N9 O 5
    [0200] O 10
      N7 O 1
      M7 O 2
    [0250] O 999999
      SPO O 1
      SDQ O 10
    [0250] O 999999 >=005010
      OID O 1
      SDQ O 10
    [0300] O 999
      S5 O 1
      L11 O 10 >=005010
      N9 O 10
      G62 O 10
      H3 O 6
      [0305] O 999999
        SPO O 1
        SDQ O 10
      [0305] O 999999 >=005010
        OID O 1
        SDQ O 10
      [0310] O 2
        N1 O 1
        N2 O 1
        N3 O 2
        N4 O 1
        L11 O 5 >=005010
        N9 O 5
        [0320] O 10
          N7 O 1
          M7 O 2
    [0400] O 9999
      LX O 1
      L11 O 20 >=005010
      N9 O 5
      POD O 1
      L5 O 30
      H1 O 3
      H2 O 2
      L0 O 10
      L1 O 50
      L4 O 10
      L7 O 10
      K1 O 10
      [0430] O 999999
        SPO O 1
        SDQ O 10
      [0430] O 999999 >=005010
        OID O 1
        SDQ O 10
      [0460] O 999999
        N1 O 1
        N2 O 1
        N3 O 2
        N4 O 1
        L11 O 10 >=005010
        N9 O 10
        [0463] O 999999
          CD3 O 1
          L11 O 20 >=005010
          N9 O 20
          H6 O 10
          L9 O 50
          POD O 1
          G62 O 1
        [0465] O 999999
          SPO O 1
          SDQ O 10
        [0465] O 999999 >=005010
          OID O 1
          SDQ O 10
    L3 O 1
  `,
}
