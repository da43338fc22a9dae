import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { StubHub } from '../../../test/cli/stub-hub.ts'

const hub = new StubHub()
beforeAll(() => hub.start())
afterAll(() => hub.stop())
beforeEach(() => hub.reset())

describe('sim', () => {
  test('tells the simulated network what goes wrong', async () => {
    hub.write('data/sandbox.json', JSON.stringify({ port: hub.port }))
    await hub.run([
      'sim',
      'start',
      '--scenario',
      'peak-day',
      '--fault',
      'erp.lostReply=2%,late=5%',
      'parcel.outage=on',
      '--seed',
      '7',
    ])
    await hub.run(['sim', 'fault', 'erp.outage=off'])
    await hub.run(['sim', 'stop'])
    expect(hub.asked.map((one) => [one.url, JSON.parse(one.body)])).toEqual([
      [
        '/control/start',
        { scenario: 'peak-day', faults: { 'erp.lostReply': '2%', 'erp.late': '5%', 'parcel.outage': 'on' }, seed: 7 },
      ],
      ['/control/fault', { faults: { 'erp.outage': 'off' } }],
      ['/control/stop', {}],
    ])
    expect(hub.asked[0]?.headers['authorization']).toBeUndefined()
  })
})

describe('webhook', () => {
  test('register asks once more until the carrier has it, and says its number', async () => {
    const states = ['queued', 'sending', 'applied']
    hub.reply = () => ({ status: 202, body: { effect: 'eff_1', url: 'u', state: states.shift(), webhook: 'hook_1' } })
    const { code, out } = await hub.run(['webhook', 'register', 'easypost', '--at', 'https://hub.example/in'])
    expect({ code, out }).toEqual({ code: 0, out: 'applied · hook_1 · u · eff_1\n' })
    expect(hub.asked).toHaveLength(3)
    expect(JSON.parse(hub.asked[0]?.body ?? '')).toEqual({ connection: 'easypost', url: 'https://hub.example/in' })
    hub.reply = () => ({
      status: 202,
      body: { effect: 'eff_1', url: 'u', state: 'refused', reason: 'EasyPost said no' },
    })
    const refused = await hub.run(['webhook', 'register', 'easypost', '--json'])
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.out)).toMatchObject({ state: 'refused' })
    hub.reply = () => ({ status: 202, body: { effect: 'eff_1', url: 'u', state: 'queued' } })
    expect((await hub.run(['webhook', 'register', 'easypost', '--detach'])).code).toBe(0)
  })

  test('list shows what was asked for', async () => {
    const row = {
      target: 'easypost',
      state: 'applied',
      documentReference: 'hook_1',
      naturalKey: 'register_webhook:easypost:u',
    }
    hub.reply = () => ({ body: { data: [row], page: { next: null } } })
    expect((await hub.run(['webhook', 'list'])).out).toMatch(/easypost +applied +hook_1/)
    expect(hub.asked[0]?.url).toContain('command=register_webhook')
  })
})
