import { describe, expect, test } from 'vitest'
import { LoneNode, replaced } from '../../../test/lone-node.ts'
import { translateRound } from '../translate/translate.ts'
import type { Arrival } from './arrival.ts'

const bytes = (n: number): Uint8Array => new TextEncoder().encode(`{"eventId":"e${n}"}`)

/** A node whose store answers when it is told to, and the sizes of the batches that it was given. */
class Held {
  readonly batches: number[] = []
  readonly #waiting: (() => void)[] = []
  readonly lone = new LoneNode({
    seam: (store) =>
      replaced(store, {
        commit: async (step) => {
          this.batches.push(step.messages?.length ?? 0)
          await new Promise<void>((resolve) => this.#waiting.push(resolve))
          return store.commit(step)
        },
      }),
  })

  /** Answers what is under way; what follows stays where it is. */
  async answer(): Promise<void> {
    for (const resolve of this.#waiting.splice(0)) resolve()
    await settled()
  }

  accept(from: number, count: number): Promise<unknown>[] {
    const connection = this.lone.node.place.ports.connections().get('erp')
    if (connection === undefined) throw new Error('there is no ERP')
    return Array.from({ length: count }, (_, n) => {
      const arrival: Arrival = {
        connection: { ...connection, inline: false },
        body: bytes(from + n),
        contentType: 'application/json',
        headers: {},
        trace: '0'.repeat(32),
      }
      return this.lone.node.intake.accept(arrival)
    })
  }
}

describe('when what was stored is still to be translated', () => {
  const slow = async (): Promise<{ lone: LoneNode; store: (n: number) => Promise<unknown> }> => {
    const lone = new LoneNode()
    await lone.node.start()
    const connection = lone.node.place.ports.connections().get('erp')
    if (connection === undefined) throw new Error('there is no ERP')
    const arrival = { connection, contentType: 'application/json', headers: {}, trace: '0'.repeat(32) }
    const store = (n: number): Promise<unknown> => lone.node.intake.accept({ ...arrival, body: bytes(n) })
    // Somebody appends facts whose offsets only the database knows: nothing can be planned on top of them.
    lone.node.place.appending++
    return { lone, store }
  }

  test('a sender is answered at once, and does not wait for what is behind', async () => {
    const { lone, store } = await slow()
    const { now } = lone
    for (const n of [0, 1, 2]) await store(n)
    expect(lone.now).toBe(now)
  })

  test('after some in a row one waits for it, so that they do not all go the longer way for ever', async () => {
    const { lone, store } = await slow()
    const [tenure] = lone.node.place.translate
    if (tenure === undefined) throw new Error('there is no partition')
    for (const n of [0, 1, 2]) await store(n)
    lone.node.place.clock.sleep = async () => {
      lone.node.place.appending = 0
      await translateRound(lone.node.place, tenure)
    }
    await store(3)
    // Translated with its own step: nobody has looked at the inbox since.
    expect(tenure.committed).toBe(3)
  })

  test('nor is it waited for long', async () => {
    const { lone, store } = await slow()
    for (const n of [0, 1, 2]) await store(n)
    const { now } = lone
    await store(3)
    expect(lone.now - now).toBeLessThanOrEqual(100)
  })
})

async function settled(): Promise<void> {
  for (let turns = 0; turns < 20; turns++) await new Promise((resolve) => setImmediate(resolve))
}

test('a message that comes while a few are being stored is stored beside them at once', async () => {
  const held = new Held()
  const first = held.accept(0, 3)
  await settled()
  const second = held.accept(3, 1)
  await settled()
  expect(held.batches).toEqual([3, 1])
  await held.answer()
  await Promise.all([...first, ...second])
})

test('while many are being stored, those that come go together: a transaction for each few would take the machine', async () => {
  const held = new Held()
  const first = held.accept(0, 40)
  await settled()
  const others = held.accept(40, 10)
  await settled()
  expect(held.batches).toEqual([40])
  others.push(...held.accept(50, 30))
  await settled()
  expect(held.batches).toEqual([40])
  others.push(...held.accept(80, 40))
  await settled()
  expect(held.batches).toEqual([40, 80])
  await held.answer()
  await Promise.all([...first, ...others])
})

test('what waited for company goes when the one before it is stored', async () => {
  const held = new Held()
  const first = held.accept(0, 40)
  await settled()
  const others = held.accept(40, 5)
  await settled()
  await held.answer()
  expect(held.batches).toEqual([40, 5])
  await held.answer()
  await Promise.all([...first, ...others])
})

test('what a batch brought is counted once, with its number', async () => {
  const held = new Held()
  const accepted = held.accept(0, 3)
  await settled()
  await held.answer()
  await Promise.all(accepted)
  expect(held.lone.signals.filter((name) => name === 'messageAccepted')).toHaveLength(1)
})
