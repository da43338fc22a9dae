import { expect, test } from 'vitest'
import { ContractUses } from './contract-uses.ts'
import type { Queryable } from './queryable.ts'

interface Written {
  readonly principal: string
  readonly uses: number
  readonly lastAt: number
}

let now = Date.parse('2026-04-10T12:00:00Z')
const used = (principal: string) => ({ tenant: 'main', contract: 'operation:listOrders', principal, name: principal })

/** A database that keeps the last rows that it was given, or fails. */
function database(isAway = false): Queryable & { rows: readonly Written[] } {
  const made = {
    rows: [] as readonly Written[],
    query: async (_: string, [json]: readonly unknown[]) => {
      if (isAway) throw new Error('away')
      made.rows = JSON.parse(String(json)) as readonly Written[]
      return { rows: [] }
    },
  }
  return made
}

test('uses are added up by who used it, and written down once', async () => {
  const uses = new ContractUses(() => now)
  for (const principal of ['a', 'b', 'a']) uses.add(used(principal))
  const there = database()
  await uses.flush(there)
  expect(there.rows.map((row) => [row.principal, row.uses])).toEqual([
    ['a', 2],
    ['b', 1],
  ])
  there.rows = []
  await uses.flush(there)
  expect(there.rows).toEqual([])
})

test('what could not be written counts on, with when it was used last', async () => {
  const uses = new ContractUses(() => now)
  uses.add(used('a'))
  await expect(uses.flush(database(true))).rejects.toThrow('away')
  now += 1000
  uses.add(used('a'))
  const there = database()
  await uses.flush(there)
  expect(there.rows).toMatchObject([{ principal: 'a', uses: 2, lastAt: now }])
})

test('however many use it while the database is away, no more than a bounded number is told apart, and no use is lost', async () => {
  const uses = new ContractUses(() => now)
  for (let round = 0; round < 3; round++) {
    for (let n = 0; n < 6000; n++) uses.add(used(`round ${round} user ${n}`))
    await expect(uses.flush(database(true))).rejects.toThrow('away')
  }
  const there = database()
  await uses.flush(there)
  expect(there.rows).toHaveLength(10_001)
  expect(there.rows.reduce((sum, row) => sum + row.uses, 0)).toBe(18_000)
})
