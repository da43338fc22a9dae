import type { SetTable } from '../../grammar/set.ts'

/** 999, implementation acknowledgement of a group. */
export const x999: SetTable = {
  identifier: '999',
  functionalIdentifier: 'FA',
  about: 'A receiver says whether a group keeps the standard and the guide.',
  versions: ['005010'],
  table: `
    AK1 M 1
    [2000] O 999999
      AK2 O 1
      [2100] O 999999
        IK3 O 1
        CTX O 10
        [2110] O 999999
          IK4 O 1
          CTX O 10
      IK5 M 1
    AK9 M 1
  `,
}
