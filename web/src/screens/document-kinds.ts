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

/** The kind that an address is about. */
export function kindOf(pathname: string): DocumentKind {
  const kind = pathname.split('/')[1]
  return documentKinds.find((one) => one === kind) ?? 'orders'
}
