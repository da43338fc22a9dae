import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'

/** 180, return authorization. */
export const x180: SetTable = {
  identifier: '180',
  functionalIdentifier: 'AN',
  about: 'Goods go back: asked for, authorised, notified.',
  versions: x12Versions,
  table: `
    BGN M 1
    RDR O 1
    PRF O 1
    DTM O 10
    N9 O 999999
    PER O 3
    SAC O 25
    CUR O 1
    TD5 O 12
    [N1] O 200
      N1 O 1
      N2 O 2
      N3 O 2
      N4 O 1
      REF O 12
      PER O 3
    [BLI] O 999999
      BLI O 1
      N9 O 999999
      PID O 200
      RDR O 1
      MEA O 40
      DTM O 10
      SAC O 25
      PRF O 1
      PKG O 25
      TD1 O 2
      TD5 O 12
      QTY O 999999
      [N1] O 200
        N1 O 1
        N2 O 2
        N3 O 2
        N4 O 1
        REF O 12
        PER O 3
  `,
}
