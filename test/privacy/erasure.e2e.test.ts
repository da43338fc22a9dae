import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Asked, TwoCompanies } from '../gateway/matrix/two-companies.ts'
import { eventually } from '../hub-process.ts'
import { placesOf } from './every-table.ts'
import { namesake, person, plantedHub } from './planted-person.ts'

let hub: TwoCompanies
let messages: readonly string[]
beforeAll(async () => {
  const planted = await plantedHub()
  hub = planted.hub
  messages = planted.messages
}, 120_000)
afterAll(() => hub.stop())

/** What is theirs alone: the name is also that of somebody else. */
const own = [person.street, person.email, person.phone]
const asked = { email: person.email }

function read<T>({ status, text }: Asked, wanted = 200): T {
  expect([status, status === wanted ? '' : text]).toEqual([wanted, ''])
  return JSON.parse(text) as T
}

interface Preview {
  readonly erased: Readonly<Record<string, number>>
  readonly stays: readonly { readonly what: string; readonly count: number }[]
  readonly inUse: { readonly unsent: number; readonly processes: number }
}

async function business(): Promise<string> {
  const counts = await hub.rows(
    `SELECT (SELECT sum(next_off) FROM fact_head) AS facts, (SELECT sum(next_off) FROM inbox_head) AS messages, (SELECT count(*) FROM dedupe) AS identities,
            (SELECT count(*) FROM effect) AS effects, (SELECT string_agg(subject || version, ' ' ORDER BY subject) FROM state WHERE subject ~ '^(ord|dlv|shp|inv|stk)') AS states,
            (SELECT string_agg(id || status || number, ' ' ORDER BY id) FROM view_document) AS documents`,
  )
  return JSON.stringify(counts)
}

const backedUp = ['state', 'inbox', 'fact', 'tracking_follower', 'person', 'effect']

test('before, the look says what would go, what stays and why, and nothing is changed', async () => {
  const before = await placesOf(hub, own)
  const preview = read<Preview>(await hub.ask('theirs', 'POST', '/v1/privacy/previews', { person: asked }))
  const kinds = [
    'objects',
    'facts',
    'messages',
    'effect',
    'effect_evidence',
    'exception_claim',
    'person',
    'tracking_follower',
  ]
  expect(kinds.filter((kind) => (preview.erased[kind] ?? 0) === 0)).toEqual([])
  expect(preview.inUse.unsent).toBeGreaterThan(0)
  expect(preview.stays).toMatchObject([{ what: 'audit' }])
  expect(await placesOf(hub, own)).toEqual(before)
  // Every place of the words is a place that the look names.
  const tables = new Set([...before.keys()].map((place) => place.split(':')[0]))
  const named = new Set([...Object.keys(preview.erased), 'audit', 'inbox', 'fact', 'state'])
  expect([...tables].filter((table) => !named.has(table ?? ''))).toEqual([])
}, 60_000)

test('somebody who is still needed is not erased unawares, and a reason must not name them', async () => {
  const refused = await hub.ask('confidant', 'POST', '/v1/privacy/erasures', { person: asked, reason: 'Request 12' })
  expect(refused.status).toBe(403)
  const needed = await hub.ask('theirs', 'POST', '/v1/privacy/erasures', { person: asked, reason: 'Request 12' })
  expect(read<{ code: string }>(needed, 409).code).toBe('PERSON_IN_USE')
}, 60_000)

test('afterwards nothing of them is in any table, except what the look said; the business is as it was', async () => {
  const before = await business()
  await hub.rows('CREATE SCHEMA backup')
  for (const table of backedUp) await hub.rows(`CREATE TABLE backup.${table} AS SELECT * FROM public.${table}`)
  // As after a request that broke off: the key of the refused one is used.
  await hub.rows(`DELETE FROM answer`)
  const wish = { person: asked, reason: 'Request 12', evenInUse: true }
  const { id } = read<{ id: string }>(await hub.ask('theirs', 'POST', '/v1/privacy/erasures', wish), 202)
  const done = await eventually(
    async () => (await hub.ask('theirs', 'GET', `/v1/privacy/erasures/${id}`)).text,
    (text) => text.includes('"done"'),
    50_000,
  )
  expect(JSON.parse(done)).toMatchObject({ state: 'done', reason: 'Request 12' })
  const left = await placesOf(hub, own)
  expect([...left.keys()].filter((place) => !place.startsWith('audit:'))).toEqual([])
  // The name is left only where it is the other one's.
  const names = await hub.rows(`SELECT subject FROM state WHERE body ~* '${person.name}'`)
  const others = await hub.rows(`SELECT subject FROM state WHERE body ~ '${namesake.street}'`)
  expect(names).toEqual(others)
  expect(others.length).toBeGreaterThan(0)
  expect(await business()).toBe(before)
}, 90_000)

test('whoever asks the running hub is not told from its memory, and the log of acts is whole', async () => {
  for (const path of [
    '/v1/shipments?reference=1ZPLANTED',
    '/v1/orders?reference=SO-P',
    '/v1/trace?reference=SO-P',
    '/v1/tasks',
    '/v1/people',
  ]) {
    const { status, text } = await hub.ask('theirs', 'GET', path)
    expect([path, status]).toEqual([path, 200])
    expect(own.filter((word) => text.includes(word))).toEqual([])
  }
  const order = read<{ data: { id: string }[] }>(await hub.ask('theirs', 'GET', '/v1/orders?reference=SO-P')).data[0]
  const { text } = await hub.ask('theirs', 'GET', `/v1/orders/${order?.id}`)
  expect(text).toContain('[erased]')
  expect(text).toContain('89073')
  expect(read<{ faults: unknown[] }>(await hub.ask('theirs', 'POST', '/v1/audit/verification', {})).faults).toEqual([])
  expect((await hub.ask('theirs', 'POST', '/v1/privacy/exports', { person: asked })).status).toBe(404)
}, 60_000)

test('a replay of what was erased brings nobody back, and a message that is sent once more is still the same', async () => {
  const before = await business()
  // The last one is of somebody else.
  const body = { messages: messages.slice(0, 7), dryRun: false }
  const replay = read<{ id: string }>(await hub.ask('theirs', 'POST', '/v1/replays', body), 202)
  await eventually(
    async () => (await hub.ask('theirs', 'GET', `/v1/replays/${replay.id}`)).text,
    (text) => text.includes('"done"'),
    30_000,
  )
  await eventually(
    async () => (await hub.ask('theirs', 'GET', '/v1/accounting')).text,
    (text) => text.includes('"pending":0'),
    30_000,
  )
  expect([...(await placesOf(hub, own)).keys()].filter((place) => !place.startsWith('audit:'))).toEqual([])
  // Also whoever sends the same once more meets the identity, which stayed.
  const states = (text: string): unknown => (JSON.parse(text) as { states: unknown }[])[0]?.states
  expect(states(await business())).toBe(states(before))
}, 90_000)

test('a backup that was restored is erased again by the register, which does not say who it was', async () => {
  const register = await hub.ask('theirs', 'GET', '/v1/privacy/register')
  expect(Object.values(person).filter((word) => register.text.includes(word))).toEqual([])
  const { entries } = read<{ entries: readonly object[] }>(register)
  expect(entries).toHaveLength(1)
  await hub.rows('DELETE FROM erasure')
  for (const table of ['state', 'tracking_follower']) await hub.rows(`DELETE FROM public.${table}`)
  for (const table of ['inbox', 'fact'])
    await hub.rows(
      `UPDATE public.${table} t SET bytes = b.bytes FROM backup.${table} b WHERE b.part = t.part AND b.day = t.day AND b.first_off = t.first_off`,
    )
  for (const table of ['state', 'tracking_follower'])
    await hub.rows(`INSERT INTO public.${table} SELECT * FROM backup.${table}`)
  await hub.rows('UPDATE public.person p SET email = b.email, name = b.name FROM backup.person b WHERE b.id = p.id')
  await hub.rows('UPDATE public.effect e SET payload = b.payload FROM backup.effect b WHERE b.effect_id = e.effect_id')
  expect((await placesOf(hub, own)).size).toBeGreaterThan(5)
  const wish = { entries, reason: 'The backup of Monday was restored' }
  const answer = read<{ begun: string[]; absent: string[] }>(
    await hub.ask('theirs', 'POST', '/v1/privacy/repetitions', wish),
    202,
  )
  expect([answer.begun.length, answer.absent]).toEqual([1, []])
  await eventually(
    async () => (await hub.ask('theirs', 'GET', `/v1/privacy/erasures/${answer.begun[0]}`)).text,
    (text) => text.includes('"done"'),
    50_000,
  )
  expect([...(await placesOf(hub, own)).keys()].filter((place) => !place.startsWith('audit:'))).toEqual([])
}, 120_000)
