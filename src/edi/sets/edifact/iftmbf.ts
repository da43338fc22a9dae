import type { SetTable } from '../../grammar/set.ts'
import { tradeVersions } from './dictionary.ts'
import { transportMessage } from './transport-message.ts'

/** IFTMBF, firm booking. Loops are called after their first segment: group numbers change with the directory. */
export const iftmbf: SetTable = {
  identifier: 'IFTMBF',
  functionalIdentifier: '',
  about: 'A shipper books firmly.',
  versions: tradeVersions,
  table: transportMessage,
}
