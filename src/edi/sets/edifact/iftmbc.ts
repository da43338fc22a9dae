import type { SetTable } from '../../grammar/set.ts'
import { tradeVersions } from './dictionary.ts'
import { transportMessage } from './transport-message.ts'

/** IFTMBC, booking confirmation. Loops are called after their first segment: group numbers change with the directory. */
export const iftmbc: SetTable = {
  identifier: 'IFTMBC',
  functionalIdentifier: '',
  about: 'A carrier confirms a booking.',
  versions: tradeVersions,
  table: transportMessage,
}
