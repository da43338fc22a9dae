import { expect, test } from 'vitest'
import type { State } from '../../backbone/step.ts'
import { CommittedStates } from './committed-states.ts'

/** A store whose answers come when the test says so. */
class SlowStore {
  readonly asked: (readonly string[])[] = []
  readonly rows = new Map<string, State>()
  readonly #waiting: (() => void)[] = []

  states = (subjects: readonly string[]): Promise<ReadonlyMap<string, State>> => {
    this.asked.push(subjects)
    const found = new Map([...this.rows].filter(([subject]) => subjects.includes(subject)))
    const { promise, resolve } = Promise.withResolvers<ReadonlyMap<string, State>>()
    this.#waiting.push(() => resolve(found))
    return promise
  }

  /** Answers what has been asked with what was stored when it was asked. */
  async answer(): Promise<void> {
    for (const answer of this.#waiting.splice(0)) answer()
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const bounds = { entriesMax: 3, charactersMax: 1000 }
const row = (version: number): State => ({ tenant: 'main', version, body: JSON.stringify({ version }) })

function opened(owned: { generation: number | undefined } = { generation: 1 }) {
  const store = new SlowStore()
  const states = new CommittedStates(store, { of: () => owned.generation }, bounds)
  const commit = (subject: string, version: number): void =>
    states.keep([{ subject, ...row(version) }], new Map([[subject, { version, state: { version } }]]))
  return { store, states, commit, owned }
}

async function read({ store, states }: ReturnType<typeof opened>, subject: string): Promise<number | undefined> {
  const found = states.read([subject])
  await store.answer()
  return (await found).get(subject)?.version
}

test('an inquiry asks the database once; afterwards commits keep the answer true', async () => {
  const hub = opened()
  hub.store.rows.set('stk_a', row(1))
  expect(await read(hub, 'stk_a')).toBe(1)
  hub.commit('stk_a', 2)
  expect(hub.states.known('stk_a')).toMatchObject({ version: 2, state: { version: 2 } })
  expect(await read(hub, 'stk_a')).toBe(2)
  expect(hub.store.asked).toEqual([['stk_a']])
})

test('a commit that comes while the state is read is what is answered and kept', async () => {
  const hub = opened()
  hub.store.rows.set('stk_a', row(1))
  const found = hub.states.read(['stk_a'])
  hub.commit('stk_a', 2)
  await hub.store.answer()
  expect((await found).get('stk_a')?.version).toBe(2)
  expect(hub.states.known('stk_a')?.version).toBe(2)
})

test('what somebody else may change is asked of the database each time', async () => {
  const hub = opened({ generation: undefined })
  hub.store.rows.set('stk_a', row(1))
  expect(await read(hub, 'stk_a')).toBe(1)
  hub.store.rows.set('stk_a', row(2))
  expect(await read(hub, 'stk_a')).toBe(2)
})

test('what was read before the partition was lost is not kept', async () => {
  const hub = opened()
  hub.store.rows.set('stk_a', row(1))
  const found = hub.states.read(['stk_a'])
  hub.states.clear()
  hub.owned.generation = 2
  await hub.store.answer()
  await found
  expect(hub.states.known('stk_a')).toBeUndefined()
})

test('many inquiries at once are few questions, and one for each object', async () => {
  const hub = opened()
  for (const name of ['a', 'b', 'c']) hub.store.rows.set(`stk_${name}`, row(1))
  const found = ['a', 'b', 'c', 'a', 'b', 'c'].map((name) => hub.states.read([`stk_${name}`]))
  await hub.store.answer()
  await hub.store.answer()
  expect((await Promise.all(found)).map((one) => one.size)).toEqual([1, 1, 1, 1, 1, 1])
  expect(hub.store.asked).toEqual([['stk_a'], ['stk_b', 'stk_c']])
})

test('an object that nobody knows is not there, and a database that is away is an error each time', async () => {
  const hub = opened()
  expect(await read(hub, 'stk_x')).toBeUndefined()
  const broken = new CommittedStates({ states: () => Promise.reject(new Error('away')) }, { of: () => 1 }, bounds)
  await expect(broken.read(['stk_a'])).rejects.toThrow('away')
  await expect(broken.read(['stk_a'])).rejects.toThrow('away')
})

test('memory is bounded: what was read longest ago goes', async () => {
  const hub = opened()
  for (const name of ['a', 'b', 'c', 'd']) hub.store.rows.set(`stk_${name}`, row(1))
  for (const name of ['a', 'b', 'c', 'd']) await read(hub, `stk_${name}`)
  expect(['a', 'b', 'c', 'd'].map((name) => hub.states.known(`stk_${name}`)?.version)).toEqual([undefined, 1, 1, 1])
})
