import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'

/** 846, inventory advice: how much there is, an assertion and no movement. */
export const x846: SetTable = {
  identifier: '846',
  functionalIdentifier: 'IB',
  about: 'A warehouse or supplier says what is in stock.',
  versions: x12Versions,
  table: `
    BIA M 1
    CUR O 1
    DTM O 10
    REF O 12
    PER O 3
    MEA O 20
    [N1] O 5
      N1 O 1
      N2 O 2
      N3 O 2
      N4 O 1
      REF O 12
      PER O 3
    [LM] O 10
      LM O 1
      LQ M 100
    [LIN] M 10000
      LIN M 1
      PID O 200
      MEA O 40
      PKG O 25
      DTM O 10
      CTP O 25
      CUR O 1
      SAC O 25
      REF O 999999
      PER O 3
      SDQ O 500
      MAN O 1
      UIT O 5
      CS O 1
      DD O 999999
      G53 O 1
      PCT O 999999
      LDT O 12
      [LM] O 10
        LM O 1
        LQ M 100
      [SLN] O 1000
        SLN O 1
        PID O 200
        MEA O 40
        PKG O 25
        [MAN] O 100
          MAN O 1
          MEA O 40
      [QTY] O 99
        QTY O 1
        UIT O 12
        MEA O 25
        LDT O 12
        DTM O 10
        REF O 999999
        [SCH] O 25
          SCH O 1
          MEA O 25
        [LM] O 10
          LM O 1
          LQ M 100
        [LS] O 1
          LS O 1
          [REF] O 999999
            REF O 1
            DTM O 999999
            N1 O 1
            [LM] O 10
              LM O 1
              LQ M 100
          LE M 1
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
