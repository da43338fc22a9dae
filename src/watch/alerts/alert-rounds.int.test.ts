import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { testDatabase } from '../../../test/postgres/database.ts'
import type { CheckAnswer } from '../check-store.ts'
import { type AlertNews, AlertRounds } from './alert-rounds.ts'
import { AlertStore } from './alert-store.ts'
import type { AlertRule } from './rule.ts'

const minute = 60_000
const start = Date.parse('2026-04-10T12:00:00Z')
let pool: pg.Pool
let store: AlertStore
let clock: number
let answer: CheckAnswer | undefined
let rules: readonly AlertRule[]
let told: AlertNews[]
let isMailDown: boolean
const failures: string[] = []

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: await testDatabase(), max: 2 })
  store = new AlertStore(pool)
})
afterAll(() => pool.end())
beforeEach(async () => {
  await pool.query('TRUNCATE alert_standing, alert_firing')
  ;[clock, told, isMailDown, rules] = [start, [], false, [rule()]]
})

const rule = (more: Partial<AlertRule> = {}): AlertRule => ({
  ...{ id: 'alr_1', tenant: 'main', version: 1, updatedAt: 0, name: 'Postings stuck', check: 'postings-blocked' },
  ...{ condition: 'value > 10', severity: 'critical', holdMinutes: 5, clearMinutes: 10, repeatHours: 0, route: [] },
  ...more,
})

/** A hub that has just started: nothing is remembered but by the database. */
function hub(): AlertRounds {
  return new AlertRounds({
    ...{ rules: async () => rules, store, now: () => clock },
    checks: { latest: async () => (answer === undefined ? [] : [answer]) },
    tell: async (news) => {
      if (isMailDown) throw new Error('intake is closed')
      told.push(news)
    },
    failed: (id, error) => failures.push(`${id} ${String(error)}`),
    pageSize: 2,
  })
}

/** Answers minute by minute, each seen by a hub of its own. */
async function goOn(minutes: number, value: number | undefined): Promise<void> {
  for (let i = 0; i < minutes; i++) {
    clock += minute
    answer = {
      ...{ tenant: 'main', check: 'postings-blocked', at: clock, since: start, breakdown: [] },
      state: value === undefined ? 'unknown' : value > 10 ? 'red' : 'green',
      ...(value === undefined ? {} : { value }),
    }
    await hub().round()
  }
}
const kinds = (): readonly string[] => told.map(({ kind, n }) => `${kind} ${n}`)

test('fires after it was bad for long enough, is told once however often the hub starts, and is over', async () => {
  await goOn(5, 12)
  expect(kinds()).toEqual([])
  await goOn(20, 12)
  expect(kinds()).toEqual(['fired 0'])
  expect(await store.list({ tenant: 'main', isOpen: true, limit: 10 })).toMatchObject([
    { rule: 'alr_1', value: 12, told: 1, firedAt: start + 6 * minute, wish: { name: 'Postings stuck' } },
  ])
  await goOn(30, 1)
  expect(kinds()).toEqual(['fired 0', 'resolved 1'])
  expect(await store.list({ tenant: 'main', isOpen: true, limit: 10 })).toEqual([])
  expect(await store.list({ tenant: 'other', limit: 10 })).toEqual([])
})

test('what swings is one alert', async () => {
  for (let i = 0; i < 6; i++) {
    await goOn(6, 12)
    await goOn(5, 1)
  }
  expect(kinds()).toEqual(['fired 0'])
})

test('what nobody knows ends nothing', async () => {
  await goOn(8, 12)
  await goOn(40, undefined)
  expect(kinds()).toEqual(['fired 0'])
  expect(await store.list({ tenant: 'main', isOpen: true, limit: 10 })).toHaveLength(1)
})

test('is told again while it fires, where somebody wants that', async () => {
  rules = [rule({ repeatHours: 1 })]
  await goOn(130, 12)
  expect(kinds()).toEqual(['fired 0', 'repeated 1', 'repeated 2'])
})

test('is told to nobody while it is muted, and as soon as it is not; the end of what nobody heard is told to nobody', async () => {
  rules = [rule({ muted: { until: start + 20 * minute, reason: 'stocktaking', by: 'ada' } })]
  await goOn(15, 12)
  expect(kinds()).toEqual([])
  await goOn(6, 12)
  expect(kinds()).toEqual(['fired 0'])
  await goOn(20, 1)
  rules = [rule({ muted: { until: clock + 600 * minute, reason: 'stocktaking', by: 'ada' } })]
  await goOn(10, 12)
  await goOn(20, 1)
  expect(kinds()).toEqual(['fired 0', 'resolved 1'])
})

test('what could not be handed on is handed on later, and nothing is lost', async () => {
  isMailDown = true
  await goOn(10, 12)
  expect(failures.at(-1)).toBe('alr_1 Error: intake is closed')
  isMailDown = false
  await goOn(1, 12)
  expect(kinds()).toEqual(['fired 0'])
})

test('two hubs that judge at the same moment open one alert', async () => {
  await goOn(5, 12)
  clock += 2 * minute
  await Promise.all([hub().round(), hub().round()])
  expect(await store.list({ tenant: 'main', limit: 10 })).toHaveLength(1)
  // Both say the same news: the message has the same identity, so that it is one.
  expect(new Set(told.map(({ firing, kind, n }) => `${firing.id} ${kind} ${n}`)).size).toBe(1)
})

test('however much fires, the newest is told, too', async () => {
  rules = ['alr_1', 'alr_2', 'alr_3', 'alr_4', 'alr_5'].map((id) => rule({ id }))
  await goOn(10, 12)
  expect(told.map(({ firing }) => firing.rule).toSorted()).toEqual(['alr_1', 'alr_2', 'alr_3', 'alr_4', 'alr_5'])
})

test('a rule that is removed leaves nothing that fires', async () => {
  await goOn(10, 12)
  rules = []
  await goOn(1, 12)
  expect(await store.list({ tenant: 'main', isOpen: true, limit: 10 })).toEqual([])
  expect((await store.standings()).size).toBe(0)
  await store.trim(clock + minute)
  expect(await store.list({ tenant: 'main', limit: 10 })).toEqual([])
})

test('is listed page by page, the newest first', async () => {
  for (let i = 0; i < 3; i++) {
    await goOn(8, 12)
    await goOn(15, 1)
  }
  const [first] = await store.list({ tenant: 'main', limit: 1 })
  const rest = await store.list({ tenant: 'main', limit: 5, ...(first === undefined ? {} : { after: first.position }) })
  expect(rest).toHaveLength(2)
  expect(rest.map(({ id }) => id)).not.toContain(first?.id)
})
