import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'
import { lineAnswer, purchaseOrder } from './purchase-order.ts'

/** 855, purchase order acknowledgement by the supplier. */
export const x855: SetTable = {
  identifier: '855',
  functionalIdentifier: 'PR',
  about: 'A supplier answers an order.',
  versions: x12Versions,
  table: purchaseOrder({ beginning: 'BAK', line: 'PO1', lines: 'O 100000', lineAnswer }),
}
