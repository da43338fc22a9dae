import { createHash } from 'node:crypto'
import type pg from 'pg'
import { request } from 'undici'
import type { RunningHub } from '../../../src/app/start/running.ts'
import { scopes } from '../../../src/gateway/access/principal.ts'
import { type Role, roles } from '../../../src/gateway/access/roles.ts'
import { eventually } from '../../hub-process.ts'
import { demandedKey } from './demanded-key.ts'
import { startHubHere } from './hub-here.ts'
import { clientProof, type Proof, personProof } from './principals.ts'

/** Who asks. */
export type Caller =
  | ('theirs' | 'ours' | 'without' | 'nobody' | 'reader' | 'confidant' | 'client')
  /** People of the company that asks, by their role. */
  | `person:${Exclude<Role, 'partner'>}`

/** Who asks for the other company with something else than a key. */
export const others: readonly Caller[] = [
  'client',
  ...Object.keys(roles).flatMap((role) => (role === 'partner' ? [] : [`person:${role}` as Caller])),
]

/** An answer as far as the matrix looks at it. */
export interface Asked {
  readonly status: number
  readonly text: string
}

/**
 * A hub in this process that two companies share. `main` has one of everything; `other` asks for it. The first wall can be turned round:
 * then every route, asked by `other`, asks the rest of the hub for what is `main`'s.
 */
export class TwoCompanies {
  /** Ids of things of `main`, by what they are. */
  readonly ids = new Map<string, string>()
  isTurned = false
  /** Of those who do not ask with a key. */
  readonly #proofs = new Map<Caller, Proof>()
  readonly #hub: RunningHub
  readonly #database: pg.Client
  readonly #end: () => Promise<void>

  /** `more` are connections besides those that every company has. */
  static async start(more: readonly object[] = []): Promise<TwoCompanies> {
    const place: { made?: TwoCompanies } = {}
    const { hub, database, stop } = await startHubHere(
      { connections: [...companies.flatMap(connectionsOf), ...more], ...processes },
      (caller) => (place.made?.isTurned === true && caller.tenant === 'other' ? { ...caller, tenant: 'main' } : caller),
    )
    const made = new TwoCompanies(hub, database, stop)
    place.made = made
    await made.#keys()
    await made.#admit()
    return made
  }

  private constructor(hub: RunningHub, database: pg.Client, end: () => Promise<void>) {
    this.#hub = hub
    this.#database = database
    this.#end = end
  }

  get url(): string {
    return String(this.#hub.url)
  }

  stop(): Promise<void> {
    return this.#end()
  }

  async ask(caller: Caller, method: string, path: string, json?: unknown, accept = '*/*'): Promise<Asked> {
    const { statusCode, body } = await request(`${this.#hub.url}${path}`, {
      method: method as 'GET',
      headers: {
        accept,
        ...this.#proof(caller),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...demandedKey(method, path, `${caller} ${this.isTurned} ${method} ${path}`),
        'if-match': '"v1"',
      },
      body: json === undefined ? null : JSON.stringify(json),
    })
    return { status: statusCode, text: await body.text() }
  }

  #proof(caller: Caller): Proof {
    if (caller === 'nobody') return {}
    return this.#proofs.get(caller) ?? { authorization: `Bearer ${tokens[caller as keyof typeof tokens]}` }
  }

  /** People of `other` in every role, and a client of it with a token for everything. */
  async #admit(): Promise<void> {
    const { url = '' } = this.#hub
    for (const role of Object.keys(roles).filter((one) => one !== 'partner')) {
      const person = { id: `usr_${role}`, tenant: 'other', roles: [role] }
      this.#proofs.set(`person:${role}` as Caller, await personProof(this.#database, url, person))
    }
    const client = { name: 'COBALT program', scopes: ['*'] }
    this.#proofs.set('client', await clientProof(url, this.#proof('ours'), client))
  }

  async rows(text: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return (await this.#database.query<Readonly<Record<string, unknown>>>(text)).rows
  }

  /** Somebody of `main` who was erased. */
  async #erase(): Promise<void> {
    const id = 'ers_vermilion0000000000000000'
    await this.rows(
      `INSERT INTO erasure (tenant, id, actor, reason, state, objects, salt, prints, at) VALUES ('main', '${id}', 'key', 'VERMILION', 'done', '{}', '0123456789abcdef', '{}', 0)`,
    )
    this.ids.set('erasure', id)
  }

  /** One of everything for each company, said in words that the other never says. */
  async fill(): Promise<void> {
    await this.#erase()
    for (const [company, caller] of [
      ['main', 'theirs'],
      ['other', 'ours'],
    ] as const) {
      const word = words[company]
      const tell = async (connection: string, type: string, data: object): Promise<string> => {
        const event = { eventId: `${type}-${company}`, type, occurredAt: '2026-04-01T11:00:00Z', data }
        const said = await this.ask(caller, 'POST', `/v1/inbound/${company}-${connection}`, event)
        if (said.status !== 202) throw new Error(said.text)
        return (JSON.parse(said.text) as { id: string }).id
      }
      const post = async (path: string, json: object): Promise<string> => {
        const { status, text } = await this.ask(caller, 'POST', path, json)
        if (status >= 300) throw new Error(`${path}: ${text}`)
        return (JSON.parse(text) as { id: string }).id
      }
      const lines = [{ lineNo: '1', line: '1', sku: `SKU-${word}`, quantity: '2', uom: 'EA' }]
      const message = await tell('erp', 'order.created', { orderNumber: `SO-${word}`, customer: `C-${word}`, lines })
      await tell('erp', 'delivery.created', { deliveryNumber: `DN-${word}`, orderNumber: `SO-${word}` })
      await tell('wms', 'shipment.confirmed', {
        ...{ deliveryNumber: `DN-${word}`, orderNumber: `SO-${word}`, location: `DC-${word}`, carrier: 'ups', lines },
        packages: [{ trackingNumber: `1Z${word}` }],
      })
      await tell('erp', 'return.authorized', {
        returnNumber: `RMA-${word}`,
        orderNumber: `SO-${word}`,
        expiresAt: '2026-04-30',
      })
      await tell('wms', 'receipt.posted', {
        receiptNumber: `GR-${word}`,
        purchaseOrderNumber: `PO-${word}`,
        location: `DC-${word}`,
        lines,
      })
      const window = { from: '2026-04-05T08:00:00Z', to: '2026-04-05T09:00:00Z' }
      await tell('erp', 'appointment.confirmed', {
        appointmentNumber: `AP-${word}`,
        location: `DC-${word}`,
        carrier: 'ups',
        window,
      })
      const total = { amount: '120.50', currency: 'EUR' }
      await tell('erp', 'freight_invoice.received', { invoiceNumber: `F-${word}`, carrier: 'ups', total })
      await tell('erp', 'delivery.released', { deliveryNumber: `RD-${word}`, location: 'DC1', lines })
      const broken = await tell('wms', 'movement', { movement: `no such thing ${word}` })
      const release = { name: 'release', label: 'Release', consequence: `${word} can be sold.` }
      const task = await post('/v1/tasks', {
        name: 'inspect-lot',
        role: 'quality',
        question: `Is ${word} dry?`,
        decisions: [release],
      })
      const subscription = await post('/v1/subscriptions', { url: `https://${word.toLowerCase()}.example/hook` })
      const replay = await post('/v1/replays', { connection: `${company}-erp` })
      const person = await post('/v1/people', { email: `${word}@company.example`, name: word, roles: ['viewer'] })
      await post('/v1/master-data/items/import', { rows: [{ sku: `ITEM-${word}`, baseUom: 'C62' }] })
      const client = await post('/v1/clients', {
        name: word,
        method: 'client_secret_basic',
        scopes: ['shipments:read'],
      })
      const view = await post('/v1/views', { list: '/shipments', name: word, search: '?status=late', shared: true })
      const alert = await post('/v1/alert-rules', { name: `Alert ${word}`, check: 'stale-feeds' })
      if (company !== 'main') continue
      for (const [name, id] of Object.entries({
        message,
        parked: broken,
        task,
        subscription,
        replay,
        person,
        client,
        view,
        alert,
      }))
        this.ids.set(name, id)
    }
    await this.#find()
    const { text } = await this.ask('theirs', 'POST', `/v1/shipments/${this.ids.get('shipment')}/tracking-links`, {})
    this.ids.set('link', (JSON.parse(text) as { id: string }).id)
    await this.#database.query(
      `INSERT INTO partner_certificate (id, tenant, partner, use, target, pem, subject, fingerprint, valid_from, valid_to, state, uploaded_at, uploaded_by)
       VALUES ('crt_vermilion', 'main', 'VERMILION', 'both', 'main-partner', '', 'VERMILION', 'AB', 0, 0, 'pending', 0, 'VERMILION')`,
    )
    this.ids.set('certificate', 'crt_vermilion')
  }

  /** What the hub made of it: waits until the lists of `main` know all. */
  async #find(): Promise<void> {
    const wanted = Object.entries(lookups)
    await eventually(
      async () => {
        for (const [name, text] of wanted) {
          const [row] = await this.rows(text)
          if (row !== undefined) this.ids.set(name, String(row['id']))
        }
        return wanted.filter(([name]) => !this.ids.has(name)).map(([name]) => name)
      },
      (missing) => missing.length === 0,
      30_000,
    ).then((missing) => {
      if (missing.length > 0) throw new Error(`the hub has not made: ${missing.join(', ')}`)
    })
  }

  async #keys(): Promise<void> {
    const key = (id: string, tenant: string, scopes: readonly string[], text: string): Promise<unknown> =>
      this.#database.query(
        `INSERT INTO api_key (id, tenant, name, hash, scopes, created_at) VALUES ($1, $2, $1, $3, $4, 0)`,
        [id, tenant, createHash('sha256').update(text).digest('hex'), JSON.stringify(scopes)],
      )
    await key('key_main_administrator', 'main', ['*'], tokens.theirs)
    await key('key_other_administrator', 'other', ['*'], tokens.ours)
    await key('key_other_without', 'other', ['inbound:write:nothing'], tokens.without)
    const reads = scopes.filter((one) => one.endsWith(':read') && one !== 'personal:read')
    await key(
      'key_main_reader',
      'main',
      [...reads, 'messages:raw', 'master-data:write', 'subscriptions:write'],
      tokens.reader,
    )
    await key('key_main_confidant', 'main', [...reads, 'messages:raw', 'personal:read'], tokens.confidant)
  }
}

const companies = ['main', 'other'] as const
/** What only one of them ever says. */
export const words = { main: 'VERMILION', other: 'COBALT' } as const
/** Key of an administrator of `main`. */
export const administratorToken = 'interline_test_theirs'
const tokens = {
  ...{ theirs: administratorToken, ours: 'interline_test_ours', without: 'interline_test_without' },
  // Both of `main`, with everything that can be read: the one without, the other with who people are.
  ...{ reader: 'interline_test_reader', confidant: 'interline_test_confidant' },
}

const lookups: Readonly<Record<string, string>> = {
  shipment: `SELECT id FROM view_shipment WHERE tenant = 'main' LIMIT 1`,
  effect: `SELECT effect_id AS id FROM effect WHERE tenant = 'main' LIMIT 1`,
  exception: `SELECT 'parked:' || connection || ':' || code AS id FROM parked WHERE tenant = 'main' AND state <> 'released' LIMIT 1`,
  process: `SELECT id FROM view_process WHERE tenant = 'main' LIMIT 1`,
  transmission: `SELECT id FROM view_transmission WHERE tenant = 'main' LIMIT 1`,
  key: `SELECT id FROM api_key WHERE tenant = 'main' LIMIT 1`,
  ...Object.fromEntries(
    ['appointment', 'delivery', 'freight_invoice', 'goods_receipt', 'invoice', 'order', 'return'].map((entity) => [
      entity,
      `SELECT id FROM view_document WHERE tenant = 'main' AND entity = '${entity}' LIMIT 1`,
    ]),
  ),
}

const postings = { measure: 'posting', percent: '95', withinMinutes: 30, owner: 'finance' }

function connectionsOf(company: string): readonly object[] {
  const about = { tenant: company, allowHttp: true, allowedCidrs: ['127.0.0.0/8'] }
  return [
    { ...about, id: `${company}-erp`, connector: 'generic-erp', settings: { url: 'http://127.0.0.1:9' } },
    { id: `${company}-wms`, tenant: company, connector: 'generic-wms', settings: {} },
    {
      ...{ ...about, id: `${company}-partner`, connector: 'edi-partner' },
      settings: { partnerId: `P${company}`, ownId: 'HUB', url: 'http://127.0.0.1:9' },
    },
  ]
}

const processes = {
  slas: [{ ...postings, sla: 'VERMILION-postings', tenant: 'main' }],
  processes: companies.flatMap((tenant) => [
    { process: 'order-to-ship', tenant },
    { process: 'ship-to-invoice', tenant, policy: { proofRequired: 'pod_document' } },
  ]),
  routes: companies.flatMap((tenant) => [
    { command: 'post_goods_issue', target: `${tenant}-erp`, tenant },
    { command: 'post_goods_receipt', target: `${tenant}-erp`, tenant },
    { command: 'release_delivery', target: `${tenant}-partner`, tenant },
  ]),
}
