import { expectedReceiptFile } from './expected-receipt.ts'
import { movementFile } from './movements.ts'
import { receiptFile } from './receipt.ts'
import { shipNoticeFile } from './ship-notice.ts'
import { shippingConfirmationFile } from './shipping-confirmation.ts'
import { shippingOrderFile } from './shipping-order.ts'
import { stockFile } from './stock.ts'

/** Files that a warehouse writes. */
export const filesIn = [movementFile, receiptFile, shipNoticeFile, shippingConfirmationFile, stockFile] as const

/** Files that the hub writes. */
export const filesOut = [expectedReceiptFile, shippingOrderFile] as const
