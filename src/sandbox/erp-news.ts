import type { Happening } from './day.ts'
import type { ErpDocument } from './erp.ts'

/** What the ERP tells about a document that it has just booked: its own deliveries and invoices have moved on. */
export function erpNews({ kind, header, documentNumber, bookedAt }: ErpDocument): Omit<Happening, 'second'>[] {
  const { deliveryNumber } = header
  if (typeof deliveryNumber !== 'string') return []
  const event = (type: string, revision: number, data: Readonly<Record<string, unknown>>) => ({
    connection: 'erp' as const,
    body: { eventId: `${documentNumber} ${bookedAt} ${type}`, type, occurredAt: bookedAt, revision, data },
  })
  if (kind === 'goods_issue') return [event('delivery.goods_issued', 2, { deliveryNumber, documentNumber })]
  if (kind !== 'invoice_release') return []
  const invoice = { invoiceNumber: invoiceNumberOf(deliveryNumber), deliveryNumber, documentNumber }
  return ['invoice.ready', 'invoice.released', 'invoice.issued'].map((type, at) => event(type, at + 2, invoice))
}

/** One invoice per delivery. */
export function invoiceNumberOf(deliveryNumber: string): string {
  return `IN${deliveryNumber.slice(2)}`
}
