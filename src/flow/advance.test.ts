import { expect, test } from 'vitest'
import { LoneNode } from '../../test/lone-node.ts'
import { advanceRound } from './advance.ts'
import { translateRound } from './translate.ts'

test('what somebody else appended, and was read, does not keep the next message out of the inline lane', async () => {
  const { node, store } = new LoneNode()
  await node.start()
  const connection = node.place.ports.connections().get('erp')
  const [advance, translate] = [node.place.advance[0], node.place.translate[0]]
  if (connection === undefined || advance === undefined || translate === undefined) throw new Error('there is one')
  const accept = (orderNumber: string): Promise<unknown> => {
    const data = { orderNumber }
    const event = { eventId: orderNumber, type: 'order.created', occurredAt: '2026-03-02T06:00:00Z', data }
    const body = new TextEncoder().encode(JSON.stringify(event))
    return node.intake.accept({ connection, body, contentType: 'application/json', headers: {}, trace: '0'.repeat(32) })
  }
  // What is held back in the partition is read before anybody plans in it.
  await translateRound(node.place, translate)
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
