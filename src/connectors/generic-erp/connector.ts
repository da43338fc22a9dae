import { seconds, secret, text, url } from '../../base/fields.ts'
import { defineConnector } from '../kit/connector.ts'
import { proofOfSender, provenBy } from '../kit/proof-of-sender.ts'
import { identify, translate } from './event.ts'
import { listDocuments } from './list.ts'
import { postingOperation } from './post.ts'
import { listStock } from './stock.ts'

export const genericErp = defineConnector({
  id: 'generic-erp',
  label: 'Generic ERP',
  kind: 'erp',
  about: 'Any ERP or shop that speaks the header, lines, complete contract of the hub.',
  certification: 'sandbox',
  settings: {
    url: url('Base URL of the ERP’s documents API.', { example: 'https://erp.example.com/interline' }),
    apiKey: secret('Key that the hub presents to the ERP.', { default: '' }),
    ...proofOfSender,
    system: text('Name of the system in identifiers.', { default: 'erp' }),
    stockPlaces: text(
      'Places of the ERP with the places of the warehouse that each stands for; one that is not listed has the same name in both.',
      { default: '', example: 'DC1=DC1-IN,DC1-RESERVE,DC1-OUT; DC2=DC2-A,DC2-B' },
    ),
    timeoutSeconds: seconds('One request in total.', { default: 30 }),
  },
  inbound: {
    verify: provenBy,
    identify,
    mapping: 'generic-erp/2',
    format: 'json',
    examples: {
      patterns: [
        'order-created.in.json',
        'order-changed.in.json',
        'delivery-created.in.json',
        'delivery-goods-issued.in.json',
        'invoice-blocked.in.json',
        'purchase-order-issued.in.json',
        'tender-offered.in.json',
        'tender-withdrawn.in.json',
        'dispute-answered.in.json',
      ],
    },
    translate,
  },
  operations: {
    adjustFreightAccrual: postingOperation('adjust_freight_accrual'),
    adjustInventory: postingOperation('adjust_inventory'),
    amendOrder: postingOperation('amend_order'),
    attachProofOfDelivery: postingOperation('attach_pod'),
    blockInvoice: postingOperation('block_invoice'),
    cancelPurchaseOrder: postingOperation('cancel_purchase_order'),
    changePurchaseOrder: postingOperation('change_purchase_order'),
    chargeCustomer: postingOperation('charge_customer'),
    clearInvoiceBlock: postingOperation('clear_invoice_block'),
    closeClaim: postingOperation('close_claim'),
    createClaim: postingOperation('create_claim'),
    createDelivery: postingOperation('create_delivery'),
    issueCredit: postingOperation('issue_credit'),
    listDocuments,
    listStock,
    offsetClaim: postingOperation('offset_claim'),
    postFreightAccrual: postingOperation('post_freight_accrual'),
    postFreightInvoice: postingOperation('post_freight_invoice'),
    postGoodsIssue: postingOperation('post_goods_issue'),
    postGoodsReceipt: postingOperation('post_goods_receipt'),
    postReturnReceipt: postingOperation('post_return_receipt'),
    releaseInvoice: postingOperation('release_invoice'),
    restockReturn: postingOperation('restock_return'),
    reverseFreightAccrual: postingOperation('reverse_freight_accrual'),
    reverseGoodsIssue: postingOperation('reverse_goods_issue'),
    reverseGoodsReceipt: postingOperation('reverse_goods_receipt'),
    sendInvoice: postingOperation('send_invoice'),
    withdrawClaim: postingOperation('withdraw_claim'),
    withdrawDelivery: postingOperation('withdraw_delivery'),
  },
  baseUrl: ({ url: base }) => base,
  authenticate: ({ apiKey }) => (apiKey === '' ? { scheme: 'none' } : { scheme: 'bearer', token: apiKey }),
  budget: { requestsPerSecond: 50, concurrent: 8 },
})
