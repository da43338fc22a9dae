import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { StubHub } from '../../../test/cli/stub-hub.ts'

const hub = new StubHub()
beforeAll(() => hub.start())
afterAll(() => hub.stop())
beforeEach(() => hub.reset())

test('shows what every connection was asked and heard', async () => {
  const outcomes = { news: 3, nothing_new: 9, unknown_number: 0, failed: 1 }
  hub.reply = () => ({ body: { data: [{ connection: 'dhl', everyMinutes: 60, outcomes }] } })
  const { code, out } = await hub.run(['poll'])
  expect(code).toBe(0)
  expect(out).toMatch(/dhl\s+60\s+3\s+9\s+0\s+1/)
})

test('says that nobody asks through a connection of that name, instead of listing nothing', async () => {
  hub.reply = () => ({ body: { data: [{ connection: 'dhl', everyMinutes: 60, outcomes: {} }] } })
  const { code, error } = await hub.run(['poll', 'dlh'])
  expect(code).toBe(1)
  expect(error).toContain('dlh')
})

test('asks about a number now, and fails when nobody knows it', async () => {
  hub.reply = () => ({ body: { outcome: 'unknown_number', reason: 'DHL knows no such tracking number.' } })
  const { code, out } = await hub.run(['poll', 'dhl', '00340434'])
  expect(code).toBe(1)
  expect(out).toContain('knows no such tracking number')
  expect(hub.json(0)).toEqual({ connection: 'dhl', trackingNumber: '00340434' })
})
