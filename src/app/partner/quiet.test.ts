import { expect, test } from 'vitest'
import type { IntakeCount } from '../../backbone/stores.ts'
import type { Partner } from '../network/partner.ts'
import { checkQuiet, quietSince } from './quiet.ts'

const now = Date.parse('2026-06-10T12:00:00Z')
const partner = { id: 'harbor', tenant: 'main', connections: ['a', 'b'], sla: { quietDays: 3 } } as unknown as Partner

function intake(days: Readonly<Record<string, readonly string[]>>) {
  return {
    read: async ({ connection = '' }: { readonly connection?: string }): Promise<readonly IntakeCount[]> =>
      (days[connection] ?? []).map((day) => ({
        tenant: 'main',
        connection,
        day,
        accepted: 1,
        duplicate: 0,
        conflict: 0,
        refused: 0,
      })),
  }
}

test('a partner is heard of when anything comes on any of its connections', async () => {
  expect(await quietSince(partner, intake({ a: ['2026-06-01'], b: ['2026-06-08'] }), now)).toBe(2)
  expect(await quietSince(partner, intake({}), now)).toBeUndefined()
})

test.each([
  ['2026-06-10', 'passed'],
  ['2026-06-07', 'passed'],
  ['2026-06-06', 'failed'],
])('last heard of on %s: %s', async (day, result) => {
  expect(await checkQuiet(partner, intake({ a: [day] }), now)).toMatchObject([{ result }])
})

test('nothing is asked of a partner with whom nothing was agreed, and a new one may take its time', async () => {
  expect(await checkQuiet({ ...partner, sla: { ...partner.sla, quietDays: 0 } }, intake({}), now)).toEqual([])
  expect(await checkQuiet(partner, intake({}), now)).toMatchObject([{ result: 'skipped' }])
})
