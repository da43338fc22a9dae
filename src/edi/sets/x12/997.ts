import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'

/** 997, functional acknowledgement of a group. */
export const x997: SetTable = {
  identifier: '997',
  functionalIdentifier: 'FA',
  about: 'A receiver says whether a group could be read.',
  versions: x12Versions,
  table: `
    AK1 M 1
    [AK2] O 999999
      AK2 O 1
      [AK3] O 999999
        AK3 O 1
        AK4 O 99
      AK5 M 1
    AK9 M 1
  `,
}
