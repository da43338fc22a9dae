import { expect, test } from 'vitest'
import type { IntakeCount } from '../../backbone/stores.ts'
import { IntakeCounts } from './intake-counts.ts'

function counting(): {
  readonly counts: IntakeCounts
  readonly written: IntakeCount[][]
  now: number
  away: boolean
} {
  const state = {
    written: [] as IntakeCount[][],
    now: Date.parse('2026-03-31T23:59:59.999Z'),
    away: false,
    counts: undefined as unknown as IntakeCounts,
  }
  const add = async (rows: readonly IntakeCount[]): Promise<void> => {
    if (state.away) throw new Error('the database is away')
    state.written.push(rows.map((row) => ({ ...row })))
  }
  state.counts = new IntakeCounts({ add, trim: async () => 0, read: async () => [] }, () => state.now)
  return state
}

const one = { tenant: 'main', connection: 'carrier', count: 1 } as const

test('counts by connection and UTC day, and writes each count once', async () => {
  const state = counting()
  state.counts.add({ ...one, outcome: 'accepted' })
  state.counts.add({ ...one, outcome: 'accepted', count: 3 })
  state.counts.add({ ...one, outcome: 'refused', connection: 'warehouse' })
  state.now += 1
  state.counts.add({ ...one, outcome: 'duplicate' })
  await state.counts.flush()
  await state.counts.flush()
  expect(state.written).toHaveLength(1)
  expect(state.written[0]).toMatchObject([
    { connection: 'carrier', day: '2026-03-31', accepted: 4, duplicate: 0 },
    { connection: 'warehouse', day: '2026-03-31', refused: 1 },
    { connection: 'carrier', day: '2026-04-01', accepted: 0, duplicate: 1 },
  ])
})

test('what could not be written is counted on', async () => {
  const state = counting()
  state.away = true
  state.counts.add({ ...one, outcome: 'accepted' })
  await expect(state.counts.flush()).rejects.toThrow('away')
  state.counts.add({ ...one, outcome: 'accepted' })
  state.away = false
  await state.counts.flush()
  expect(state.written).toMatchObject([[{ accepted: 2 }]])
})
