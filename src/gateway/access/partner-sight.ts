import { InterlineError } from '../../base/errors.ts'
import type { Call } from '../route.ts'

type Members = Readonly<Record<string, unknown>>

/** By which names whoever calls may find objects: nothing is asked for where they are no partner. */
export function partsOf({ gateway, principal }: Pick<Call, 'gateway' | 'principal'>): {
  readonly parts?: readonly string[]
} {
  const { tenant, partner } = principal
  return partner === undefined ? {} : { parts: gateway.partsOf(tenant, partner) }
}

/** The part that a partner has in an object, as the names that it has there; undefined for staff, who see all of it. Throws NOT_FOUND. */
export async function demandPart(
  { gateway, principal }: Call,
  object: string,
  what: string,
): Promise<readonly string[] | undefined> {
  if (!gateway.isPartners) return undefined
  const theirs = (await gateway.parts.of([object])).get(object) ?? []
  const { parts } = partsOf({ gateway, principal })
  const held = parts === undefined ? theirs : theirs.filter((one) => parts.includes(one))
  if (held.length === 0) throw new InterlineError('NOT_FOUND', { what })
  return held
}

/**
 * Whether the only part is that of a carrier, who has nothing to do with the carriers before and after. That its connection told of it first
 * makes it no less of a carrier.
 */
function isCarrierAlone(parts: readonly string[]): boolean {
  const named = parts.filter((one) => !one.startsWith('connection:'))
  return named.length > 0 && named.every((one) => one.startsWith('carrier:'))
}

const shipmentMembers = new Set([
  ...['id', 'version', 'mergedInto', 'identifiers', 'carrier', 'service', 'mode', 'direction', 'shipTo', 'stops'],
  ...['promise', 'plannedPickup', 'respondBy', 'signedBy', 'weightGrams', 'status', 'progress', 'exceptions'],
  ...['milestones', 'packages', 'deliveryAttempts', 'eta', 'lastEventAt', 'lastEventReceivedAt', 'nextExpected'],
  ...['proofsOfDelivery', 'unmappedEvents', 'events'],
])
const exceptionMembers = ['id', 'category', 'since', 'severity', 'actionRequired', 'nextAction']

/**
 * A shipment as a partner sees it: no booking of a label, no words about other partners. A carrier sees how the whole stands, but no numbers
 * of another carrier, and of the events those that it told itself: legs before and after are told by others. `isOwn` knows its connections.
 */
export function shipmentFor(parts: readonly string[], view: Members, isOwn: (connection: string) => boolean): Members {
  const alone = isCarrierAlone(parts)
  const shown = Object.fromEntries(Object.entries(view).filter(([name]) => shipmentMembers.has(name)))
  const identifiers = view['identifiers'] as readonly { readonly issuer?: string }[]
  const exceptions = view['exceptions'] as readonly Members[]
  const events = view['events'] as readonly { readonly source: string }[]
  return {
    ...shown,
    events: events.filter(({ source }) => !alone || isOwn(source)),
    identifiers: identifiers.filter(
      ({ issuer }) => !alone || issuer === undefined || parts.includes(`carrier:${issuer}`),
    ),
    exceptions: exceptions.map((one) => pick(one, exceptionMembers)),
  }
}

/** Whose money stands in which document: nobody else sees it. */
const moneyOf: Readonly<Record<string, string>> = {
  freight_invoice: 'carrier:',
  invoice: 'party:',
  order: 'party:',
  return: 'party:',
}
const moneyMembers = ['amount', 'charges', 'currency', 'price', 'tax', 'total', 'totals', 'unitPrice']
const contentMembers = [
  ...['appointmentNumber', 'deliveryNumber', 'invoiceNumber', 'orderNumber', 'receiptNumber', 'returnNumber'],
  ...['asnNumber', 'customerPurchaseOrder', 'purchaseOrderNumber', 'trackingNumber', 'pro', 'bol', 'location', 'dock'],
  ...['window', 'from', 'to', 'plannedShip', 'requestedDelivery', 'promise', 'orderDate', 'orderedAt', 'invoiceDate'],
  ...['dueDate', 'expectedAt', 'expiresAt', 'receivedAt', 'status', 'reason'],
]
const lineMembers = [
  ...['line', 'lineNo', 'lineNumber', 'orderLine', 'orderLineNo', 'poLineNo', 'sku', 'item', 'itemId', 'gtin'],
  ...['description', 'quantity', 'uom', 'ordered', 'requested', 'expected', 'confirmed', 'picked', 'packed', 'issued'],
  ...['shipped', 'short', 'received', 'rejected', 'returned', 'condition', 'discrepancy', 'disposition', 'grade'],
  ...['lot', 'lots', 'serial', 'serials', 'package', 'packages', 'reason', 'pro', 'bol'],
]

/**
 * A document as a partner sees it: its own numbers and lines, and its own money. What systems were told, what people decide and what the
 * hub waits for is the business of staff; so are names of other partners.
 */
export function documentFor(parts: readonly string[], entity: string, view: Members): Members {
  const money = parts.some((one) => one.startsWith(moneyOf[entity] ?? '-')) ? moneyMembers : []
  const kept = ['id', 'version', 'number', 'mergedInto', 'identifiers', 'status', 'placedAt', 'dueAt', 'late']
  return {
    ...pick(view, kept),
    ...namesFor(parts, view),
    lines: list(view['lines']).map((line) => pick(line as Members, [...lineMembers, ...money])),
    ...{ nextExpected: [], explain: [], openTasks: [], exceptions: [], observations: [] },
    content: pick(view['content'] as Members, [...contentMembers, ...money]),
  }
}

/** A row of a list: nothing of what staff are asked and what stands in the books, and the same names as in the whole. */
export function listedFor(parts: readonly string[], row: Members): Members {
  const { posting: _, openTasks: __, exceptions: ___, ...rest } = row
  return { ...rest, exceptions: [], ...namesFor(parts, row) }
}

/** Names of customers and suppliers only where they are its own; a carrier sees no other carrier and no place of others either. */
function namesFor(parts: readonly string[], members: Members): Members {
  const own = (kind: string, member: string): readonly unknown[] =>
    list(members[member]).filter((name) => parts.includes(`${kind}:${String(name)}`))
  const alone = isCarrierAlone(parts)
  return {
    parties: own('party', 'parties'),
    locations: alone ? own('location', 'locations') : list(members['locations']),
    carriers: alone ? own('carrier', 'carriers') : list(members['carriers']),
  }
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function pick(members: Members | null | undefined, names: readonly string[]): Members {
  if (typeof members !== 'object' || members === null) return {}
  return Object.fromEntries(names.filter((name) => Object.hasOwn(members, name)).map((name) => [name, members[name]]))
}
