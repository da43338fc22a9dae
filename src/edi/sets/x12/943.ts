import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'

/** 943, stock transfer shipment advice: what comes to a warehouse. */
export const x943: SetTable = {
  identifier: '943',
  functionalIdentifier: 'AR',
  about: 'An owner announces goods that come to a warehouse.',
  versions: x12Versions,
  table: `
    W06 M 1
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
    W27 O 1
    W28 O 1
    W10 O 1
    [0200] O 9999
      W04 O 1
      G69 O 5
      N9 O 200
      W20 O 2
    W03 M 1
  `,
}
