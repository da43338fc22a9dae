import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { recordsIn, StubHub } from '../../../test/cli/stub-hub.ts'

const hub = new StubHub()
beforeAll(() => hub.start())
afterAll(() => hub.stop())
beforeEach(() => hub.reset())

describe('accounting', () => {
  test('fails when a message is unaccounted for, or the count is missing', async () => {
    hub.reply = () => ({ body: { received: 3, unaccounted: 1 } })
    expect((await hub.run(['accounting'])).code).toBe(1)
    hub.reply = () => ({ body: { received: 3 } })
    expect((await hub.run(['accounting', '--json'])).code).toBe(1)
  })

  test('says how long everything is kept, and what is held although it is old', async () => {
    const body = {
      keepDays: { messages: 90, facts: null },
      oldest: { messages: '2026-01-02' },
      due: { messages: 3, lanes: 1 },
      held: [{ kind: 'messages', day: '2026-01-02', reason: '2 parked messages' }],
    }
    hub.reply = () => ({ body })
    const { code, out } = await hub.run(['accounting', '--kept'])
    expect(code).toBe(0)
    expect(out).toMatch(/messages +90 +2026-01-02 +3/)
    expect(out).toMatch(/facts +for ever/)
    expect(out).toMatch(/messages +2026-01-02 +2 parked messages/)
    expect(JSON.parse((await hub.run(['accounting', '--kept', '--json'])).out)).toEqual(body)
    hub.reply = () => ({ body: { ...body, held: [] } })
    expect((await hub.run(['accounting', '--kept'])).out).toContain('Nothing is held')
  })
})

describe('overview', () => {
  test('shows the hub once, or as often as it is asked to', async () => {
    hub.reply = () => ({
      body: { messages: { received: 3, unaccounted: 0 }, shipments: [], exceptions: [], effects: [] },
    })
    const once = await hub.run(['overview'])
    expect(once.out).toContain('received 3')
    expect(hub.asked.filter(({ url }) => url === '/v1/overview')).toHaveLength(1)
    hub.asked.length = 0
    const { out } = await hub.run(['overview', '--watch', '--times', '2', '--json'])
    expect(recordsIn(out)).toHaveLength(2)
  })
})
