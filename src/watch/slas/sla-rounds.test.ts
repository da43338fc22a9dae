import { expect, test } from 'vitest'
import type { Sla } from './sla.ts'
import { SlaRounds } from './sla-rounds.ts'

const sla = (id: string): Sla => ({
  ...{ tenant: 'main', id, measure: 'posting', target: 95, withinMinutes: 30, period: 'day', timeZone: 'UTC' },
  ...{ owner: 'finance', milestone: 'delivered' },
})

/** Rounds over a database that takes so long to say what is known, and the SLAs they asked about. */
function slowRounds(tookMs: number) {
  const asked: string[] = []
  const clock = { mono: 0 }
  const rounds = new SlaRounds({
    slas: () => [sla('first'), sla('second')],
    pool: { query: () => Promise.resolve({ rows: [] }) } as never,
    store: {
      periods: (_, id) => {
        asked.push(id)
        clock.mono += tookMs
        return Promise.resolve([])
      },
      save: () => Promise.resolve(),
    },
    now: () => Date.parse('2026-04-10T12:00:00Z'),
    mono: () => clock.mono,
    effectDays: 0,
    failed: (_, error) => expect.unreachable(String(error)),
  })
  return { rounds, clock, asked }
}

test.each([
  { tookMs: 20, restMs: 1000 },
  // A machine that has no time for anything: the next is not put off for minutes.
  { tookMs: 4000, restMs: 10_000 },
])(
  'after $tookMs ms of measuring, the next is measured $restMs ms later and not before',
  async ({ tookMs, restMs }) => {
    const { rounds, clock, asked } = slowRounds(tookMs)
    await rounds.round()
    clock.mono += restMs - 1
    await rounds.round()
    expect(asked).toEqual(['first'])
    clock.mono += 1
    await rounds.round()
    expect(asked).toEqual(['first', 'second'])
  },
)
