import type { ExceptionSource } from '../source.ts'
import { severityOf, tellCategories } from './categories.ts'

const pages: Readonly<Record<string, { readonly page: string; readonly role: string }>> = {
  order: { page: '/orders', role: 'order-desk' },
  delivery: { page: '/deliveries', role: 'warehouse' },
  goods_receipt: { page: '/receipts', role: 'receiving' },
  return: { page: '/returns', role: 'customer-service' },
  invoice: { page: '/invoices', role: 'finance' },
  freight_invoice: { page: '/freight-invoices', role: 'freight-audit' },
  appointment: { page: '/appointments', role: 'warehouse' },
}
const roles = Object.entries(pages).map(([entity, { role }]) => `WHEN '${entity}' THEN '${role}'`)

/** Orders, deliveries, invoices … that contradict others, or that a partner refused or did not answer. */
export const documentExceptions: ExceptionSource = {
  kind: 'document',
  meaning: 'An order, delivery, invoice … that contradicts others, or that a partner refused or did not answer.',
  found: {
    from: 'view_document d',
    where: `d.tenant = :tenant AND d.merged_into = '' AND d.exceptions <> '{}'`,
    object: 'd.id',
    number: 'd.number',
    since: 'coalesce(d.exception_at, d.updated_at)',
    severity: severityOf('d.exceptions'),
    codes: `array_to_string(d.exceptions, ' ')`,
    detail: 'd.entity',
    role: `CASE d.entity ${roles.join(' ')} ELSE 'order-desk' END`,
    carrier: `coalesce(d.carriers[1], '')`,
    warehouse: `coalesce(d.locations[1], '')`,
  },
  tell: (found) => ({
    ...tellCategories(found),
    page: pages[found.detail]?.page ?? '/orders',
    shown: found.object,
  }),
}
