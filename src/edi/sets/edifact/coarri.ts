import type { SetTable } from '../../grammar/set.ts'
import { containerMessage } from './container-message.ts'
import { maritimeVersions } from './dictionary.ts'

/** COARRI, container discharged or loaded. Loops are called after their first segment: group numbers change with the directory. */
export const coarri: SetTable = {
  identifier: 'COARRI',
  functionalIdentifier: '',
  about: 'A terminal tells which containers it loaded or discharged.',
  versions: maritimeVersions,
  table: containerMessage,
}
