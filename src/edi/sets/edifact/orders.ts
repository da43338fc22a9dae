import type { SetTable } from '../../grammar/set.ts'
import { tradeVersions } from './dictionary.ts'
import { order } from './order.ts'

/** ORDERS, purchase order. Loops are called after their first segment: group numbers change with the directory. */
export const orders: SetTable = {
  identifier: 'ORDERS',
  functionalIdentifier: '',
  about: 'A buyer orders goods.',
  versions: tradeVersions,
  table: order,
}
