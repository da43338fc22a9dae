import type { Pool } from 'pg'
import { bigintArray, textArray } from '../backbone/postgres/binary-array.ts'
import type { DocumentState } from '../model/documents/document.ts'
import { documentParties } from '../model/documents/summary.ts'
import type { Fact } from '../model/fact.ts'
import { normalizeIdentifier } from '../model/identifier.ts'
import { carrierNow } from '../model/shipment/carriers.ts'
import type { ShipmentState } from '../model/shipment/state.ts'
import type { DocumentRow } from './documents.ts'

/** Names in one object by which somebody has a part in it: `carrier:ups`, `location:DC1`, `party:C-100`. */
export interface NamedParts {
  readonly tenant: string
  readonly object: string
  readonly version: number
  /** Also the purchase orders that it is for, `purchase_order:<number>`: no partner answers to that, but their suppliers have a part in it. */
  readonly parts: readonly string[]
}

/** What is read of who has a part in what: only the names that whoever asks answers to, where they are a partner. */
export interface PartRows {
  /** By object; one in which nobody has a part that may be seen is absent. */
  of(objects: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>
}

/** The parts of one database. */
export function partRows(pool: Pick<Pool, 'query'>): PartRows {
  return {
    of: async (objects) => {
      const { rows } = await pool.query<{ object: string; part: string }>({
        name: 'view-part-of',
        text: `SELECT object, part FROM view_part WHERE object = ANY($1::text[]) AND part <> ''`,
        values: [textArray(objects)],
      })
      const byObject = Map.groupBy(rows, ({ object }) => object)
      return new Map([...byObject].map(([object, own]) => [object, own.map(({ part }) => part)]))
    },
  }
}

/** Kinds of names that count, by the kind of object: a carrier needs no orders, a customer no freight invoices. */
const counted: Readonly<Record<string, readonly ('carriers' | 'locations' | 'parties')[]>> = {
  appointment: ['carriers', 'locations', 'parties'],
  delivery: ['locations', 'parties'],
  freight_invoice: ['carriers'],
  goods_receipt: ['locations', 'parties'],
  invoice: ['parties'],
  order: ['parties'],
  return: ['locations', 'parties'],
}
const kinds = { carriers: 'carrier', locations: 'location', parties: 'party' } as const

/** Of a shipment: whoever has it or was offered it. */
export function shipmentParts(row: Omit<NamedParts, 'parts'>, state: ShipmentState): NamedParts {
  const carrier = carrierNow(state)
  return { ...row, parts: carrier === undefined ? [] : [`carrier:${carrier}`] }
}

/** Of a purchase order: its supplier, for the receipts of it. */
export function purchaseParts(row: Omit<NamedParts, 'parts'>, { object }: DocumentState): NamedParts {
  return { ...row, parts: documentParties(object).map((name) => `party:${name}`) }
}

/** Of an order, a delivery, a receipt …: whom it names and where it is. */
export function documentParts(row: DocumentRow, { object }: DocumentState): NamedParts {
  const { tenant, id, version, entity } = row
  const parts = (counted[entity] ?? []).flatMap((members) => row[members].map((name) => `${kinds[members]}:${name}`))
  if (entity !== 'goods_receipt') return { tenant, object: id, version, parts }
  // Goods that a person attached to another order are of its supplier, whatever the warehouse wrote.
  const { purchaseOrderNumber: one, purchaseOrders: several } = attachedIn(object) ?? object
  const numbers = [one, ...(Array.isArray(several) ? (several as unknown[]) : [])].filter(
    (number) => typeof number === 'string',
  )
  const purchases = numbers.map((value) => `${purchaseName}${normalizeIdentifier({ scheme: 'purchase_order', value })}`)
  return { tenant, object: id, version, parts: [...parts, ...purchases] }
}

function attachedIn({ attached }: DocumentState['object']): DocumentState['object'] | undefined {
  if (typeof attached !== 'object' || attached === null) return undefined
  const order = attached as DocumentState['object']
  return typeof order['purchaseOrderNumber'] === 'string' ? order : undefined
}

/** Objects whose parts were written lately need no statement; another instance may have written meanwhile, so not for long. */
const rememberedMs = 60_000
const rememberedMost = 20_000

/** Keeps who has a part in what. */
export class PartKeeper {
  readonly #pool: Pick<Pool, 'query'>
  readonly #now: () => number
  #written = new Map<string, string>()
  #told = new Set<string>()
  #since = 0

  constructor(pool: Pick<Pool, 'query'>, now: () => number) {
    this.#pool = pool
    this.#now = now
  }

  /**
   * Takes over what objects name, and who told of them first. Must come before the lists: whoever tells of an object that is in one is not
   * the first. `isWhole`: the facts are all that there ever were, in their order, so that they say who was, whatever the lists know.
   */
  async save(facts: readonly Fact[], named: readonly NamedParts[], isWhole = false): Promise<void> {
    this.#forget()
    const fresh = named.filter(({ object, parts }) => this.#written.get(object) !== parts.join(unit))
    const objects = new Set(named.map(({ object }) => object))
    const first = new Map<string, Fact>()
    for (const fact of facts)
      if (objects.has(fact.subject) && !this.#told.has(fact.subject) && !first.has(fact.subject))
        first.set(fact.subject, fact)
    await this.#saveFirst([...first.values()], isWhole)
    await this.#saveNamed(fresh)
    await this.#saveSuppliers(fresh)
    for (const subject of first.keys()) this.#told.add(subject)
    for (const { object, parts } of fresh) this.#written.set(object, parts.join(unit))
  }

  async #saveFirst(facts: readonly Fact[], isWhole: boolean): Promise<void> {
    if (facts.length === 0) return
    const parts = facts.map(({ source }) => (source.startsWith('hub:') ? '' : `connection:${source}`))
    await this.#pool.query({
      name: 'view-part-first',
      text: `INSERT INTO view_part (tenant, object, part, is_first)
             SELECT tenant, object, part, true FROM unnest($1::text[], $2::text[], $3::text[]) AS t(tenant, object, part)
              WHERE $4::boolean OR NOT EXISTS (SELECT FROM view_shipment v WHERE v.id = t.object) AND NOT EXISTS (SELECT FROM view_document v WHERE v.id = t.object)
             ON CONFLICT DO NOTHING`,
      values: [
        textArray(facts.map(({ tenant }) => tenant)),
        textArray(facts.map(({ subject }) => subject)),
        textArray(parts),
        isWhole,
      ],
    })
  }

  /** What the newest version of an object does not name any more is gone; an older one that comes late changes nothing. */
  async #saveNamed(named: readonly NamedParts[]): Promise<void> {
    if (named.length === 0) return
    await this.#pool.query({
      name: 'view-part-save',
      text: `WITH t AS (SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[]) AS t(tenant, object, version, parts)),
                  gone AS (DELETE FROM view_part p USING t WHERE p.object = t.object AND p.version BETWEEN 1 AND t.version - 1 AND p.part <> ALL (string_to_array(t.parts, chr(31))))
             INSERT INTO view_part AS known (tenant, object, part, version)
             SELECT tenant, object, part, version FROM t, unnest(string_to_array(parts, chr(31))) AS part
              WHERE NOT EXISTS (SELECT FROM view_part n WHERE n.object = t.object AND n.version > t.version)
             ON CONFLICT (object, part) DO UPDATE SET version = excluded.version WHERE known.version < excluded.version`,
      values: [
        textArray(named.map(({ tenant }) => tenant)),
        textArray(named.map(({ object }) => object)),
        bigintArray(named.map(({ version }) => version)),
        textArray(named.map(({ parts }) => [...new Set(parts.map((part) => part.replaceAll(unit, ' ')))].join(unit))),
      ],
    })
  }

  /**
   * A receipt says for which purchase order it is, and that says whose goods they are, whichever comes first: both are written before
   * either looks for the other, so that two hubs which write one each overlook nothing. What a receipt has from its order is of version 0:
   * it is gone when the receipt names another order, or the order another supplier.
   */
  async #saveSuppliers(named: readonly NamedParts[]): Promise<void> {
    const objects = named
      .map(({ object }) => object)
      .filter((id) => id.startsWith(purchaseIds) || id.startsWith(receiptIds))
    if (objects.length === 0) return
    await this.#pool.query({
      name: 'view-part-suppliers',
      text: `WITH receipt AS (
                    SELECT object FROM unnest($1::text[]) AS t(object) WHERE starts_with(object, '${receiptIds}')
                    UNION
                    SELECT l.object FROM view_reference o
                      JOIN view_part l ON l.tenant = o.tenant AND l.part = '${purchaseName}' || o.normalized
                     WHERE o.subject = ANY($1::text[]) AND o.entity = 'purchase_order' AND o.scheme = 'purchase_order'),
                  theirs AS (
                    SELECT DISTINCT l.tenant, l.object, p.part
                      FROM receipt JOIN view_part l ON l.object = receipt.object AND starts_with(l.part, '${purchaseName}')
                      JOIN view_reference r ON r.tenant = l.tenant AND r.normalized = substr(l.part, $2) AND r.entity = 'purchase_order' AND r.scheme = 'purchase_order'
                      JOIN view_part p ON p.object = r.subject AND starts_with(p.part, 'party:')),
                  gone AS (
                    DELETE FROM view_part p USING receipt
                     WHERE p.object = receipt.object AND p.version = 0 AND starts_with(p.part, 'party:')
                       AND NOT EXISTS (SELECT FROM theirs WHERE theirs.object = p.object AND theirs.part = p.part))
             INSERT INTO view_part (tenant, object, part, version)
             SELECT tenant, object, part, 0 FROM theirs
             ON CONFLICT DO NOTHING`,
      values: [textArray(objects), purchaseName.length + 1],
    })
  }

  #forget(): void {
    const now = this.#now()
    if (now - this.#since < rememberedMs && this.#written.size < rememberedMost && this.#told.size < rememberedMost)
      return
    this.#since = now
    this.#written = new Map()
    this.#told = new Set()
  }
}

const unit = '\u{1f}'
/** What the hub ids of purchase orders and of receipts begin with. */
const purchaseIds = 'pur_'
const receiptIds = 'grn_'
const purchaseName = 'purchase_order:'
