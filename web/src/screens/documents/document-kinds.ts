/** Documents of the business that have lists and pages of the same form. The names are those of the API. */
export const documentKinds = [
  'orders',
  'deliveries',
  'receipts',
  'returns',
  'invoices',
  'freight-invoices',
  'appointments',
] as const
/** One of them. */
export type DocumentKind = (typeof documentKinds)[number]

/** What one of them is, as the codes of the hub call it. */
export const wordOfKind: Readonly<Record<DocumentKind, string>> = {
  orders: 'order',
  deliveries: 'delivery',
  receipts: 'receipt',
  returns: 'return',
  invoices: 'invoice',
  'freight-invoices': 'freight_invoice',
  appointments: 'appointment',
}

/** The kind that an address is about. */
export function kindOf(pathname: string): DocumentKind {
  const kind = pathname.split('/')[1]
  return documentKinds.find((one) => one === kind) ?? 'orders'
}
