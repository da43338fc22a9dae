import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'

/** 824, application advice: a business answer after the acknowledgement. */
export const x824: SetTable = {
  identifier: '824',
  functionalIdentifier: 'AG',
  about: 'A receiver rejects or accepts the content of a document.',
  versions: x12Versions,
  table: `
    BGN M 1
    [N1] O 999999
      N1 O 1
      N2 O 2
      N3 O 2
      N4 O 1
      REF O 12
      PER O 3
    [OTI] M 10000
      OTI M 1
      REF O 12
      DTM O 2
      PER O 3
      AMT O 10
      QTY O 10
      NM1 O 9
      [TED] O 10000
        TED O 1
        CTX O 10
        NTE O 100
        RED O 100 >=005010
      [LM] O 999999
        LM O 1
        LQ M 100
  `,
}
