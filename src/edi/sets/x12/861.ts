import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'

/** 861, receiving advice against a ship notice. */
export const x861: SetTable = {
  identifier: '861',
  functionalIdentifier: 'RC',
  about: 'A receiver says what came of what was announced.',
  versions: x12Versions,
  table: `
    BRA M 1
    CUR O 1
    REF O 999999
    PER O 3
    DTM O 10
    PRF O 999999
    TD1 O 20
    TD5 O 12
    TD3 O 12
    TD4 O 5
    [N1] O 200
      N1 O 1
      N2 O 2
      N3 O 2
      N4 O 1
      REF O 12
      PER O 3
      FOB O 1
    [RCD] O 200000
      RCD O 1
      SN1 O 1
      CUR O 1
      SLN O 100
      LIN O 100
      PID O 200
      PO4 O 1
      REF O 999999
      PER O 3
      DTM O 10
      PRF O 25
      MEA O 40
      PWK O 25
      PKG O 25
      TD1 O 1
      TD5 O 12
      TD3 O 12
      TD4 O 5
      MAN O 999999
      [N1] O 200
        N1 O 1
        N2 O 2
        N3 O 2
        N4 O 1
        REF O 12
        PER O 3
    CTT O 1
  `,
}
