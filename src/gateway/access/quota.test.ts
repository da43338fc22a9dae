import { parseList } from 'structured-headers'
import { describe, expect, test } from 'vitest'
import { memoryStores } from '../../backbone/memory/stores.ts'
import type { BudgetStore } from '../../backbone/stores.ts'
import { quotas } from './quota.ts'

/** Instances of the hub on one bucket, with a clock of their own; the store answers when it is told to. */
function instances(count: number, quota: { perSecond: number; burst: number }) {
  let now = 1_000_000
  const { budgets } = memoryStores(() => now, new Map())
  const errors: unknown[] = []
  const make = (store: BudgetStore = budgets) =>
    quotas({ store, quotaOf: () => quota, now: () => now, failed: (error) => errors.push(error) })
  const hubs = Array.from({ length: count }, () => make())
  const pass = async (ms: number): Promise<void> => {
    now += ms
    await new Promise(setImmediate)
  }
  return { hubs, make, pass, errors }
}

const client = { tenant: 'main', client: 'key_1' }
const left = (answer: { readonly headers: Readonly<Record<string, string>> }): number =>
  Number(/r=(\d+)/.exec(answer.headers['ratelimit'] ?? '')?.[1])

describe('a quota', () => {
  test.each([
    { perSecond: 5, burst: 10 },
    { perSecond: 50, burst: 100 },
    { perSecond: 5000, burst: 10_000 },
  ])('of $perSecond a second is one for three instances, but for half a second of it at each', async (quota) => {
    const { hubs, pass } = instances(3, quota)
    const untold = Math.min(quota.burst, Math.max(10, Math.ceil(quota.perSecond / 2)))
    let granted = 0
    const seconds = 20
    for (let step = 0; step < seconds * 10; step++) {
      for (const hub of hubs)
        for (let n = 0; n < Math.ceil(quota.perSecond / 10) + 1; n++) if (hub.take(client).granted) granted++
      await pass(100)
    }
    const promised = quota.burst + quota.perSecond * seconds
    expect(granted).toBeLessThanOrEqual(promised + 3 * untold)
    // Nobody is held back by what the others hold in hand.
    expect(granted).toBeGreaterThan(promised * 0.9 - untold)
  })

  test('says at each instance what is left for all, and when it is whole again', async () => {
    const { hubs, pass } = instances(2, { perSecond: 10, burst: 100 })
    const [one, two] = hubs
    for (let n = 0; n < 40; n++) {
      one?.take(client)
      await pass(0)
    }
    two?.take(client)
    await pass(0)
    const answer = two?.take(client)
    expect(left(answer ?? { headers: {} })).toBeLessThanOrEqual(60)
    expect(left(answer ?? { headers: {} })).toBeGreaterThan(50)
    const [[policy, limits] = [], [name, now] = []] = ['ratelimit-policy', 'ratelimit'].map(
      (header) => parseList(String(answer?.headers[header]))[0],
    )
    expect([policy, name, limits?.get('q'), limits?.get('w')]).toEqual(['client', 'client', 100, 10])
    expect(now?.get('t')).toBe(5)
  })

  test('that is used up says when the next request is taken, and keeps its word', async () => {
    const { hubs, pass } = instances(1, { perSecond: 0.5, burst: 5 })
    const [hub] = hubs
    const answers = Array.from({ length: 8 }, () => hub?.take(client))
    expect(answers.filter((one) => one?.granted === true)).toHaveLength(5)
    await pass(0)
    const refused = hub?.take(client)
    expect(refused).toMatchObject({ granted: false, retryAfterSeconds: 2 })
    await pass(0)
    await pass(2000)
    expect(hub?.take(client).granted).toBe(true)
  })

  test('takes nothing away when the clock goes back', async () => {
    const { hubs, pass } = instances(1, { perSecond: 10, burst: 100 })
    hubs[0]?.take(client)
    await pass(0)
    const before = left(hubs[0]?.take(client) ?? { headers: {} })
    await pass(0)
    await pass(-5000)
    expect(left(hubs[0]?.take(client) ?? { headers: {} })).toBeGreaterThanOrEqual(before - 1)
  })

  test('is not filled again by a restart', async () => {
    const { hubs, make, pass } = instances(1, { perSecond: 1, burst: 100 })
    for (let n = 0; n < 200; n++) {
      hubs[0]?.take(client)
      await pass(0)
    }
    const restarted = make()
    let granted = 0
    for (let n = 0; n < 100; n++) {
      if (restarted.take(client).granted) granted++
      await pass(0)
    }
    expect(granted).toBeLessThanOrEqual(10)
  })

  test('goes on by what was known while the database is away, and not for ever', async () => {
    const { make, pass, errors } = instances(0, { perSecond: 10, burst: 20 })
    const hub = make({
      take: () => Promise.reject(new Error('away')),
      read: async () => [],
      hold: async () => {},
      trim: async () => 0,
    })
    let granted = 0
    for (let n = 0; n < 100; n++) {
      if (hub.take(client).granted) granted++
      await pass(10)
    }
    expect(errors.length).toBeGreaterThan(0)
    expect(granted).toBe(10)
  })
})
