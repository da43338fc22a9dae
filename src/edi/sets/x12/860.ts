import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'
import { purchaseOrder } from './purchase-order.ts'

/** 860, purchase order change by the buyer. */
export const x860: SetTable = {
  identifier: '860',
  functionalIdentifier: 'PC',
  about: 'A buyer changes an order.',
  versions: x12Versions,
  table: purchaseOrder({ beginning: 'BCH', line: 'POC', lines: 'O 999999' }),
}
