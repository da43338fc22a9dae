import { defineConnector } from '../kit/connector.ts'
import { adjustInventory } from './adjustment.ts'
import { identify, translate } from './changes.ts'
import { createDelivery } from './delivery.ts'
import { feed } from './feed.ts'
import { postFreightAccrual } from './freight.ts'
import { postGoodsIssue } from './goods-issue.ts'
import { postGoodsReceipt } from './goods-receipt.ts'
import { releaseInvoice } from './invoice.ts'
import { listDocuments } from './list.ts'
import { amendOrder } from './order-amendment.ts'
import { attachProofOfDelivery } from './proof.ts'
import { restockReturn } from './restock.ts'
import { postReturnReceipt, reverseGoodsIssue } from './returns.ts'
import { authenticate } from './session.ts'
import { settings } from './settings.ts'
import { reverseGoodsReceipt } from './supplier-return.ts'
import { updateTracking } from './tracking.ts'

/** The ERP that runs beside the tests: every posting is proven against the real one. */
export const tryton = defineConnector({
  id: 'tryton',
  label: 'Tryton',
  kind: 'erp',
  about:
    'Tryton 6.0: deliveries, other items instead, goods issues, receipts, counts, invoices, freight and returns by its JSON-RPC, and what changes there.',
  certification: 'sandbox',
  settings,
  inbound: {
    // Tryton sends nothing by itself: what comes through this door is the feed, or has a key of the hub.
    verify: () => ({ scheme: 'api-key' }),
    identify,
    mapping: 'tryton/2',
    format: 'json',
    examples: {
      patterns: ['order.in.json', 'purchase-order.in.json', 'delivery-done.in.json', 'invoice-posted.in.json'],
    },
    translate,
  },
  feed,
  operations: { listDocuments },
  procedures: {
    adjustInventory,
    amendOrder,
    attachProofOfDelivery,
    createDelivery,
    postFreightAccrual,
    postGoodsIssue,
    postGoodsReceipt,
    postReturnReceipt,
    releaseInvoice,
    restockReturn,
    reverseGoodsIssue,
    reverseGoodsReceipt,
    updateTracking,
  },
  baseUrl: ({ url }) => url.replace(/\/+$/, ''),
  authenticate,
  budget: { requestsPerSecond: 20, concurrent: 4 },
})
