import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { routes } from '../../src/gateway/all.ts'
import type { Route } from '../../src/gateway/route.ts'
import { root } from '../../tools/source-tree.ts'
import { eventually } from '../hub-process.ts'
import { paths, queries } from './matrix/requests.ts'
import { type Caller, TwoCompanies } from './matrix/two-companies.ts'

/** Who nobody without `personal:read` hears of. */
const person = {
  name: 'Ottilie Quillfeather',
  street: 'Marmalade Lane 7',
  email: 'ottilie@quillfeather.example',
  phone: '+49 555 0178',
  signer: 'Barnaby Thistledown',
  /** Only in what people write as they like. */
  friend: 'Philippa Larkspur',
}
const planted = Object.values(person)
const { name, street, email, phone, signer, friend } = person
const note = `Ring ${friend} before.`
/** In the words of the model, and in those of a shop. */
const address = { name, lines: [street], city: 'Ulm', postalCode: '89073', country: 'DE' }
const contact = { name, phone, email, language: 'de' }
const shipTo = { name, street, phone, email, city: 'Ulm', postalCode: '89073', country: 'DE' }
const lines = [{ lineNo: '1', line: '1', sku: 'SKU-P', quantity: '2', uom: 'EA' }]

let hub: TwoCompanies
const messages: string[] = []

beforeAll(async () => {
  hub = await TwoCompanies.start([
    { id: 'main-carrier', tenant: 'main', connector: 'generic-carrier', settings: { carrier: 'ups' } },
  ])
  await hub.fill()
  const tell = async (connection: string, type: string, data: object): Promise<void> => {
    const event = { eventId: `${type}-person`, type, occurredAt: '2026-04-02T11:00:00Z', data }
    const { status, text } = await hub.ask('theirs', 'POST', `/v1/inbound/main-${connection}`, event)
    if (status !== 202) throw new Error(text)
    messages.push((JSON.parse(text) as { id: string }).id)
  }
  const parties = [{ role: 'sold_to', address, contact }]
  await tell('erp', 'order.created', {
    orderNumber: 'SO-P',
    customer: 'C-P',
    lines,
    parties,
    shipTo,
    billTo: shipTo,
    note,
  })
  await tell('erp', 'delivery.created', {
    deliveryNumber: 'DN-P',
    orderNumber: 'SO-P',
    lines,
    parties,
    shipTo,
    deliveryInstructions: note,
  })
  await tell('erp', 'delivery.released', { deliveryNumber: 'RD-P', location: 'DC1', lines, parties, shipTo })
  await tell('wms', 'shipment.confirmed', {
    ...{ deliveryNumber: 'DN-P', orderNumber: 'SO-P', location: 'DC-P', carrier: 'ups', lines, parties, shipTo },
    packages: [{ trackingNumber: '1ZPERSON' }],
  })
  await tell('carrier', 'scan', { trackingNumber: '1ZPERSON', code: 'delivered', signedBy: signer })
  await tell('carrier', 'proof_of_delivery', { trackingNumber: '1ZPERSON', signedBy: signer, notes: note })
  await tell('erp', 'order.changed', { orderNumber: ['SO-P'], customer: 7, lines: 'none', parties, shipTo })
  const written = await hub.ask('theirs', 'POST', `/v1/tasks/${hub.ids.get('task')}/note`, { text: note })
  expect(written.status).toBe(202)
  const mute = { until: new Date(Date.now() + 3_600_000).toISOString(), reason: note }
  const muted = await hub.ask('theirs', 'POST', `/v1/alert-rules/${hub.ids.get('alert')}/mute`, mute)
  expect(muted.status).toBe(200)
  const row = { code: 'C-P', name: 'Feather Books', addresses: [address] }
  const kept = await hub.ask('theirs', 'POST', '/v1/master-data/parties/import', { rows: [row] })
  expect(kept.status).toBeLessThan(300)
  await eventually(
    async () => (await hub.ask('theirs', 'GET', '/v1/shipments?reference=1ZPERSON')).text,
    (text) => text.includes('"delivered"'),
    20_000,
  )
}, 120_000)
afterAll(() => hub.stop())

/** The stream never ends; what it tells is ids. */
const reads = routes.filter(
  ({ method, scope, operationId }) => method === 'GET' && scope !== 'public' && operationId !== 'followStream',
)

/** Every address of a route: of the things in its list, and of those that the matrix and this test know. */
async function addressesOf(route: Route): Promise<readonly string[]> {
  const query = queries[route.operationId] ?? ''
  if (!route.path.includes('{')) return [route.path, ...(query === '' ? [] : [route.path + query]), ...searched(route)]
  const known = paths[route.operationId] ?? {}
  const fill = (values: Readonly<Record<string, string>>): string =>
    route.path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => {
      const one = values[parameter] ?? ''
      return encodeURIComponent((hub.ids.get(one) ?? one).replace(/^=/, ''))
    })
  const list = route.path.slice(0, route.path.indexOf('/{'))
  const isListed = routes.some(({ method, path }) => method === 'GET' && path === list)
  const listed = isListed ? await idsIn(list) : []
  const own = list === '/v1/messages' ? messages : listed
  const parties = list === '/v1/master-data' ? [fill({ ...known, kind: 'parties', key: 'C-P' })] : []
  return [fill(known), ...parties, ...own.map((id) => fill({ ...known, id, key: id }))]
}

function searched({ operationId, path }: Route): readonly string[] {
  if (operationId === 'readTrace') return ['?reference=SO-P', '?reference=1ZPERSON'].map((query) => path + query)
  return []
}

async function idsIn(list: string): Promise<readonly string[]> {
  const { status, text } = await hub.ask('theirs', 'GET', `${list}?limit=200`)
  const { data = [] } = (status === 200 ? JSON.parse(text) : {}) as { data?: readonly { readonly id?: string }[] }
  return data.flatMap(({ id }) => (id === undefined ? [] : [id]))
}

/** Where a caller is shown something of the person. */
interface Shown {
  readonly operation: string
  readonly word: string
  /** What stands before it. */
  readonly after: string
}

async function shownTo(caller: Caller): Promise<readonly Shown[]> {
  const shown: Shown[] = []
  for (const route of reads)
    for (const path of await addressesOf(route))
      for (const accept of route.path.includes('{') ? ['*/*'] : ['*/*', 'text/csv']) {
        const { text } = await hub.ask(caller, 'GET', path, undefined, accept)
        for (const word of planted) {
          // A format may write everything in capitals.
          const at = text.toUpperCase().indexOf(word.toUpperCase())
          const { operationId: operation } = route
          if (at >= 0) shown.push({ operation, word, after: text.slice(Math.max(0, at - 100), at) })
        }
      }
  return shown
}

test('who may not know who people are finds none of them in any answer; who may finds all of them', async () => {
  const seen = await shownTo('confidant')
  // The test would see them where they are.
  const seenBy = new Set(seen.map(({ operation }) => operation))
  expect(
    ['readOrder', 'readShipment', 'readMessage', 'readRawMessage', 'readTask', 'listAlertRules', 'listAudit'].filter(
      (one) => !seenBy.has(one),
    ),
  ).toEqual([])
  expect(planted.filter((one) => !seen.some(({ word }) => word === one))).toEqual([])
  expect(await shownTo('reader')).toEqual([])
}, 180_000)

test('what cannot be masked needs the scope, and marks are not written over what they stand for', async () => {
  const codeOf = async (asked: ReturnType<TwoCompanies['ask']>): Promise<unknown> => {
    const { code, status } = JSON.parse((await asked).text) as { readonly code?: string; readonly status?: number }
    return [status, code]
  }
  const [message] = messages
  expect(await codeOf(hub.ask('reader', 'GET', `/v1/messages/${message}/raw`))).toEqual([403, 'SCOPE_MISSING'])
  expect(await codeOf(hub.ask('reader', 'GET', '/v1/audit/export'))).toEqual([403, 'SCOPE_MISSING'])
  const subscription = { url: 'https://quill.example/hook' }
  expect(await codeOf(hub.ask('reader', 'POST', '/v1/subscriptions', subscription))).toEqual([403, 'SCOPE_MISSING'])
  const shown = JSON.parse((await hub.ask('reader', 'GET', '/v1/master-data/parties/C-P')).text) as Shelf
  expect(shown.body['addresses']).toMatchObject([{ name: '***', lines: ['***'], city: 'Ulm' }])
  expect(await codeOf(hub.ask('reader', 'PUT', '/v1/master-data/parties/C-P', shown.body))).toEqual([
    422,
    'PERSONAL_MASKED',
  ])
  const kept = JSON.parse((await hub.ask('confidant', 'GET', '/v1/master-data/parties/C-P')).text) as Shelf
  expect(kept.body['addresses']).toMatchObject([{ name, lines: [street] }])
})

/** A row of the master data. */
interface Shelf {
  readonly body: Readonly<Record<string, unknown>>
}

test('keys and clients from before the scope go on seeing what they saw', async () => {
  const scopes = { old: ['shipments:read'], sender: ['inbound:write:erp'], all: ['*'], filtered: ['messages:read:a*'] }
  for (const [id, granted] of Object.entries(scopes))
    await hub.rows(
      `INSERT INTO api_key (id, tenant, name, hash, scopes, created_at) VALUES ('${id}', 'main', '${id}', '${id}', '${JSON.stringify(granted)}', 0)`,
    )
  const migration = readFileSync(join(root, 'src/backbone/postgres/migrations/0622_personal_scope.sql'), 'utf8')
  const [up = ''] = migration.split('-- Down Migration')
  await hub.rows(up)
  await hub.rows(up)
  const rows = await hub.rows(`SELECT id, scopes FROM api_key WHERE id IN ('old', 'sender', 'all', 'filtered')`)
  expect(Object.fromEntries(rows.map(({ id, scopes: text }) => [id, JSON.parse(String(text)) as unknown]))).toEqual({
    ...scopes,
    old: ['shipments:read', 'personal:read'],
    filtered: ['messages:read:a*', 'personal:read'],
  })
})
