import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../src/gateway/all.ts'
import type { Route } from '../../src/gateway/route.ts'
import { eventually } from '../hub-process.ts'
import { bodies, paths, queries } from './matrix/requests.ts'
import { Statements } from './matrix/statements.ts'
import { type Caller, others, TwoCompanies, words } from './matrix/two-companies.ts'

/** Routes that say something about all companies, and why. */
const ofTheHub = new Set([
  // Descriptions and probes.
  'readAsyncapi',
  'readOpenapi',
  'readProblem',
  'live',
  'ready',
  'started',
  'metrics',
])

let hub: TwoCompanies
beforeAll(async () => {
  hub = await TwoCompanies.start()
  await hub.fill()
}, 90_000)
afterAll(() => hub.stop())

const guarded = routes.filter(({ scope }) => scope !== 'public')
const named = guarded.filter(({ path }) => path.includes('{'))

/** The path of a route with things of the other company in it, or with ids that nobody has. */
function pathOf(route: Route, isRandom = false): string {
  const known = paths[route.operationId]
  const path = route.path.replaceAll(/\{(\w+)\}/g, (_, parameter: string) => {
    const id = known?.[parameter] ?? ''
    const value = hub.ids.get(id) ?? id
    if (!isRandom || id.startsWith('=')) return encodeURIComponent(value.replace(/^=/, ''))
    // Of the same form: what is no id at all is refused without looking for it.
    return encodeURIComponent(
      value.includes(':') ? value.replace(/:[^:]*/, ':nobody') : `${value.slice(0, 4)}${'0'.repeat(26)}`,
    )
  })
  return path + (queries[route.operationId] ?? '')
}

/** What of the other company an answer shows that the question did not say. */
function leaks(text: string, asked: string): readonly string[] {
  const theirs = [words.main, 'main-erp', 'main-wms', 'main-partner', ...hub.ids.values()].filter(
    (one) => !asked.includes(one),
  )
  return theirs.filter((one) => text.includes(one))
}

test('every route is in the matrix, with something of the other company for each of its parameters', () => {
  const missing = named.filter(({ operationId, path }) => {
    const parameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
    return parameters.some((name) => paths[operationId]?.[name] === undefined)
  })
  expect(missing.map(({ operationId }) => operationId)).toEqual([])
  const changing = guarded.filter(({ body }) => body !== undefined)
  expect(
    changing.filter(({ operationId }) => bodies[operationId] === undefined).map(({ operationId }) => operationId),
  ).toEqual([])
  const known = new Set(routes.map(({ operationId }) => operationId))
  expect(
    [...Object.keys(paths), ...Object.keys(bodies), ...Object.keys(queries), ...ofTheHub].filter(
      (one) => !known.has(one),
    ),
  ).toEqual([])
  expect(guarded.length).toBeGreaterThan(90)
})

test('whoever has no key, and whoever has one without the scope, gets in nowhere', async () => {
  const wrong: string[] = []
  for (const route of guarded) {
    if (route.operationId === 'acceptInbound') continue
    const body = bodies[route.operationId]?.(hub.ids)
    const nobody = await hub.ask('nobody', route.method, pathOf(route), body)
    if (nobody.status !== 401) wrong.push(`nobody ${route.operationId}: ${nobody.status}`)
    if (route.scope === 'signed-in') continue
    const without = await hub.ask('without', route.method, pathOf(route), body)
    if (without.status !== 403) wrong.push(`without ${route.operationId}: ${without.status}`)
  }
  expect(wrong).toEqual([])
}, 60_000)

/** Routes that end or replace what whoever asks them asks with. */
const endsItself = new Set(['endSession', 'endOtherSessions', 'showCode'])
/** What was said in any request: the audit log of whoever said it repeats it. */
const said: string[] = []

/** Asks every route for what is the other company's. `refused`: routes that wrote a row of theirs, which the second wall refused. */
async function askAll(caller: Caller = 'ours'): Promise<{
  readonly shown: readonly string[]
  readonly refused: readonly string[]
  readonly statuses: ReadonlyMap<string, number>
}> {
  const shown: string[] = []
  const refused: string[] = []
  const statuses = new Map<string, number>()
  for (const route of guarded) {
    if (route.operationId === 'followStream' || (caller !== 'ours' && endsItself.has(route.operationId))) continue
    const path = pathOf(route)
    const body = bodies[route.operationId]?.(hub.ids)
    const { status, text } = await hub.ask(caller, route.method, path, body)
    statuses.set(route.operationId, status)
    if (text.includes('"ROW_OF_ANOTHER"')) refused.push(route.operationId)
    const asked = `${path} ${JSON.stringify(body ?? '')}`
    said.push(asked)
    const leaked = leaks(text, route.operationId.endsWith('Audit') ? said.join(' ') : asked)
    if (leaked.length > 0) shown.push(`${route.operationId} ${status}: ${leaked.join(', ')} in ${text.slice(0, 300)}`)
  }
  return { shown, refused, statuses }
}

/** Everything of the other company that a caller could have changed. */
async function kept(): Promise<string> {
  const tables = [
    ...['subscription', 'api_key', 'person', 'master_data', 'api_client', 'alert_rule', 'parked', 'saved_view'],
    'partner_certificate',
  ]
  const all = tables.map(
    (table) =>
      `SELECT '${table}' AS name, md5(string_agg(t::text, '' ORDER BY t::text)) AS content FROM ${table} t WHERE tenant = 'main'`,
  )
  // Its key is noted as used now and then.
  await hub.rows('UPDATE api_key SET last_used_at = NULL')
  return JSON.stringify(await hub.rows(all.join(' UNION ALL ')))
}

describe.each([
  ['as it is', false],
  ['turned round, so that the second alone holds', true],
])('with the first wall %s', (_, isTurned) => {
  test('another company sees nothing, counts nothing and changes nothing', async () => {
    hub.isTurned = isTurned
    const before = await kept()
    const { shown, refused, statuses } = await askAll()
    expect(shown).toEqual([])
    // Only with the first wall turned round is a row of another company written at all; each is logged as a fault of ours.
    expect(refused.length > 0, refused.join(' ')).toBe(isTurned)
    expect(await kept()).toBe(before)
    const opened = named.filter(
      ({ operationId, path }) =>
        !isOpen.has(operationId) && path.includes('{') && (statuses.get(operationId) ?? 0) < 400,
    )
    expect(opened.map(({ operationId }) => operationId)).toEqual([])
    hub.isTurned = false
  }, 90_000)

  test.each(others)(
    'nor does %s of it',
    async (caller) => {
      hub.isTurned = isTurned
      const before = await kept()
      const { shown, statuses } = await askAll(caller)
      hub.isTurned = false
      expect(shown).toEqual([])
      expect(await kept()).toBe(before)
      const opened = named.filter(
        ({ operationId }) =>
          !isOpen.has(operationId) && !endsItself.has(operationId) && (statuses.get(operationId) ?? 0) < 400,
      )
      expect(opened.map(({ operationId }) => operationId)).toEqual([])
      // Somebody who may do nothing at all would see nothing either.
      expect([...statuses.values()].filter((status) => status < 300).length).toBeGreaterThan(10)
    },
    90_000,
  )
})

/** Routes whose parameter is no id of a thing: a kind, which everybody may name. */
const isOpen = new Set([
  'readCheck',
  'readCheckHistory',
  'listCheckRows',
  'listMasterData',
  'importMasterData',
  'putMasterData',
  'listMasterDataVersions',
  // What nobody has set is what everybody has.
  'readQuota',
  'changeQuota',
  'removeQuota',
])

test("what is another company's is answered like what nobody has", async () => {
  const wrong: string[] = []
  const bare = (text: string): unknown => {
    if (text === '') return text
    const { instance: _, traceId: __, ...rest } = JSON.parse(text) as Record<string, unknown>
    return JSON.stringify(rest)
  }
  for (const route of named) {
    if (isOpen.has(route.operationId) || route.operationId === 'acceptInbound') continue
    const body = bodies[route.operationId]?.(hub.ids)
    const theirs = await hub.ask('ours', route.method, pathOf(route), body)
    const random = await hub.ask('ours', route.method, pathOf(route, true), body)
    if (theirs.status !== 404 || random.status !== 404)
      wrong.push(`${route.operationId}: ${theirs.status} ${random.status} ${theirs.text.slice(0, 200)}`)
    else if (bare(theirs.text) !== bare(random.text)) wrong.push(`${route.operationId}: ${theirs.text} ${random.text}`)
  }
  expect(wrong).toEqual([])
}, 60_000)

test('whoever asks finds no difference between what is somebody else’s and what nobody has: not in the answer, not in the work for it', async () => {
  const wrong: string[] = []
  let most = 0
  const statements = new Statements('other')
  const bare = (text: string): string => text.replaceAll(/"(instance|traceId)":"[^"]*",?/g, '')
  try {
    for (const caller of ['ours', 'client', 'person:viewer', 'person:administrator'] as const)
      for (const route of named) {
        if (isOpen.has(route.operationId) || ['acceptInbound', 'followStream'].includes(route.operationId)) continue
        const body = bodies[route.operationId]?.(hub.ids)
        const look = async (isRandom: boolean) => {
          const answer = { status: 0, text: '' }
          const ask = async (): Promise<unknown> =>
            Object.assign(answer, await hub.ask(caller, route.method, pathOf(route, isRandom), body))
          // What everybody may know is remembered after the first time.
          await ask()
          return { count: await statements.of(ask), status: answer.status, text: bare(answer.text) }
        }
        const [theirs, nobodys] = [await look(false), await look(true)]
        most = Math.max(most, theirs.count)
        if (JSON.stringify(theirs) !== JSON.stringify(nobodys))
          wrong.push(`${caller} ${route.operationId}: ${JSON.stringify(theirs)} ${JSON.stringify(nobodys)}`)
      }
  } finally {
    statements.stop()
  }
  expect(wrong).toEqual([])
  expect(most, 'statements are counted').toBeGreaterThan(0)
}, 180_000)

test('what is of the whole hub is shown to the company that runs it', async () => {
  const asked = async (caller: 'ours' | 'theirs', path: string) => {
    const { status, text } = await hub.ask(caller, 'GET', path)
    return { status, json: JSON.parse(text) as Record<string, unknown> }
  }
  expect((await asked('theirs', '/v1/accounting')).json).toMatchObject({ unaccounted: 0 })
  expect(await asked('ours', '/v1/accounting')).toMatchObject({ status: 403, json: { code: 'OPERATOR_ONLY' } })
  expect(Object.keys((await asked('theirs', '/v1/retention')).json)).toEqual(['keepDays', 'oldest', 'due', 'held'])
  expect(Object.keys((await asked('ours', '/v1/retention')).json)).toEqual(['keepDays'])
  // As many as the company has sent: their last one is parked.
  const sent = 9
  const own = await eventually(
    async () => (await asked('ours', '/v1/overview')).json['messages'] as Record<string, unknown>,
    ({ received }) => Number(received) >= sent,
  )
  expect(own).toEqual({ received: sent, parked: 1, duplicates: 0, applied: null, pending: null, unaccounted: null })
  const all = (await asked('theirs', '/v1/overview')).json['messages']
  expect(all).toMatchObject({ unaccounted: 0 })
  expect((all as { received: number }).received).toBeGreaterThan(sent)
  const rotate = await hub.ask('ours', 'POST', '/v1/secrets/rotations', bodies['rotateSecrets']?.(hub.ids))
  expect(JSON.parse(rotate.text)).toMatchObject({ status: 403, code: 'OPERATOR_ONLY' })
})

test('a row of another company is refused by the second wall with a problem of its own', async () => {
  hub.isTurned = true
  const made = await hub.ask('ours', 'POST', '/v1/keys', { name: 'turned', scopes: ['shipments:read'] })
  hub.isTurned = false
  expect(JSON.parse(made.text)).toMatchObject({ status: 403, code: 'ROW_OF_ANOTHER' })
  expect(await hub.rows(`SELECT FROM api_key WHERE name = 'turned'`)).toEqual([])
})

test('whatever was done over HTTP is in the audit log with address and trace', async () => {
  const rows = await hub.rows(
    `SELECT kind, change, actor FROM audit WHERE (address IS NULL OR trace IS NULL) AND source = 'api' AND actor <> 'the hub'`,
  )
  expect(rows).toEqual([])
  expect((await hub.rows(`SELECT FROM audit WHERE source = 'api'`)).length).toBeGreaterThan(10)
})

test('a cursor of another company opens nothing', async () => {
  const own = await hub.ask('theirs', 'GET', '/v1/orders?limit=1')
  const deliveries = await hub.ask('theirs', 'GET', '/v1/effects?limit=1')
  const cursors = [own, deliveries].flatMap(
    ({ text }) => (JSON.parse(text) as { page: { next: string | null } }).page.next ?? [],
  )
  expect(cursors.length).toBeGreaterThan(0)
  for (const [index, cursor] of cursors.entries()) {
    const path = index === 0 && cursors.length === 2 ? '/v1/orders' : '/v1/effects'
    const answer = await hub.ask('ours', 'GET', `${path}?limit=1&cursor=${encodeURIComponent(cursor)}`)
    expect(answer.status).toBe(400)
  }
})

test('whoever it belongs to gets it: the ids of the matrix are real', async () => {
  const wrong: string[] = []
  for (const route of named) {
    if (route.method !== 'GET' || unmade.has(route.operationId)) continue
    const { status, text } = await hub.ask('theirs', 'GET', pathOf(route))
    // What is no leak to its owner would be one to anybody else: the matrix sees it.
    if (status !== 200 || leaks(text, '').length === 0)
      wrong.push(`${route.operationId}: ${status} ${text.slice(0, 200)}`)
  }
  expect(wrong).toEqual([])
}, 60_000)

/** Things that this hub has none of: its tests have them. */
const unmade = new Set([
  // Says no word that only they say.
  'listContractVersions',
  'readSubscriptionStanding',
  'readCheck',
  'readCheckHistory',
  'listCheckRows',
  // Figures and nothing that anybody said.
  'listSlaPeriods',
  'listSlaMisses',
  'readReservation',
  'readStockComparison',
  'listStockDifferences',
  'readPartner',
  'readPartnerStanding',
  'listPartnerCertificates',
  // Said of a connection by its name, which the question said.
  'listConnectionMessages',
  // Ours, made for what the connection takes.
  'listConnectionExamples',
  'readJobFailures',
])
