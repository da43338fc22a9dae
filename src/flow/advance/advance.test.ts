import { expect, test } from 'vitest'
import { LoneNode } from '../../../test/lone-node.ts'
import { translateRound } from '../translate/translate.ts'
import { advanceRound } from './advance.ts'

/** A node that owns its partition, a way to send it orders, and how often those who fold facts were woken. */
async function ordered() {
  const { node, store } = new LoneNode()
  await node.start()
  const connection = node.place.ports.connections().get('erp')
  const [advance, translate] = [node.place.advance[0], node.place.translate[0]]
  if (connection === undefined || advance === undefined || translate === undefined) throw new Error('there is one')
  const accept = (orderNumber: string, inline = true): Promise<unknown> => {
    const data = { orderNumber }
    const event = { eventId: orderNumber, type: 'order.created', occurredAt: '2026-03-02T06:00:00Z', data }
    const body = new TextEncoder().encode(JSON.stringify(event))
    const arrival = { body, contentType: 'application/json', headers: {}, trace: '0'.repeat(32) }
    return node.intake.accept({ ...arrival, connection: { ...connection, inline } })
  }
  let rung = 0
  const listen = (): void => {
    node.place.bells.advance[0]?.listen(() => {
      rung++
      queueMicrotask(listen)
    })
  }
  // What is held back in the partition is read before anybody plans in it.
  await translateRound(node.place, translate)
  listen()
  const woken = (): number => rung
  return { node, store, advance, translate, accept, woken }
}

test('what a step has folded itself wakes nobody, and what is still to be folded does', async () => {
  const { node, advance, translate, accept, woken } = await ordered()
  const before = woken()
  await accept('1')
  expect(advance.committed).toBe(node.place.factHeads[0])
  expect(woken()).toBe(before)
  await accept('2', false)
  await translateRound(node.place, translate)
  expect(advance.committed).toBeLessThan(node.place.factHeads[0] ?? -1)
  expect(woken()).toBeGreaterThan(before)
})

test('what somebody else appended, and was read, does not keep the next message out of the inline lane', async () => {
  const { node, store, advance, translate, accept } = await ordered()
  await accept('1')
  expect(translate.committed).toBe(0)
  // An outcome of an effect: the ledger appends it, beside the steps of this node.
  const fact = store.tables.facts[0]?.[0]?.fact
  if (fact === undefined) throw new Error('the order is on the log')
  await store.commit({ facts: [{ partition: 0, fact: { ...fact, id: 'out_1', type: 'order.noted' } }] })
  node.wake()
  while (await advanceRound(node.place, advance));
  expect(advance.committed).toBe(store.tables.facts[0]?.at(-1)?.offset)
  await accept('2')
  expect(translate.committed).toBe(1)
})
