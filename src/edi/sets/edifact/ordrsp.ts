import type { SetTable } from '../../grammar/set.ts'
import { tradeVersions } from './dictionary.ts'
import { orderAnswer } from './order.ts'

/** ORDRSP, answer to a purchase order. Loops are called after their first segment: group numbers change with the directory. */
export const ordrsp: SetTable = {
  identifier: 'ORDRSP',
  functionalIdentifier: '',
  about: 'A supplier answers an order.',
  versions: tradeVersions,
  table: orderAnswer,
}
