import { choice, text, timeZone } from '../../../base/fields.ts'

/** What the numbers and codes of a partner's documents are to us: part of the agreement with him. */
export const naming = {
  carrier: text('Name of the carrier as warehouse and TMS write it. Empty: the SCAC or code in the message.', {
    default: '',
  }),
  system: text('Name of the partner’s system in identifiers of its own documents.', { default: 'edi' }),
  orderSystem: text('Name of the system that numbers orders and deliveries.', { default: 'erp' }),
  shipmentNumbers: choice(
    'What the shipper’s number of a shipment is (B2-04, B10-02, W06-02, CNI-02).',
    ['delivery', 'shipment'],
    { default: 'delivery' },
  ),
  timeZone: timeZone(
    'Zone of times that name none or say local (LT), like Europe/Brussels; empty takes them as UTC and says so. A day stays a day.',
  ),
  location: text('Location of the warehouse where a message names none (N1 of role WH).', { default: '' }),
  products: text('Qualifiers of product numbers, the best first.', {
    default: 'SK VN BP VP IN UP UK EN SRV',
  }),
  onHand: choice('What a total on hand (QTY 17) says where no available quantity is given.', ['ignored', 'available'], {
    default: 'ignored',
  }),
  statusList: choice(
    'Which list the status of an IFTSTA is from where its directory does not say it: D.01A and later, and codes that name an agency of their own.',
    ['unknown', 'recommendation-24'],
    {
      default: 'unknown',
    },
  ),
  orders: choice(
    'Whose orders an 850 or ORDERS of this partner is about: those that customers give us, or our own to suppliers.',
    ['sales', 'purchase'],
    { default: 'sales' },
  ),
  invoices: choice(
    'Whose invoice an INVOIC or 810 of this partner is: that of a supplier, or that of a carrier or another service, which names no order and no goods.',
    ['supplier', 'carrier'],
    {
      default: 'supplier',
    },
  ),
  payments: choice(
    'Whose invoices an 820 pays: ours, or those that carriers sent us, where the partner pays them for us.',
    ['ours', 'freight'],
    { default: 'ours' },
  ),
  receipts: choice(
    'Whose receipt an 861 or RECADV is: that of a customer of ours, or that of a warehouse that keeps our goods.',
    ['customer', 'warehouse'],
    { default: 'customer' },
  ),
  notices: choice(
    'Whose goods a DESADV of this partner tells of: those that a supplier sends us, or ours that a warehouse has shipped for us.',
    ['supplier', 'warehouse'],
    { default: 'supplier' },
  ),
  unknownShipments: choice('What to do with a number that nobody announced.', ['create', 'wait'], {
    default: 'create',
  }),
} as const

/** Their values. */
export interface Naming {
  readonly carrier: string
  /** Entries such as `dhl=DHLG`: our name and the partner’s code. */
  readonly carrierCodes?: readonly string[]
  readonly system: string
  readonly orderSystem: string
  readonly shipmentNumbers: 'delivery' | 'shipment'
  readonly timeZone: string
  readonly location: string
  readonly products: string
  readonly onHand: 'ignored' | 'available'
  readonly statusList: 'unknown' | 'recommendation-24'
  readonly orders: 'sales' | 'purchase'
  readonly invoices: 'supplier' | 'carrier'
  readonly payments: 'ours' | 'freight'
  readonly receipts: 'customer' | 'warehouse'
  readonly notices: 'supplier' | 'warehouse'
  readonly unknownShipments: 'create' | 'wait'
}
