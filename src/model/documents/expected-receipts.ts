import { isDecimal } from '../../base/decimal.ts'
import { readInstant, writeInstant } from '../../base/instant.ts'
import type { Derived } from '../fact.ts'
import type { InboundReport } from '../stock/inbound.ts'
import { stockSubject } from '../stock/subject.ts'
import type { DocumentState } from './document.ts'

/** Documents that say what will come, or has: with these statuses they count, with others they are over. */
const rules: Readonly<Record<string, { readonly part: InboundReport['part']; readonly open: ReadonlySet<string> }>> = {
  asn: { part: 'notice', open: new Set(['received', 'validated', 'in_transit', 'arrived', 'receiving']) },
  goods_receipt: { part: 'receipt', open: new Set(['posted']) },
  purchase_order: { part: 'order', open: new Set(['acknowledged', 'partially_received']) },
}
const linesMost = 10_000

/**
 * What purchase orders that the supplier has confirmed, ship notices and receipts mean for the stock of their items: what is due, and
 * what of it has come. Only lines that changed are told. A line without place or time promises nothing to anybody.
 */
export function expectedReceipts(
  entity: string,
  tenant: string,
  { before, after }: { readonly before: DocumentState; readonly after: DocumentState },
): Derived[] {
  const rule = Object.hasOwn(rules, entity) ? rules[entity] : undefined
  if (rule === undefined) return []
  const was = reportsOf(before, entity, rule)
  const is = reportsOf(after, entity, rule)
  const gone = [...was].flatMap(([name, one]) =>
    is.has(name) ? [] : [[name, { ...one, status: 'over' as const }] as const],
  )
  return [...is, ...gone]
    .filter(([name, report]) => JSON.stringify(was.get(name)) !== JSON.stringify(report))
    .map(([name, data]) => ({
      rule: `inbound-${name}`,
      type: 'inventory.inbound_reported',
      subject: stockSubject(tenant, data.sku),
      data,
    }))
}

function reportsOf(
  { status = '', object }: DocumentState,
  entity: string,
  { part, open }: (typeof rules)[string] & object,
): Map<string, InboundReport> {
  const reports = new Map<string, InboundReport>()
  const { lines, cancelled } = object
  if (!Array.isArray(lines) || !open.has(status) || cancelled === true) return reports
  const own = textIn(
    object,
    entity === 'purchase_order' ? 'purchaseOrderNumber' : entity === 'asn' ? 'asnNumber' : 'receiptNumber',
  )
  if (own === undefined) return reports
  for (const [index, line] of (lines as readonly unknown[]).slice(0, linesMost).entries()) {
    if (typeof line !== 'object' || line === null) continue
    const sku = textIn(line, 'sku')
    const quantity = textIn(line, 'quantity')
    const uom = textIn(line, 'uom')
    const location = textIn(line, 'location') ?? textIn(object, 'location')
    const due = dueOf(textIn(line, 'expectedAt') ?? textIn(object, 'expectedAt'))
    if (sku === undefined || uom === undefined || !isDecimal(quantity)) continue
    if (part !== 'receipt' && (location === undefined || due === undefined)) continue
    const order = orderOf(line, object, { part, own })
    if (part === 'receipt' && order === undefined) continue
    const id = `${entity}/${own}/${textIn(line, 'line') ?? String(index + 1)}`
    const received = dueOf(textIn(object, 'receivedAt')) ?? writeInstant(0)
    const place = { location: location ?? '', due: part === 'receipt' ? received : (due ?? received) }
    // The same line may be of another item after a change.
    reports.set(`${id} ${sku}`, {
      id,
      part,
      sku,
      quantity,
      uom,
      ...place,
      status: 'open',
      ...(order === undefined ? {} : { order }),
    })
  }
  return reports
}

function orderOf(line: object, object: object, { part, own }: { part: string; own: string }): string | undefined {
  if (part === 'order') return own
  return textIn(line, 'purchaseOrder') ?? textIn(object, 'purchaseOrderNumber') ?? onlyOne(object)
}

/** A notice for one order need not repeat it on each line. */
function onlyOne(object: object): string | undefined {
  const { purchaseOrders } = object as { readonly purchaseOrders?: unknown }
  const [first, ...more] = Array.isArray(purchaseOrders) ? (purchaseOrders as readonly unknown[]) : []
  return typeof first === 'string' && more.length === 0 ? first : undefined
}

/** A day is over when it is over. */
function dueOf(told: string | undefined): string | undefined {
  if (told === undefined) return undefined
  const ms = readInstant(/^\d{4}-\d\d-\d\d$/.test(told) ? `${told}T23:59:59Z` : told)
  return ms === undefined ? undefined : writeInstant(ms)
}

function textIn(object: object, name: string): string | undefined {
  const value = (object as Readonly<Record<string, unknown>>)[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
