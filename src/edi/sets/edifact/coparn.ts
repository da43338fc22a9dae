import type { SetTable } from '../../grammar/set.ts'
import { containerMessage } from './container-message.ts'
import { maritimeVersions } from './dictionary.ts'

/** COPARN, container announced, released or ordered. Loops are called after their first segment: group numbers change with the directory. */
export const coparn: SetTable = {
  identifier: 'COPARN',
  functionalIdentifier: '',
  about: 'A line tells a terminal or depot which containers it releases or sends.',
  versions: maritimeVersions,
  table: containerMessage,
}
