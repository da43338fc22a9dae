import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Stores } from '../stores.ts'
import type { Harness, OpenHarness } from './rows.contract.ts'

/** What is promised about the small stores. */
export function storesContract(open: OpenHarness): void {
  describe('stores', () => {
    let harness: Harness
    let stores: Stores
    beforeEach(async () => {
      harness = await open()
      stores = harness.backbone.stores
    })
    afterEach(() => harness.close())

    test('a cursor only moves forward, unless somebody rewinds it', async () => {
      const { cursors } = stores
      const cursor = (partition: number, offset: number, subscriber = 'shop') => ({ subscriber, partition, offset })
      await cursors.save([cursor(0, 5), cursor(1, -1), cursor(0, 7), cursor(0, 9, 'portal')])
      await cursors.save([cursor(0, 6), cursor(1, 3)])
      expect(await cursors.load('shop')).toEqual([cursor(0, 7), cursor(1, 3)])
      await cursors.reset(cursor(0, 2))
      expect(await cursors.load('shop')).toEqual([cursor(0, 2), cursor(1, 3)])
      await cursors.remove('shop')
      expect(await cursors.load('shop')).toEqual([])
      expect(await cursors.load('portal')).toEqual([cursor(0, 9, 'portal')])
    })

    test('a subscription is changed only on top of what was read', async () => {
      const { subscriptions } = stores
      const body = { url: 'https://example.test', secrets: ['s'] }
      expect(await subscriptions.create({ id: 'sub_1', tenant: 'acme', body })).toBe(true)
      expect(await subscriptions.create({ id: 'sub_1', tenant: 'acme', body: {} })).toBe(false)
      await subscriptions.create({ id: 'sub_2', tenant: 'umbrella', body })
      expect(await subscriptions.get('sub_1')).toMatchObject({ id: 'sub_1', tenant: 'acme', body, version: 1 })
      expect(await subscriptions.change('sub_1', 1, { url: 'x' })).toMatchObject({ version: 2, body: { url: 'x' } })
      expect(await subscriptions.change('sub_1', 1, { url: 'y' })).toBeUndefined()
      expect((await subscriptions.list({ limit: 10 })).map(({ id }) => id)).toEqual(['sub_1', 'sub_2'])
      expect((await subscriptions.list({ tenant: 'umbrella', limit: 10 })).map(({ id }) => id)).toEqual(['sub_2'])
      expect((await subscriptions.list({ after: 'sub_1', limit: 10 })).map(({ id }) => id)).toEqual(['sub_2'])
      expect(await subscriptions.remove('sub_1')).toBe(true)
      expect(await subscriptions.remove('sub_1')).toBe(false)
      expect(await subscriptions.get('sub_1')).toBeUndefined()
    })

    test('a key is found by the hash of its secret, also when it is revoked', async () => {
      const { keys } = stores
      const key = { id: 'key_1', tenant: 'acme', name: 'ERP', hash: 'ab12', scopes: ['inbound:write', 'facts:read'] }
      expect(await keys.create(key)).toBe(true)
      expect(await keys.create({ ...key, id: 'key_2' })).toBe(false)
      expect(await keys.create({ ...key, hash: 'cd34' })).toBe(false)
      await keys.create({ ...key, id: 'key_3', hash: 'ef56', expiresAt: 5 })
      expect(await keys.byHash('ab12')).toMatchObject(key)
      expect(await keys.byHash('none')).toBeUndefined()
      await keys.touch(['key_1'])
      expect((await keys.byHash('ab12'))?.lastUsedAt).toBeDefined()
      const acme = { tenant: 'acme' }
      expect(await keys.get(acme, 'key_1')).toMatchObject(key)
      expect(await keys.get({ tenant: 'somebody else' }, 'key_1')).toBeUndefined()
      expect(await keys.get({ ...acme, partner: 'harbor' }, 'key_1')).toBeUndefined()
      expect(await keys.expire({ ...acme, partner: 'harbor' }, 'key_1', 900)).toBe(false)
      expect(await keys.expire(acme, 'key_1', 900)).toBe(true)
      // Never later than it would have ended anyway.
      expect(await keys.expire(acme, 'key_1', 1000)).toBe(true)
      expect((await keys.get(acme, 'key_1'))?.expiresAt).toBe(900)
      expect(await keys.revoke({ tenant: 'somebody else' }, 'key_1')).toBe(false)
      expect(await keys.revoke({ tenant: 'acme', partner: 'harbor' }, 'key_1')).toBe(false)
      expect(await keys.revoke({ tenant: 'acme' }, 'key_1')).toBe(true)
      expect(await keys.revoke({ tenant: 'acme' }, 'key_1')).toBe(false)
      expect((await keys.byHash('ab12'))?.revokedAt).toBeDefined()
      expect((await keys.list({ limit: 10 })).map(({ id, expiresAt }) => [id, expiresAt])).toEqual([
        ['key_1', 900],
        ['key_3', 5],
      ])
      await keys.create({ ...key, id: 'key_4', hash: '1234', partner: 'harbor' })
      const own = await keys.list({ tenant: 'acme', partner: 'harbor', limit: 10 })
      expect(own.map(({ id, partner }) => [id, partner])).toEqual([['key_4', 'harbor']])
    })

    test('the first answer to an idempotency key is given again, and another request with it is refused', async () => {
      const { answers } = stores
      const key = { tenant: 'acme', client: 'shop', route: 'POST /v1/inbound', key: 'k1' }
      const begin = (fingerprint: string) =>
        answers.begin(key, { fingerprint, seed: `seed of ${fingerprint}`, holdSeconds: 30 })
      expect(await begin('f1')).toEqual({ outcome: 'begun', seed: 'seed of f1' })
      expect(await begin('f1')).toEqual({ outcome: 'running' })
      expect(await begin('f2')).toEqual({ outcome: 'mismatch' })
      const answer = { status: 202, headers: { location: '/v1/messages/msg_0-0' }, body: '{}' }
      await answers.finish(key, answer)
      expect(await begin('f1')).toEqual({ outcome: 'answered', answer })
      expect(await begin('f2')).toEqual({ outcome: 'mismatch' })
      const other = { fingerprint: 'f2', seed: 's', holdSeconds: 30 }
      expect(await answers.begin({ ...key, client: 'other' }, other)).toEqual({ outcome: 'begun', seed: 's' })
      await answers.abandon(key)
      expect(await begin('f1')).toEqual({ outcome: 'answered', answer })
      await harness.pass(3_600_000)
      expect(await begin('f1')).toEqual({ outcome: 'answered', answer })
      expect(await answers.trim((await harness.now()) - 60_000, 10)).toBe(2)
      expect(await begin('f2')).toEqual({ outcome: 'begun', seed: 'seed of f2' })
    })

    test('work that was begun and forgotten may be begun again', async () => {
      const { answers } = stores
      const key = { tenant: 'acme', client: 'shop', route: 'r', key: 'k1' }
      const begin = (fingerprint: string, seed: string) => answers.begin(key, { fingerprint, seed, holdSeconds: 30 })
      await begin('f1', 's1')
      await answers.abandon(key)
      // What it made before it failed is met again: the seed is the first one.
      expect(await begin('f1', 's2')).toEqual({ outcome: 'begun', seed: 's1' })
      await harness.pass(31_000)
      expect(await begin('f2', 's3')).toEqual({ outcome: 'mismatch' })
      expect(await begin('f1', 's4')).toEqual({ outcome: 'begun', seed: 's1' })
    })

    test('a budget that nobody has used for long is forgotten, and full; one that is held is not', async () => {
      const { budgets } = stores
      const budget = { capacity: 2, refillPerSecond: 1 }
      for (const name of ['guest 1', 'guest 2', 'used']) await budgets.take(name, budget, 2)
      await budgets.hold('held', (await harness.now()) + 3_600_000)
      await harness.pass(60_000)
      await budgets.take('used', budget, 1)
      const since = (await harness.now()) - 30_000
      expect([await budgets.trim(since, 1), await budgets.trim(since, 10), await budgets.trim(since, 10)]).toEqual([
        1, 1, 0,
      ])
      expect((await budgets.take('guest 1', budget, 5)).granted).toBe(2)
      expect((await budgets.take('held', budget, 1)).granted).toBe(0)
    })

    test('a budget is shared, refills with time and waits when it is told to', async () => {
      const { budgets } = stores
      const budget = { capacity: 10, refillPerSecond: 0.01 }
      expect(await budgets.take('erp', budget, 4)).toEqual({ granted: 4, waitMs: 0, left: 6 })
      const two = await Promise.all([budgets.take('erp', budget, 4), budgets.take('erp', budget, 4)])
      expect(two.map(({ granted }) => granted).toSorted((a, b) => a - b)).toEqual([2, 4])
      const empty = await budgets.take('erp', budget, 1)
      expect(empty.granted).toBe(0)
      expect(empty.waitMs).toBeGreaterThan(90_000)
      await harness.pass(250_000)
      expect((await budgets.take('erp', budget, 5)).granted).toBe(2)
      await harness.pass(10_000_000)
      await budgets.hold('erp', (await harness.now()) + 60_000)
      const held = await budgets.take('erp', budget, 5)
      expect(held.granted).toBe(0)
      expect(held.waitMs).toBeGreaterThan(50_000)
      await harness.pass(61_000)
      expect((await budgets.take('erp', budget, 50)).granted).toBe(10)
    })

    test('a budget can be looked at without taking anything; one that nobody has used is not there', async () => {
      const { budgets } = stores
      await budgets.take('shop', { capacity: 10, refillPerSecond: 1 }, 4)
      const [read, ...others] = await budgets.read(['shop', 'nobody'])
      expect(others).toEqual([])
      expect(read).toMatchObject({ name: 'shop', left: 6 })
      expect(Math.abs((read?.at ?? 0) - (await harness.now()))).toBeLessThan(60_000)
      expect(await budgets.read(['shop'])).toEqual([read])
    })

    test('a job is done by one worker at a time, survives it, and can be cancelled', async () => {
      const { jobs } = stores
      const job = await jobs.create({ id: 'job_1', tenant: 'acme', kind: 'replay', spec: { since: 1 } })
      expect(job).toMatchObject({ id: 'job_1', state: 'queued', spec: { since: 1 }, progress: null })
      expect(await jobs.create({ id: 'job_1', tenant: 'acme', kind: 'replay', spec: { since: 2 } })).toMatchObject({
        spec: { since: 1 },
      })
      await jobs.create({ id: 'job_2', tenant: 'acme', kind: 'replay', spec: {} })
      const first = await jobs.claim('replay', 'node-1', 30)
      expect(first).toMatchObject({ id: 'job_1', state: 'running', claimEpoch: 1 })
      expect(await jobs.claim('export', 'node-2', 30)).toBeUndefined()
      expect(await jobs.save('job_1', 1, { progress: { done: 5 }, seconds: 30 })).toBe(true)
      await harness.pass(31_000)
      expect(await jobs.claim('replay', 'node-2', 30)).toMatchObject({
        id: 'job_1',
        claimEpoch: 2,
        progress: { done: 5 },
      })
      expect(await jobs.save('job_1', 1, { progress: {}, seconds: 30 })).toBe(false)
      expect(await jobs.finish('job_1', 1, { state: 'done', progress: {} })).toBe(false)
      expect(await jobs.finish('job_1', 2, { state: 'done', progress: { done: 9 } })).toBe(true)
      expect(await jobs.claim('replay', 'node-2', 30)).toMatchObject({ id: 'job_2' })
      expect(await jobs.cancel('job_2')).toBe(true)
      expect(await jobs.cancel('job_1')).toBe(false)
      expect(await jobs.save('job_2', 1, { progress: {}, seconds: 30 })).toBe(false)
      expect((await jobs.list({ kind: 'replay', limit: 10 })).map(({ id, state }) => [id, state])).toEqual([
        ['job_2', 'cancelled'],
        ['job_1', 'done'],
      ])
      expect(await jobs.get('job_1')).toMatchObject({ progress: { done: 9 } })
    })

    test('jobs are paused and go on where they were, and keep what they could not do', async () => {
      const { jobs } = stores
      await jobs.create({ id: 'job_p', tenant: 'acme', kind: 'paused', spec: {} })
      const [made] = await jobs.list({ kind: 'paused', limit: 1 })
      await jobs.create({ id: 'job_q', tenant: 'acme', kind: 'paused', spec: {} })
      expect(await jobs.resume('job_p')).toBe(false)
      await jobs.claim('paused', 'node-1', 30)
      await jobs.save('job_p', 1, { progress: { done: 5 }, seconds: 30 })
      const failures = ['b', 'a', 'c'].map((item) => ({ item, code: 'MAP_FAILED', detail: `of ${item}` }))
      await jobs.fail('job_p', failures)
      expect(await jobs.pause('job_p')).toBe(true)
      // Whoever worked on it hears of it, and nobody else begins.
      expect(await jobs.save('job_p', 1, { progress: { done: 6 }, seconds: 30 })).toBe(false)
      await jobs.fail('job_p', [{ item: 'a', code: 'INTERNAL', detail: 'again' }])
      expect(await jobs.claim('paused', 'node-2', 30)).toMatchObject({ id: 'job_q' })
      expect(await jobs.list({ kind: 'paused', state: 'paused', limit: 9 })).toMatchObject([{ id: 'job_p' }])
      expect(await jobs.resume('job_p')).toBe(true)
      expect(await jobs.claim('paused', 'node-2', 30)).toMatchObject({ id: 'job_p', progress: { done: 5 } })
      expect(await jobs.pause('job_p')).toBe(true)
      expect(await jobs.cancel('job_p')).toBe(true)
      expect(await jobs.resume('job_p')).toBe(false)
      expect(await jobs.failures('job_p', { limit: 2 })).toEqual([failures[1], failures[0]])
      expect(await jobs.failures('job_p', { after: 'b', limit: 2 })).toEqual([failures[2]])
      expect(await jobs.list({ kind: 'paused', before: (made?.number ?? 0) + 1, limit: 9 })).toMatchObject([
        { id: 'job_p' },
      ])
    })

    test('intake counters add up per connection and day', async () => {
      const { intake } = stores
      const count = (day: string, accepted: number, duplicate = 0) => ({
        tenant: 'acme',
        connection: 'carrier',
        day,
        accepted,
        duplicate,
        conflict: 0,
        refused: 0,
      })
      await intake.add([count('2026-01-01', 2), count('2026-01-02', 1), count('2026-01-01', 3, 1)])
      await intake.add([count('2026-01-01', 5), { ...count('2026-01-01', 1), connection: 'other' }])
      expect(await intake.read({ connection: 'carrier', since: '2026-01-01', until: '2026-01-01' })).toEqual([
        count('2026-01-01', 10, 1),
      ])
      expect(await intake.read({ tenant: 'acme', since: '2026-01-02', until: '2026-12-31' })).toEqual([
        count('2026-01-02', 1),
      ])
      expect(await intake.read({ tenant: 'umbrella', since: '2026-01-01', until: '2026-12-31' })).toEqual([])
    })
  })
}
