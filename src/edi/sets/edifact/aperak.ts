import type { SetTable } from '../../grammar/set.ts'

/** APERAK, application error and acknowledgement. Loops are called after their first segment: group numbers change with the directory. */
export const aperak: SetTable = {
  identifier: 'APERAK',
  functionalIdentifier: '',
  about: 'A receiver rejects or accepts the content of a message.',
  versions: ['D.96A', 'D.97A', 'D.01B'],
  table: `
    BGM M 1
    DTM O 9
    FTX O 9
    CNT O 9
    [DOC] O 99
      DOC M 1
      DTM O 99
    [RFF] O 99
      RFF M 1
      DTM O 9
    [NAD] O 9
      NAD M 1
      CTA O 9
      COM O 9
    [ERC] O 99999
      ERC M 1
      FTX O 9
      [RFF] O 9
        RFF M 1
        FTX O 9
  `,
}
