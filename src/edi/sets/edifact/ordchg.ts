import type { SetTable } from '../../grammar/set.ts'
import { tradeVersions } from './dictionary.ts'
import { orderAnswer } from './order.ts'

/** ORDCHG, change of a purchase order. Loops are called after their first segment: group numbers change with the directory. */
export const ordchg: SetTable = {
  identifier: 'ORDCHG',
  functionalIdentifier: '',
  about: 'A buyer changes an order.',
  versions: tradeVersions,
  table: orderAnswer,
}
