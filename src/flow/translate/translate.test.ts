import { expect, test } from 'vitest'
import { LoneNode, replaced } from '../../../test/lone-node.ts'
import { reconsider } from '../tenure.ts'
import { BlockedKeys } from './blocked-keys.ts'
import { translateRound } from './translate.ts'

test('messages that were read on a plan that failed meanwhile are read again, and none is passed over', async () => {
  let meanwhile: (() => Promise<void>) | undefined
  const lone = new LoneNode({
    seam: (store) =>
      replaced(store, {
        identifiers: async (keys) => {
          const happens = meanwhile
          meanwhile = undefined
          await happens?.()
          return store.identifiers(keys)
        },
      }),
  })
  const { node, store } = lone
  for (const orderNumber of ['1', '2', '3', '4']) await accept(lone, orderNumber)
  await node.start()
  const [tenure] = node.place.translate
  if (tenure === undefined) throw new Error('there is one partition')
  // An inline step has planned the first message; its conflict comes to light while the messages behind it are being translated.
  tenure.plan(1)
  meanwhile = () => reconsider(node.place, tenure)
  await translateRound(node.place, tenure)
  expect(await store.position('translate', 0)).toMatchObject({ offset: -1 })
  while (await translateRound(node.place, tenure));
  expect(await store.position('translate', 0)).toMatchObject({ offset: 3 })
  const causes = store.tables.facts.flat().map(({ fact }) => fact.causation)
  expect([...new Set(causes)]).toEqual(['msg_0-0', 'msg_0-1', 'msg_0-2', 'msg_0-3'])
})

test('a partition that changes hands while its blocked keys are read is prepared again, and nobody overtakes who waits', async () => {
  let meanwhile: (() => Promise<void>) | undefined
  const lone = new LoneNode({
    seam: (store) =>
      replaced(store, {
        blockedKeys: async (partition) => {
          const keys = await store.blockedKeys(partition)
          const happens = meanwhile
          meanwhile = undefined
          await happens?.()
          return keys
        },
      }),
  })
  const { node, store } = lone
  await accept(lone, undefined, 'K')
  await node.start()
  const [tenure] = node.place.translate
  if (tenure === undefined) throw new Error('there is one partition')
  while (await translateRound(node.place, tenure));
  await accept(lone, '2', 'K')
  // As in a process that has only just taken the partition: it knows of no blocked keys, and loses it again while it asks.
  node.place.blocked[0] = new BlockedKeys()
  await reconsider(node.place, tenure)
  meanwhile = () => reconsider(node.place, tenure)
  while (await translateRound(node.place, tenure));
  const parked = await store.parked({ limit: 10 })
  expect(parked.map(({ message, code }) => [message, code])).toEqual([
    ['msg_0-0', 'CONTENT_INVALID'],
    ['msg_0-1', 'BEHIND_PARKED'],
  ])
})

test('what comes while somebody of its key is being parked waits behind it', async () => {
  const parking = Promise.withResolvers<void>()
  const planned = Promise.withResolvers<void>()
  const parkedNow = Promise.withResolvers<void>()
  // The second is planned while the first is on its way to the database, and gets there after it, as on one connection.
  const lone = new LoneNode({
    seam: (store) =>
      replaced(store, {
        commit: async (step) => {
          const isFirst = step.parks?.some(({ code }) => code === 'CONTENT_INVALID') === true
          if (isFirst) parking.resolve()
          else if (step.messages?.some(({ identity }) => identity === 'E2') === true) planned.resolve()
          if (isFirst) await planned.promise
          else if (step.fences?.length) await parkedNow.promise
          const result = await store.commit(step)
          if (isFirst) parkedNow.resolve()
          return result
        },
      }),
  })
  const { node, store } = lone
  await accept(lone, undefined, 'K')
  await node.start()
  const [tenure] = node.place.translate
  if (tenure === undefined) throw new Error('there is one partition')
  const first = translateRound(node.place, tenure)
  await parking.promise
  // At the door this time: intake, translation and advance of it are one step.
  await Promise.all([first, accept(lone, '2', 'K', 'realtime')])
  while (await translateRound(node.place, tenure));
  const parked = await store.parked({ limit: 10 })
  expect(parked.map(({ message, code }) => [message, code])).toEqual([
    ['msg_0-0', 'CONTENT_INVALID'],
    ['msg_0-1', 'BEHIND_PARKED'],
  ])
})

async function accept(
  { node }: LoneNode,
  orderNumber: string | undefined,
  orderKey?: string,
  lane: 'bulk' | 'realtime' = 'bulk',
): Promise<void> {
  const connection = node.place.ports.connections().get('erp')
  if (connection === undefined) throw new Error('the ERP is connected')
  const event = {
    eventId: `E${orderNumber ?? 'invalid'}`,
    type: 'order.created',
    occurredAt: '2026-03-02T06:00:00Z',
    data: { orderNumber },
  }
  const body = new TextEncoder().encode(JSON.stringify(event))
  const arrival = { connection, body, contentType: 'application/json', headers: {}, trace: '0'.repeat(32) }
  // The bulk lane, so that nothing of it is translated at the door.
  await node.intake.accept({ ...arrival, ...(orderKey === undefined ? {} : { orderKey, lane }) })
}
