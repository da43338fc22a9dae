import { describe, expect, test } from 'vitest'
import { Gather } from './gather.ts'

/** Runs that end when the test says so. */
function runs() {
  const started: { readonly items: readonly number[]; readonly end: () => void }[] = []
  const run = async (items: readonly number[]): Promise<readonly string[]> => {
    const { promise, resolve } = Promise.withResolvers<undefined>()
    started.push({ items, end: () => resolve(undefined) })
    await promise
    return items.map((item) => `r${item}`)
  }
  return { started, run }
}

/** Lets everything happen that needs no further event. */
async function settled(): Promise<void> {
  for (let n = 0; n < 20; n++) await Promise.resolve()
}

describe('group commit', () => {
  test('gives everybody the result of his own item, in one run', async () => {
    const seen: (readonly number[])[] = []
    const gather = new Gather(
      (items: readonly number[]) => {
        seen.push(items)
        return Promise.resolve(items.map((item) => item * 10))
      },
      { itemsMax: 100 },
    )
    expect(await Promise.all([1, 2, 3].map((item) => gather.add(item)))).toEqual([10, 20, 30])
    expect(seen).toEqual([[1, 2, 3]])
  })

  test('lets what comes during a run share the next one', async () => {
    const { started, run } = runs()
    const gather = new Gather(run, { itemsMax: 100 })
    const first = gather.add(1)
    await settled()
    const later = [gather.add(2), gather.add(3)]
    await settled()
    expect(started.map(({ items }) => items)).toEqual([[1]])
    started[0]?.end()
    expect(await first).toBe('r1')
    await settled()
    expect(started.map(({ items }) => items)).toEqual([[1], [2, 3]])
    started[1]?.end()
    expect(await Promise.all(later)).toEqual(['r2', 'r3'])
  })

  test('holds no more items in a run, and no more runs at once, than allowed', async () => {
    const { started, run } = runs()
    const gather = new Gather(run, { itemsMax: 2, runsMax: 2 })
    const all = [1, 2, 3, 4, 5].map((item) => gather.add(item))
    await settled()
    expect(started.map(({ items }) => items)).toEqual([
      [1, 2],
      [3, 4],
    ])
    started[0]?.end()
    await settled()
    expect(started[2]?.items).toEqual([5])
    for (const one of started) one.end()
    expect(await Promise.all(all)).toEqual(['r1', 'r2', 'r3', 'r4', 'r5'])
  })

  test('fails those of a run that failed, and goes on with the next', async () => {
    let fails = true
    const gather = new Gather(
      (items: readonly number[]) => {
        if (!fails) return Promise.resolve(items)
        fails = false
        return Promise.reject(new Error('connection lost'))
      },
      { itemsMax: 2 },
    )
    const outcomes = await Promise.allSettled([1, 2, 3].map((item) => gather.add(item)))
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled'])
  })

  test('never leaves anybody waiting for a result that is missing', async () => {
    const gather = new Gather((items: readonly number[]) => Promise.resolve(items.slice(0, 1)), { itemsMax: 9 })
    const [first, second] = await Promise.allSettled([gather.add(1), gather.add(2)])
    expect(first).toEqual({ status: 'fulfilled', value: 1 })
    expect(second).toMatchObject({ status: 'rejected', reason: { message: 'a result is missing' } })
  })
})
