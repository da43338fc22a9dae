import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'
import { purchaseOrder } from './purchase-order.ts'

/** 850, purchase order. */
export const x850: SetTable = {
  identifier: '850',
  functionalIdentifier: 'PO',
  about: 'A buyer orders goods.',
  versions: x12Versions,
  table: purchaseOrder({ beginning: 'BEG', line: 'PO1', lines: 'M 100000' }),
}
