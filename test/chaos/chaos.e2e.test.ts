import { expect, test } from 'vitest'
import { testDatabase } from '../postgres/database.ts'
import { runChaos } from './chaos.ts'

test('two hubs that are killed in turn lose nothing, double nothing and keep the order of each item', {
  timeout: 240_000,
}, async () => {
  const databaseUrl = await testDatabase()
  const result = await runChaos({
    databaseUrl,
    messages: Number(process.env.CHAOS_MESSAGES ?? 3000),
    kills: Number(process.env.CHAOS_KILLS ?? 4),
    lostReply: 0.002,
  })
  process.stdout.write(`chaos: ${JSON.stringify(result)}\n`)
  expect(result).toMatchObject({ lost: 0, doubleDocuments: 0, orderViolations: 0, unaccounted: 0 })
  expect(result.acknowledged).toBe(Number(process.env.CHAOS_MESSAGES ?? 3000))
  expect(result.documents).toBeGreaterThan(result.acknowledged / 4)
  expect(result.kills).toBeGreaterThan(0)
})
