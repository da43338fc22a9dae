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
    MEA O 40
    [N1] O 200
      N1 O 1
      N2 O 2
      N3 O 2
      N4 O 1
      REF O 100
      PER O 3
      FOB O 1
    [LM] O 10
      LM O 1
      LQ M 100
    [RCD] O 200000
      RCD O 1
      SN1 O 1
      CUR O 1
      SLN O 100
      LIN O 100
      PID O 1000
      PO4 O 100
      REF O 999999
      PER O 3
      DTM O 10
      PRF O 25
      MEA O 999999
      PWK O 40
      PKG O 25
      FOB O 1
      TD1 O 20
      TD5 O 12
      TD3 O 12
      TD4 O 5
      SAC O 10
      MAN O 999999
      [LM] O 10
        LM O 1
        LQ M 100
      [SLN] O 100
        SLN O 1
        PID O 1000
        NM1 O 1
        [LM] O 10
          LM O 1
          LQ M 100
      [N1] O 200
        N1 O 1
        N2 O 2
        N3 O 2
        N4 O 1
        REF O 100
        PER O 3
        FOB O 1
    CTT O 1
  `,
}
