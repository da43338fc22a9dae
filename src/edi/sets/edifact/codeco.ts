import type { SetTable } from '../../grammar/set.ts'
import { containerMessage } from './container-message.ts'
import { maritimeVersions } from './dictionary.ts'

/** CODECO, container through the gate. Loops are called after their first segment: group numbers change with the directory. */
export const codeco: SetTable = {
  identifier: 'CODECO',
  functionalIdentifier: '',
  about: 'A terminal or depot tells which containers came in or went out.',
  versions: maritimeVersions,
  table: containerMessage,
}
