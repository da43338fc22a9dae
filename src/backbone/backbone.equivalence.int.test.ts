import fc from 'fast-check'
import { expect, test } from 'vitest'
import { commands, opening } from './contract/commands.contract.ts'
import { openMemory } from './contract/memory.contract.ts'
import { sharedPostgres } from './contract/postgres.contract.ts'
import { Runner } from './contract/runner.contract.ts'

const openPostgres = sharedPostgres()

test('memory and PostgreSQL give the same answer to the same commands, and hold the same afterwards', async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(commands, async (run) => {
      const memory = new Runner(await openMemory())
      const postgres = new Runner(await openPostgres())
      for (const command of [...opening, ...run]) {
        const expected = await memory.run(command)
        expect(await postgres.run(command), JSON.stringify(command)).toEqual(expected)
        seen.add(`${command.do} ${JSON.stringify(expected)?.slice(0, 22)}`)
      }
      expect(await postgres.dump()).toEqual(await memory.dump())
    }),
    { numRuns: 100 },
  )
  // Equal answers prove nothing if all of them are refusals.
  expect([...seen]).toEqual(
    expect.arrayContaining([
      ...[
        'step {"outcome":"committed"',
        'step {"outcome":"fenced"}',
        'inline {"outcome":"committed"',
        'inline {"outcome":"conflict",',
      ].map((one) => one.slice(0, one.indexOf(' ') + 23)),
      ...['intend 1', 'intend false', 'conclude [true]', 'conclude [false]', 'decide "done"'],
    ]),
  )
})
