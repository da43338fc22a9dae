import { expect, test } from 'vitest'
import type { CodeEntry, CodeRegistry } from '../../registry/codes.ts'
import { CodeCache } from './code-cache.ts'

const bounds = { entriesMax: 2, charactersMax: 10_000 }
const meaning = (canonical: string): CodeEntry => ({
  mappings: [{ canonical, isFallback: false }],
  isCanonical: false,
  generation: 0,
})

/** Answers only what the test lets it answer. */
class SlowRegistry implements Pick<CodeRegistry, 'find' | 'revision'> {
  readonly revisions: PromiseWithResolvers<number>[] = []
  readonly finds: { readonly keys: readonly string[]; readonly answer: (prefix: string) => void }[] = []

  revision(): Promise<number> {
    const asked = Promise.withResolvers<number>()
    this.revisions.push(asked)
    return asked.promise
  }

  find(keys: readonly string[]): Promise<ReadonlyMap<string, CodeEntry>> {
    const asked = Promise.withResolvers<ReadonlyMap<string, CodeEntry>>()
    const answer = (prefix: string): void =>
      asked.resolve(new Map(keys.map((key) => [key, meaning(`${prefix}${key}`)])))
    this.finds.push({ keys, answer })
    return asked.promise
  }
}

function started(): { readonly registry: SlowRegistry; readonly cache: CodeCache } {
  const registry = new SlowRegistry()
  return { registry, cache: new CodeCache(registry as unknown as CodeRegistry, { mono: () => 0, bounds }) }
}

test('nobody is told that there are no translations while somebody else still asks', async () => {
  const { registry, cache } = started()
  const both = Promise.all([cache.hasAny(), cache.hasAny()])
  registry.revisions[0]?.resolve(7)
  expect(await both).toEqual([true, true])
  expect(registry.revisions).toHaveLength(1)
})

test('a question that failed is an error for everybody who waits for it, and is asked again', async () => {
  const { registry, cache } = started()
  const both = [cache.hasAny(), cache.hasAny()]
  registry.revisions[0]?.reject(new Error('no connection'))
  expect((await Promise.allSettled(both)).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  const again = cache.hasAny()
  registry.revisions[1]?.resolve(7)
  expect(await again).toBe(true)
})

test('what is needed together is there together, even if master data changes or others push it out meanwhile', async () => {
  const { registry, cache } = started()
  const first = cache.load(['A'])
  registry.finds[0]?.answer('old ')
  await first
  const needed = cache.load(['A', 'B', 'C'])
  expect(registry.finds[1]?.keys).toEqual(['B', 'C'])
  cache.clear()
  registry.finds[1]?.answer('old ')
  while (registry.finds.length < 3) await Promise.resolve()
  expect(registry.finds[2]?.keys).toEqual(['A', 'B', 'C'])
  registry.finds[2]?.answer('new ')
  const canonical = [...(await needed)].map(([key, { mappings }]) => [key, mappings[0]?.canonical])
  expect(canonical).toEqual([
    ['A', 'new A'],
    ['B', 'new B'],
    ['C', 'new C'],
  ])
})
