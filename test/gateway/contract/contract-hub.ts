import { randomUUID } from 'node:crypto'
import { request } from 'undici'
import { codeAt } from '../../../src/gateway/access/one-time-code.ts'
import { eventually, type HubAnswer } from '../../hub-process.ts'
import { administratorToken, TwoCompanies } from '../matrix/two-companies.ts'

/** How a request is sent besides its address and its body. */
export interface Asking {
  readonly headers?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly form?: Readonly<Record<string, string>>
}

const answerMs = 10_000
const password = 'four green trams at dawn'
/** What changes or ends the session that asks. */
const ofSession: ReadonlySet<string> = new Set([
  'beginSecondFactor',
  'changePassword',
  'confirmSecondFactor',
  'endOtherSessions',
  'endSession',
  'showCode',
])

/** A hub with one of everything, that is asked for what its document promises. */
export class ContractHub {
  readonly #companies: TwoCompanies
  #cookie = ''
  #secret = ''

  static async start(): Promise<ContractHub> {
    const companies = await TwoCompanies.start([
      {
        id: 'main-dhl',
        tenant: 'main',
        connector: 'dhl',
        settings: { webhookToken: 'none' },
        // Never asked in earnest.
        maintenance: ['00:00-12:00', '12:00-00:00'],
        polling: { minutes: 60 },
      },
    ])
    await companies.fill()
    const hub = new ContractHub(companies)
    await hub.#more()
    return hub
  }

  private constructor(companies: TwoCompanies) {
    this.#companies = companies
  }

  get ids(): Map<string, string> {
    return this.#companies.ids
  }

  stop(): Promise<void> {
    return this.#companies.stop()
  }

  /** The whole answer. What does not end is not waited for: `isStream` is asked for its head alone. */
  async ask(
    method: string,
    path: string,
    { headers = {}, json, form }: Asking = {},
    isStream = false,
  ): Promise<HubAnswer> {
    const body =
      form === undefined ? (json === undefined ? null : JSON.stringify(json)) : new URLSearchParams(form).toString()
    const type = form === undefined ? 'application/json' : 'application/x-www-form-urlencoded'
    const {
      statusCode,
      headers: said,
      body: answer,
    } = await request(`${this.#companies.url}${path}`, {
      method: method as 'GET',
      headers: {
        authorization: `Bearer ${administratorToken}`,
        ...(body === null ? {} : { 'content-type': type }),
        ...headers,
      },
      body,
      signal: AbortSignal.timeout(answerMs),
    })
    const text = isStream ? '' : await answer.text()
    if (isStream) answer.on('error', () => {}).destroy()
    return { status: statusCode, headers: said, text, json: () => JSON.parse(text) as unknown }
  }

  /** A person who is signed in: headers of a page of theirs. */
  get page(): Record<string, string> {
    return { authorization: '', cookie: this.#cookie, origin: this.#companies.url, 'x-interline-page': '1' }
  }

  /** What an operation about people needs before it: an invitation, a session, the first code of an app. */
  async body(operationId: string): Promise<unknown> {
    const invited = async (): Promise<string> => {
      const json = { email: `${randomUUID()}@company.example`, name: 'Ada Berg', roles: ['viewer'] }
      return this.#made('/v1/people', json, 'link')
    }
    if (ofSession.has(operationId)) await this.#signIn()
    switch (operationId) {
      case 'followWelcome':
        return { token: (await invited()).split('#')[1], password }
      case 'createSession':
        return { email: await this.#signIn(), password }
      case 'beginSecondFactor':
        return { password }
      case 'confirmSecondFactor': {
        const begun = await this.ask('POST', '/v1/session/second-factor', { json: { password }, headers: this.page })
        this.#secret = (begun.json() as { secret: string }).secret
        return { code: codeAt(Math.floor(Date.now() / 30_000), this.#secret) }
      }
      case 'changePassword':
        return { old: password, new: 'five green trams at dawn' }
      default:
        return undefined
    }
  }

  /** What the matrix of tenants has no need of. */
  async #more(): Promise<void> {
    const { ids } = this
    const movement = { movement: 'receipt', sku: 'SKU-VERMILION', quantity: '70', uom: 'EA', to: { location: 'N-1' } }
    const data = { ...movement, document: { kind: 'test', id: 'stock' } }
    const tell = async (json: object): Promise<string> =>
      this.#made('/v1/inbound/main-wms', { occurredAt: '2026-04-01T11:00:00Z', ...json })
    await tell({ eventId: 'stock', type: 'movement', data })
    for (const operation of ['releaseParked', 'editParked', 'skipParked'])
      ids.set(`${operation} parked`, await tell({ eventId: operation, type: 'movement', data: { movement: 'none' } }))
    await this.#partner()
    ids.set('key', await this.#made('/v1/keys', { name: 'contract', scopes: ['shipments:read'] }))
    const reservation = { sku: 'SKU-VERMILION', quantity: '1', uom: 'EA', kind: 'soft' }
    for (const operation of ['readReservation', 'confirmReservation', 'releaseReservation'])
      ids.set(
        `${operation} rsv_WyJTS1UtVkVSTUlMSU9OIiwiY2FydCJd`,
        await this.#made('/v1/inventory/reservations', reservation),
      )
    ids.set('cmp_0000000000000000000000000000', await this.#made('/v1/stock-comparisons', { connection: 'main-erp' }))
    await eventually(
      () => this.ask('GET', '/v1/parked?state=parked'),
      (answer) => (answer.json() as { data: unknown[] }).data.length > 3,
    )
  }

  /** Somebody new, whose session the next request belongs to. */
  async #signIn(): Promise<string> {
    const email = `${randomUUID()}@company.example`
    const link = await this.#made('/v1/people', { email, name: 'Ada Berg', roles: ['viewer'] }, 'link')
    const answer = await this.ask('POST', '/v1/welcome', { json: { token: link.split('#')[1], password } })
    this.#cookie = String(answer.headers['set-cookie']).split(';', 1)[0] ?? ''
    return email
  }

  /** One that is declared in files. */
  async #partner(): Promise<void> {
    const lines = [
      'partner: {id: harbor, name: Harbor, role: 3pl, contacts: [edi@harbor.example]}',
      'connections:',
      '  - {id: harbor, connector: edi-partner}',
      'agreements:',
      '  - {connection: harbor, partnerId: HARBOR, ownId: MERIDIAN}',
      '',
    ]
    const content = Buffer.from(lines.join('\n')).toString('base64')
    await this.#made('/v1/network', { source: 'contract', files: [{ path: 'harbor/partner.yaml', content }] })
    this.ids.set('VERMILION', 'harbor')
  }

  async #made(path: string, json: object, member = 'id'): Promise<string> {
    const answer = await this.ask('POST', path, { json, headers: { 'idempotency-key': randomUUID() } })
    if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`)
    return String((answer.json() as Record<string, unknown>)[member])
  }
}
