import { describe, expect, test } from 'vitest'
import { BulkPace } from './bulk-pace.ts'

/** A clock that only sleepers move, and how long each of them slept. */
class Clock {
  now = 10_000
  readonly slept: number[] = []
  mono(): number {
    return this.now
  }
  wall(): number {
    return this.now
  }
  async sleep(ms: number): Promise<void> {
    this.slept.push(ms)
    this.now += ms
  }
}

/** A message of somebody else that takes so long. */
function message(pace: BulkPace, clock: Clock, ms: number): void {
  const answered = pace.other()
  clock.now += ms
  answered()
}

/** So many lots, each beside a message that takes so long, and before one that meets none. */
async function share(pace: BulkPace, clock: Clock, wishes: { beside: number; calm: number }): Promise<void> {
  for (let n = 0; n < 300; n++) {
    await pace.lot(async () => message(pace, clock, wishes.beside))
    clock.now += 1
    message(pace, clock, wishes.calm)
  }
}

describe('bulk work', () => {
  test('takes all the time while nobody else is there', async () => {
    const clock = new Clock()
    const pace = new BulkPace(clock)
    for (let n = 0; n < 3; n++)
      await pace.lot(async () => {
        clock.now += 50
      })
    expect(pace.isAlone).toBe(true)
    expect(pace.parts).toBeGreaterThan(10)
    expect(clock.slept).toEqual([])
  })

  test('waits while a message of somebody else is under way, though not for ever, and rests after each lot', async () => {
    const clock = new Clock()
    const pace = new BulkPace(clock)
    const answered = pace.other()
    await pace.lot(async () => {
      clock.now += 10
    })
    expect(clock.slept.slice(0, -1)).toEqual(Array.from({ length: 25 }, () => 1))
    expect(clock.slept.at(-1)).toBe(10 * pace.rest)
    answered()
    clock.now += 1001
    expect(pace.isAlone).toBe(true)
  })

  test('rests longer when others notice it, and shorter when they do not', async () => {
    const clock = new Clock()
    const pace = new BulkPace(clock)
    const first = pace.rest
    await share(pace, clock, { beside: 20, calm: 5 })
    const noticed = pace.rest
    expect(noticed).toBeGreaterThan(first)
    for (let n = 0; n < 20; n++) await share(pace, clock, { beside: 5, calm: 5 })
    expect(pace.rest).toBeLessThan(first)
    expect(pace.parts).toBeGreaterThan(1)
    for (let n = 0; n < 5; n++) await share(pace, clock, { beside: 20, calm: 5 })
    expect(pace.parts).toBe(1)
  })

  test('goes on, however much others notice, and however slow the machine is', async () => {
    const clock = new Clock()
    const pace = new BulkPace(clock)
    for (let n = 0; n < 20; n++) await share(pace, clock, { beside: 400, calm: 1 })
    expect(pace.rest).toBeLessThanOrEqual(12)
    expect(Math.max(...clock.slept)).toBeLessThanOrEqual(150)
  })
})
