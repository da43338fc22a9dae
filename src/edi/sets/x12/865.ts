import type { SetTable } from '../../grammar/set.ts'
import { x12Versions } from './dictionary.ts'
import { answer, lineAnswer, purchaseOrder } from './purchase-order.ts'

/** 865, purchase order change by the supplier. */
export const x865: SetTable = {
  identifier: '865',
  functionalIdentifier: 'CA',
  about: 'A supplier answers a change, or changes an order itself.',
  versions: x12Versions,
  table: purchaseOrder({ beginning: 'BCA', line: 'POC', lines: 'O 999999', answer, lineAnswer }),
}
