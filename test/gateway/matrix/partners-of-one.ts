import { createHash } from 'node:crypto'
import type pg from 'pg'
import { request } from 'undici'
import type { RunningHub } from '../../../src/app/start/running.ts'
import { eventually } from '../../hub-process.ts'
import { demandedKey } from './demanded-key.ts'
import { startHubHere } from './hub-here.ts'
import { clientProof, type Proof, personProof } from './principals.ts'

/** Two of each kind, so that each has somebody whose things it must not see. */
export const partnerNames = [
  ...['carrier-red', 'carrier-blue', 'warehouse-red', 'warehouse-blue'],
  ...['customer-red', 'customer-blue', 'supplier-red', 'supplier-blue', 'nobody'],
] as const

/** Words that only things of one colour hold. */
const colours = ['red', 'blue'] as const
type Colour = (typeof colours)[number]

/** A hub in this process with one company and partners of two colours, each with a key. */
export class PartnersOfOne {
  /** Hub ids of what was told, as `<entity>-<colour>`. */
  readonly ids = new Map<string, string>()
  isTurned = false
  /** Of those who do not ask with a key: `person <partner>` and `client <partner>`. */
  readonly #proofs = new Map<string, Proof>()
  readonly #hub: RunningHub
  readonly #database: pg.Client
  readonly stop: () => Promise<void>

  static async start(): Promise<PartnersOfOne> {
    const place: { made?: PartnersOfOne } = {}
    const { hub, database, stop } = await startHubHere(
      declared,
      (caller) => {
        const { partner, ...rest } = caller
        return place.made?.isTurned === true && partner !== undefined ? rest : caller
      },
      partners,
    )
    const made = new PartnersOfOne(hub, database, stop)
    place.made = made
    await made.#key('staff')
    for (const name of partnerNames) await made.#key(name, name)
    for (const name of ['warehouse-red', 'carrier-red', 'customer-red']) await made.#admit(name)
    await made.#fill()
    return made
  }

  private constructor(hub: RunningHub, database: pg.Client, stop: () => Promise<void>) {
    this.#hub = hub
    this.#database = database
    this.stop = stop
  }

  /** Where pages and routes are. */
  url(path = ''): string {
    return `${this.#hub.url}${path}`
  }

  async ask(asker: string, method: string, path: string, json?: unknown): Promise<{ status: number; text: string }> {
    const { statusCode, body } = await request(this.url(path), {
      method: method as 'GET',
      headers: {
        ...(this.#proofs.get(asker) ?? { authorization: `Bearer ${tokenOf(asker)}` }),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...demandedKey(method, path, `${asker} ${this.isTurned} ${method} ${path}`),
        'if-match': '"v1"',
      },
      body: json === undefined ? null : JSON.stringify(json),
    })
    return { status: statusCode, text: await body.text() }
  }

  async rows(text: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return (await this.#database.query<Readonly<Record<string, unknown>>>(text)).rows
  }

  async tell(connection: string, type: string, data: object): Promise<string> {
    const event = { eventId: JSON.stringify([type, data]), type, occurredAt: '2026-04-01T11:00:00Z', data }
    const { status, text } = await this.ask('staff', 'POST', `/v1/inbound/${connection}`, event)
    if (status !== 202) throw new Error(text)
    return (JSON.parse(text) as { id: string }).id
  }

  /** Somebody of a partner who is signed in, and a program of it with a token. */
  async #admit(partner: string): Promise<void> {
    const url = this.url()
    const person = { id: `usr_${partner}`, tenant: 'main', roles: ['partner'], partner }
    this.#proofs.set(`person ${partner}`, await personProof(this.#database, url, person))
    const client = { name: `${partner} program`, scopes: ['*'], partner }
    const staff = { authorization: `Bearer ${tokenOf('staff')}` }
    this.#proofs.set(`client ${partner}`, await clientProof(url, staff, client))
  }

  async #key(name: string, partner?: string): Promise<void> {
    const hash = createHash('sha256').update(tokenOf(name)).digest('hex')
    await this.#database.query(
      `INSERT INTO api_key (id, tenant, name, hash, scopes, created_at, partner) VALUES ($1, 'main', $1, $2, '["*"]', 0, $3)`,
      [`key_${name}`, hash, partner ?? null],
    )
  }

  async #hasPart([ids, part]: readonly [string, string]): Promise<void> {
    await eventually(
      () => this.rows(`SELECT object FROM view_part WHERE object LIKE '${ids}%' AND part = '${part}'`),
      (rows) => rows.length > 0,
    )
  }

  async #fill(): Promise<void> {
    for (const colour of colours) {
      const lines = [{ lineNo: '1', line: '1', sku: `SKU-${colour}`, quantity: '2', uom: 'EA', unitPrice: '66.66' }]
      const about = { deliveryNumber: `DN-${colour}`, orderNumber: `SO-${colour}` }
      const total = { amount: '66.66', currency: 'EUR' }
      await this.tell('erp', 'order.created', { orderNumber: `SO-${colour}`, customer: `C-${colour}`, lines, total })
      await this.tell('erp', 'delivery.created', { ...about, location: `DC-${colour}`, customer: `C-${colour}`, lines })
      await this.tell('erp', 'delivery.released', { deliveryNumber: `RD-${colour}`, location: `DC-${colour}`, lines })
      await this.tell(`wms-${colour}`, 'shipment.confirmed', {
        ...{ ...about, location: `DC-${colour}`, carrier: `CAR-${colour}`, lines },
        packages: [{ trackingNumber: `1Z${colour.toUpperCase()}` }],
      })
      const purchase = { purchaseOrderNumber: `PO-${colour}`, supplier: `V-${colour}`, lines }
      const order = () => this.tell('erp', 'purchase_order.issued', purchase)
      const receipt = () =>
        this.tell(`wms-${colour}`, 'receipt.posted', {
          ...{ receiptNumber: `GR-${colour}`, purchaseOrderNumber: `PO-${colour}`, location: `DC-${colour}`, lines },
        })
      // One receipt comes after its purchase order, the other one before it.
      const [first, second] = colour === 'red' ? [order, receipt] : [receipt, order]
      await first()
      await this.#hasPart(colour === 'red' ? ['pur_', `party:V-${colour}`] : ['grn_', `location:DC-${colour}`])
      await second()
      await this.#hasPart(['grn_', `party:V-${colour}`])
      await this.tell('erp', 'freight_invoice.received', {
        invoiceNumber: `F-${colour}`,
        carrier: `CAR-${colour}`,
        total,
      })
      await this.tell('erp', 'return.authorized', { returnNumber: `RMA-${colour}`, customer: `C-${colour}` })
    }
    await eventually(
      async () => {
        const found = await this.rows(`
          SELECT entity || '-' || CASE WHEN number LIKE '%red' THEN 'red' ELSE 'blue' END AS name, id FROM view_document WHERE number NOT LIKE 'RD-%'
          UNION ALL SELECT 'shipment-' || lower(substr(tracking_number, 3)), id FROM view_shipment WHERE tracking_number <> ''
          UNION ALL SELECT 'stock-' || substr(location, 4), subject FROM view_balance`)
        for (const row of found) this.ids.set(String(row['name']), String(row['id']))
        return wanted.filter((name) => !this.ids.has(name))
      },
      (missing) => missing.length === 0,
      30_000,
    ).then((missing) => {
      if (missing.length > 0) throw new Error(`the hub has not made: ${missing.join(', ')}`)
    })
  }
}

/** Everything that is looked at has one of each colour. */
const wanted = ['order', 'delivery', 'shipment', 'goods_receipt', 'freight_invoice', 'return', 'stock'].flatMap(
  (name) => colours.map((colour) => `${name}-${colour}`),
)

function tokenOf(asker: string): string {
  return `interline_test_${asker}`
}

type Declared = Readonly<Record<string, unknown>> & { readonly id: string }

function partnersOf(colour: Colour): readonly Declared[] {
  return [
    {
      id: `carrier-${colour}`,
      name: `Carrier ${colour}`,
      role: 'carrier',
      carriers: [`car-${colour}`, `CAR-${colour}`],
    },
    { id: `warehouse-${colour}`, name: `Warehouse ${colour}`, role: '3pl', locations: [`DC-${colour}`] },
    { id: `customer-${colour}`, name: `Customer ${colour}`, role: 'customer', parties: [`C-${colour}`] },
    { id: `supplier-${colour}`, name: `Supplier ${colour}`, role: 'supplier', parties: [`V-${colour}`] },
  ]
}

const local = { tenant: 'main', allowHttp: true, allowedCidrs: ['127.0.0.0/8'] }
const partners = [...colours.flatMap(partnersOf), { id: 'nobody', name: 'Nobody' }]
const declared = {
  connections: [
    { ...local, id: 'erp', connector: 'generic-erp', settings: { url: 'http://127.0.0.1:9' } },
    ...colours.flatMap((colour) => [
      { id: `wms-${colour}`, tenant: 'main', connector: 'generic-wms', settings: {}, partner: `warehouse-${colour}` },
      {
        ...{ ...local, id: `edi-${colour}`, connector: 'edi-partner', partner: `warehouse-${colour}` },
        settings: { partnerId: `P${colour}`, ownId: 'HUB', url: 'http://127.0.0.1:9' },
      },
    ]),
  ],
  processes: [{ process: 'order-to-ship', tenant: 'main' }],
}
