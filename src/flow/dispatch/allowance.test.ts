import { expect, test } from 'vitest'
import { json, LoneNode, posting } from '../../../test/lone-node.ts'
import type { HttpResult } from '../../transports/http/request.ts'

async function pair(answer?: () => HttpResult): Promise<{ send: () => Promise<number>; pass: (ms: number) => void }> {
  const options = answer === undefined ? {} : { answer }
  const one = new LoneNode(options)
  const other = new LoneNode({ ...options, seam: () => one.store })
  await one.owe(...Array.from({ length: 500 }, (_, index) => posting(String(index))))
  return {
    send: async () => {
      const before = one.sent.length + other.sent.length
      for (let turn = 0; turn < 8; turn++) for (const node of [one, other]) await node.dispatch()
      return one.sent.length + other.sent.length - before
    },
    pass: (ms) => {
      one.now += ms
      other.now += ms
    },
  }
}

test('two instances together send no more than the account allows', async () => {
  const both = await pair()
  expect(await both.send()).toBe(100)
  expect(await both.send()).toBe(0)
  both.pass(500)
  expect(await both.send()).toBe(50)
})

test('what a target told one instance to wait, the other waits too', async () => {
  let busy = true
  const tooMany: HttpResult = { ...json(429, {}), headers: { 'retry-after': '60' } } as HttpResult
  const both = await pair(() => (busy ? tooMany : json(201, { documentNumber: 'D1' })))
  // Each may have two on the way when the first answer comes.
  expect(await both.send()).toBeLessThanOrEqual(4)
  busy = false
  both.pass(30_000)
  expect(await both.send()).toBe(0)
  both.pass(31_000)
  expect(await both.send()).toBeGreaterThan(0)
})
