import type { SetTable } from '../../grammar/set.ts'
import { tradeVersions } from './dictionary.ts'
import { transportMessage } from './transport-message.ts'

/** IFTMIN, transport instruction. Loops are called after their first segment: group numbers change with the directory. */
export const iftmin: SetTable = {
  identifier: 'IFTMIN',
  functionalIdentifier: '',
  about: 'A shipper or forwarder instructs a carrier.',
  versions: tradeVersions,
  table: transportMessage,
}
