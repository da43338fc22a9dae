import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { StubHub } from '../../../test/cli/stub-hub.ts'

const hub = new StubHub()
beforeAll(() => hub.start())
afterAll(() => hub.stop())
beforeEach(() => hub.reset())

const agreed = { from: 'a', until: 'b', complete: true, posted: 3, booked: 3, inFlight: 0, count: 0, differences: [] }

test('is content when both books say the same', async () => {
  hub.reply = () => ({ body: agreed })
  const { code, out } = await hub.run(['reconcile', 'erp', '--since', '2026-04-01T00:00:00Z'])
  expect(code).toBe(0)
  expect(out).toContain('No differences.')
  expect(hub.json(0)).toEqual({ connection: 'erp', since: '2026-04-01T00:00:00Z' })
})

test('fails when they differ, and shows where', async () => {
  const differences = [
    {
      kind: 'missing',
      externalReference: 'IL1',
      documentNumbers: [],
      state: 'applied',
      naturalKey: 'post_goods_issue:erp:1',
    },
  ]
  hub.reply = () => ({ body: { ...agreed, count: 1, differences } })
  const { code, out } = await hub.run(['reconcile', 'erp'])
  expect(code).toBe(1)
  expect(out).toMatch(/missing.*IL1.*post_goods_issue:erp:1/)
})

test('does not call a comparison good that was cut short', async () => {
  hub.reply = () => ({ body: { ...agreed, complete: false } })
  expect((await hub.run(['reconcile', 'erp'])).code).toBe(1)
})
