import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../test/postgres/database.ts'
import { MasterData } from '../registry/master-data.ts'
import { saveShipments } from '../views/shipments.ts'
import { CheckRounds, type CheckSettings } from './check-rounds.ts'
import { foundRows } from './check-rows.ts'
import { type CheckAnswer, CheckStore } from './check-store.ts'
import { checks } from './checks/all.ts'
import type { Check } from './checks/check.ts'
import type { CheckWorld } from './checks/world.ts'

const hour = 3_600_000
const now = Date.parse('2026-04-10T12:00:00Z')
let pool: pg.Pool
let store: CheckStore
let world: CheckWorld
const policy = new Map<string, CheckSettings>()
const failures: string[] = []
let tick = 0

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: await testDatabase(), max: 2 })
  store = new CheckStore(pool)
  world = {
    pool,
    tenants: async () => ['main', 'other'],
    feeds: () => [
      { tenant: 'main', connection: 'dhl', kind: 'carrier', partner: '', quietDays: 0 },
      { tenant: 'main', connection: 'wms', kind: 'wms', partner: 'acme', quietDays: 2 },
    ],
    certificates: () => [],
    unaccounted: async () => 3,
    violations: () => [],
    compared: () => [],
  }
})
afterAll(() => pool.end())

function rounds(more: Partial<ConstructorParameters<typeof CheckRounds>[0]> = {}): CheckRounds {
  return new CheckRounds({
    ...{ checks, world, store, now: () => now + ++tick, mono: () => performance.now() },
    policy: (tenant, check) => policy.get(`${tenant} ${check}`),
    failed: (check, error) => failures.push(`${check}: ${String(error)}`),
    ...more,
  })
}

const check = (id: string): Check => checks.find((one) => one.id === id) as Check
async function answer(id: string, tenant = 'main'): Promise<CheckAnswer | undefined> {
  await rounds().ask(check(id))
  return (await store.latest(tenant)).find((one) => one.check === id)
}

const shipment = (id: string, more: object = {}) => ({
  ...{ id, tenant: 'main', version: 1, status: 'in_transit', carrier: 'DHL', trackingNumber: '', eta: '' },
  ...{ exceptions: [], mergedInto: '', updatedAt: '2026-04-10T11:00:00Z', beganAt: '2026-04-10T06:00:00Z' },
  ...{ exceptionAt: '', gaps: [], pickedUpAt: '', pickedUpHeardAt: '', deliveredAt: '', deliveredHeardAt: '' },
  ...more,
})

test('every check can be answered before anything has happened, and none of them calls the unknown zero', async () => {
  await rounds({ mono: () => 0 }).round()
  const answers = await store.latest('main')
  expect(failures).toEqual([])
  expect(answers.map((one) => one.check)).toEqual(checks.map(({ id }) => id))
  const known = answers.filter(({ value }) => value !== undefined)
  expect(known.map((one) => `${one.check} ${one.value}`)).toEqual([
    ...['codes-unmapped 0', 'messages-parked 0', 'messages-unaccounted 3', 'promises-broken 0', 'tasks-overdue 0'],
  ])
  expect(answers.filter(({ value }) => value === undefined).every(({ state }) => state === 'unknown')).toBe(true)
})

test('every row that a check can show is asked without a fault', async () => {
  for (const one of checks)
    expect(await foundRows(one, world, { tenant: 'nobody', labels: {}, now, graceMinutes: 0, limit: 5 })).toEqual(
      one.id === 'messages-unaccounted' ? [expect.objectContaining({ object: 'accounting' })] : [],
    )
})

test('what is too young does not count, and a tenant may say otherwise', async () => {
  await saveShipments(pool, [
    shipment('shp_1'),
    shipment('shp_2', { carrier: 'UPS', beganAt: '2026-04-10T11:30:00Z' }),
    shipment('shp_3', { trackingNumber: '1Z' }),
    shipment('shp_4', { tenant: 'other' }),
    shipment('shp_5', { status: 'delivered' }),
  ])
  expect(await answer('shipments-without-tracking')).toMatchObject({
    ...{ value: 1, asked: 3, state: 'amber' },
    breakdown: [{ labels: { carrier: 'DHL' }, value: 1 }],
  })
  policy.set('main shipments-without-tracking', { graceMinutes: 10, red: 2 })
  expect(await answer('shipments-without-tracking')).toMatchObject({ value: 2, state: 'red' })
  expect((await store.latest('other')).find((one) => one.check === 'shipments-without-tracking')?.value).toBe(1)
})

test('the rows behind a figure are as many as the figure, page by page, and only of the tenant', async () => {
  const scope = { tenant: 'main', labels: {}, now, graceMinutes: 10 }
  const [first] = await foundRows(check('shipments-without-tracking'), world, { ...scope, limit: 1 })
  expect(first).toMatchObject({ object: 'shp_1', page: '/shipments', labels: { carrier: 'DHL' } })
  const rest = await foundRows(check('shipments-without-tracking'), world, {
    ...{ ...scope, limit: 10, after: first?.position ?? '' },
  })
  expect(rest.map(({ object }) => object)).toEqual(['shp_2'])
  const ups = { ...scope, labels: { carrier: 'UPS' }, limit: 10 }
  expect(await foundRows(check('shipments-without-tracking'), world, ups)).toMatchObject([{ object: 'shp_2' }])
})

test('how late the books are is said by warehouse, carrier and region', async () => {
  await new MasterData(pool).write({
    ...{ tenant: 'main', kind: 'locations', actor: 'somebody', source: 'api' },
    rows: [{ code: 'DC1', address: { lines: ['Portowa 1'], city: 'Gdynia', country: 'PL' } }],
  })
  await pool.query(`
    INSERT INTO effect (effect_id, lane_id, seq, tenant, natural_key, target, key, command, external_reference, payload, class, priority, causation, correlation, trace, created_at, updated_at)
      VALUES ('eff_late', 'l', 0, 'main', 'n', 'sap', 'DN1', 'post_goods_issue', 'r', '{}', 'realtime', 1, '', '', '', ${now - hour}, ${now - hour});
    INSERT INTO view_document (id, tenant, entity, version, number, status, placed_at, due_at, updated_at, merged_into, names, mentions, parties, locations, carriers, exceptions)
      VALUES ('dlv_late', 'main', 'delivery', 1, 'DN1', 'shipped', now(), 'infinity', now(), '', '{dlv_late}', '{}', '{}', '{DC1}', '{DHL}', '{}');
    INSERT INTO view_posting (tenant, name, effect, command, target, books) VALUES ('main', 'dlv_late', 'eff_late', 'post_goods_issue', 'sap', true)`)
  expect((await answer('posting-lag'))?.breakdown).toMatchObject([
    { labels: { warehouse: 'DC1', carrier: 'DHL', region: 'PL' } },
  ])
})

test('a feed is stale when it is silent for longer than it ever was, and one without a pace is unknown', async () => {
  const heard = async (connection: string, daysAgo: readonly number[]): Promise<void> => {
    for (const days of daysAgo)
      await pool.query(
        `INSERT INTO intake_count (tenant, connection, day, accepted, last_at) VALUES ('main', $1, to_timestamp($2::bigint / 1000)::date, 5, $2)`,
        [connection, now - days * 24 * hour],
      )
  }
  await heard('dhl', [12, 11, 9, 8])
  expect(await answer('stale-feeds')).toMatchObject({ state: 'unknown' })
  await heard('dhl', [6])
  expect(await answer('stale-feeds')).toMatchObject({ value: 1, asked: 1 })
  await heard('dhl', [2])
  // The longest pause was four days; so two days of silence are nothing.
  expect(await answer('stale-feeds')).toMatchObject({ value: 0, asked: 1, state: 'green' })
  await heard('wms', [3])
  expect(await answer('stale-feeds')).toMatchObject({
    ...{ value: 1, asked: 2 },
    breakdown: [{ labels: { kind: 'wms', connection: 'wms' }, value: 1 }],
  })
})

test('what concerns the hub is seen by every tenant', async () => {
  await rounds().ask(check('messages-unaccounted'))
  for (const tenant of ['main', 'other'])
    expect((await store.latest(tenant)).find((one) => one.check === 'messages-unaccounted')).toMatchObject({
      ...{ tenant: '*', value: 3, state: 'red' },
    })
})

test('a check that fails says so, keeps the others going, and is not zero', async () => {
  const broken = { ...world, unaccounted: () => Promise.reject(new Error('away')) }
  await rounds({ world: broken }).ask(check('messages-unaccounted'))
  expect(failures.splice(0)).toEqual(['messages-unaccounted: Error: away'])
  const failed = (await store.latest('main')).filter(
    (one) => one.check === 'messages-unaccounted' && one.tenant === 'main',
  )
  expect(failed).toMatchObject([{ state: 'failed' }])
  expect(failed[0]?.value).toBeUndefined()
})

test('the past is kept when it changes, and every quarter of an hour when it does not', async () => {
  const ask = (minute: number, value: number) =>
    store.save('postings-pending', now + minute * 60_000, [{ tenant: 'third', value, state: 'green', breakdown: [] }])
  for (const [minute, value] of [
    [1, 4],
    [2, 4],
    [3, 5],
    [4, 5],
    [10, 5],
    [19, 5],
    [20, 4],
  ] as const)
    await ask(minute, value)
  const past = await store.history('third', 'postings-pending', now + 60_000)
  expect(past.map(({ at, value }) => [(at - now) / 60_000, value])).toEqual([
    [1, 4],
    [3, 5],
    [19, 5],
    [20, 4],
  ])
  // What comes late changes nothing.
  await ask(5, 9)
  expect((await store.latest('third')).find((one) => one.check === 'postings-pending')?.value).toBe(4)
  expect(await store.trim(now + 5 * 60_000)).toBeGreaterThan(1)
  expect((await store.history('third', 'postings-pending', now)).map(({ value }) => value)).toEqual([5, 4])
})

test('checks together take no more of the database than their share', async () => {
  let clock = 0
  const asked: string[] = []
  const slow = { save: async (id: string) => void (asked.push(id), (clock += 1000)) }
  const loop = rounds({ store: slow, mono: () => clock })
  await loop.round()
  expect(asked.length).toBe(3)
  clock += 10_000
  await loop.round()
  expect(asked.length).toBe(4)
  clock += 400_000
  await loop.round()
  // Those that were never asked come first.
  expect(new Set(asked).size).toBe(asked.length)
})
