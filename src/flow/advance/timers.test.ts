import { expect, test } from 'vitest'
import { LoneNode, replaced } from '../../../test/lone-node.ts'
import { translateRound } from '../translate/translate.ts'
import { timerRound } from './timers.ts'

test('a timer fires though a step is always under way in its partition', async () => {
  const gate = Promise.withResolvers<void>()
  const lone = new LoneNode({
    seam: (store) =>
      replaced(store, {
        commit: async (step) => {
          if (step.messages !== undefined) await gate.promise
          return store.commit(step)
        },
      }),
  })
  await lone.node.start()
  const { place, intake } = lone.node
  const [advance, translate, connection] = [place.advance[0], place.translate[0], place.ports.connections().get('erp')]
  if (advance === undefined || translate === undefined || connection === undefined) throw new Error('there is one')
  await translateRound(place, translate)
  await lone.store.commit({
    timers: [{ partition: 0, tenant: 'main', subject: 'shp_1', name: 'first_scan', at: lone.now }],
  })
  const order = { eventId: 'e1', type: 'order.created', occurredAt: '2026-03-02T06:00:00Z', data: { orderNumber: '1' } }
  const body = new TextEncoder().encode(JSON.stringify(order))
  const accepted = intake.accept({
    ...{ connection: { ...connection, inline: true }, body, contentType: 'application/json' },
    ...{ headers: {}, trace: '0'.repeat(32) },
  })
  while (advance.planned === advance.committed) await new Promise((resolve) => setImmediate(resolve))
  // The step comes to its end while the timer waits for it.
  place.clock.sleep = async () => gate.resolve()
  expect(await timerRound(place, advance)).toBe(true)
  await accepted
  expect(lone.store.tables.facts[0]?.map(({ fact }) => fact.type)).toContain('expectation.missed')
  expect(lone.store.tables.timers.size).toBe(0)
  expect(advance.committed).toBe(advance.planned)
})
