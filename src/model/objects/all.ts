import type { TSchema } from 'typebox'
import { appointmentObject } from './appointment.ts'
import { asnObject } from './asn.ts'
import { carrierObject } from './carrier.ts'
import { claimObject } from './claim.ts'
import { crossReferenceObject } from './cross-reference.ts'
import { deliveryObject } from './delivery.ts'
import { documentObject } from './document.ts'
import { exceptionObject } from './exception.ts'
import { freightAccrualObject } from './freight-accrual.ts'
import { freightInvoiceObject } from './freight-invoice.ts'
import { goodsReceiptObject } from './goods-receipt.ts'
import { inventoryBalanceObject } from './inventory-balance.ts'
import { inventoryMovementObject } from './inventory-movement.ts'
import { invoiceObject } from './invoice.ts'
import { itemObject } from './item.ts'
import { locationObject } from './location.ts'
import { matchResultObject } from './match-result.ts'
import { orderObject } from './order.ts'
import { packageObject } from './package.ts'
import { partyObject } from './party.ts'
import { paymentObject } from './payment.ts'
import { proofOfDeliveryObject } from './proof-of-delivery.ts'
import { purchaseOrderObject } from './purchase-order.ts'
import { qualityHoldObject } from './quality-hold.ts'
import { reservationObject } from './reservation.ts'
import { returnObject } from './return.ts'
import { shipmentObject } from './shipment.ts'
import { stockAssertionObject } from './stock-assertion.ts'
import { trackingEventObject } from './tracking-event.ts'

/** JSON Schema of every canonical object, by name. */
export const objectSchemas: Readonly<Record<string, TSchema>> = {
  appointment: appointmentObject,
  asn: asnObject,
  carrier: carrierObject,
  claim: claimObject,
  cross_reference: crossReferenceObject,
  delivery: deliveryObject,
  document: documentObject,
  exception: exceptionObject,
  freight_accrual: freightAccrualObject,
  freight_invoice: freightInvoiceObject,
  goods_receipt: goodsReceiptObject,
  inventory_balance: inventoryBalanceObject,
  inventory_movement: inventoryMovementObject,
  invoice: invoiceObject,
  item: itemObject,
  location: locationObject,
  match_result: matchResultObject,
  order: orderObject,
  package: packageObject,
  party: partyObject,
  payment: paymentObject,
  proof_of_delivery: proofOfDeliveryObject,
  purchase_order: purchaseOrderObject,
  quality_hold: qualityHoldObject,
  reservation: reservationObject,
  return: returnObject,
  shipment: shipmentObject,
  stock_assertion: stockAssertionObject,
  tracking_event: trackingEventObject,
}
