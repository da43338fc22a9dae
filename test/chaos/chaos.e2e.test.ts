import { expect, test } from 'vitest'
import { runChaos } from './chaos.ts'
import { optionsFor } from './plan.ts'

test('two hubs under every fault lose nothing, double nothing and keep the order of each item', {
  timeout: 600_000,
}, async () => {
  const options = { ...optionsFor(1000, 1), seconds: 12, lostReply: 0.03 }
  const result = await runChaos(options, () => {})
  process.stdout.write(`chaos: ${JSON.stringify(result)}\n`)
  expect(result.examples).toEqual([])
  expect(result.crashes).toEqual([])
  expect(result.unaccounted).toBe(0)
  expect(result.acknowledged).toBe(options.events)
  // Each of them is owed to the ERP exactly once, and was posted.
  expect(result.documents).toBe(options.events)
  // The faults took place: a run without them proves nothing.
  expect(result.doubtful).toBeGreaterThan(options.events / 50)
  for (const kind of ['kill', 'freeze', 'restart', 'cut']) expect(result.faults[kind]).toBeGreaterThan(0)
})
