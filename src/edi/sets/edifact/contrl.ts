import type { SetTable } from '../../grammar/set.ts'

/** CONTRL, syntax acknowledgement. Loops are called after their first segment: group numbers change with the directory. */
export const contrl: SetTable = {
  identifier: 'CONTRL',
  functionalIdentifier: '',
  about: 'A receiver says whether an interchange could be read.',
  versions: ['S.3', 'S.4'],
  table: `
    UCI M 1
    [UCM] O 999999
      UCM M 1
      [UCS] O 999
        UCS M 1
        UCD O 99
    [UCF] O 999999
      UCF M 1
      [UCM] O 999999
        UCM M 1
        [UCS] O 999
          UCS M 1
          UCD O 99
  `,
}
