import { expect, test } from 'vitest'
import { trackerBody } from '../../bench/webhooks.ts'
import { SmallHub } from './small-hub.ts'

test.each([true, false])('a message that waits for its object goes on when it appears (inline: %s)', async (inline) => {
  const hub = await SmallHub.start({
    inline,
    connections: [
      { id: 'watcher', connector: 'easypost', settings: { webhookSecret: 'test', unknownShipments: 'wait' } },
      { id: 'sender', connector: 'easypost', settings: { webhookSecret: 'test' } },
    ],
  })
  const waiting = await hub.receive('watcher', JSON.parse(trackerBody(1, 1, 2)))
  await hub.pass(10_000)
  expect(await hub.factsOf(waiting)).toEqual([])
  await hub.receive('sender', JSON.parse(trackerBody(2, 1, 1)))
  await hub.pass(3000)
  expect(await hub.factsOf(waiting)).toContain('tracking.reported')
  expect(await hub.backbone.parked({ limit: 10 })).toEqual([])
  await hub.stop()
})
