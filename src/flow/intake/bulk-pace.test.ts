import { describe, expect, test } from 'vitest'
import { BulkPace } from './bulk-pace.ts'

/** A clock that only sleepers move, and how long each of them slept. */
class Clock {
  now = 10_000
  readonly slept: number[] = []
  /** What happens while somebody sleeps that long. */
  during: (ms: number) => void = () => {}
  mono(): number {
    return this.now
  }
  wall(): number {
    return this.now
  }
  async sleep(ms: number): Promise<void> {
    this.slept.push(ms)
    const until = this.now + ms
    this.during(ms)
    this.now = Math.max(this.now, until)
  }
}

/** A message of somebody else that takes so long. */
function message(pace: BulkPace, clock: Clock, ms: number): void {
  const answered = pace.other()
  clock.now += ms
  answered()
}

const pauseMs = 700

/** Lots beside messages that take so long, and pauses with messages that take as long as they do without. */
async function share(
  pace: BulkPace,
  clock: Clock,
  wishes: { beside: () => number; calm: () => number; lots?: number },
): Promise<void> {
  clock.during = (ms) => {
    if (ms !== pauseMs) return
    clock.now += 300
    for (let n = 0; n < 40; n++) message(pace, clock, wishes.calm())
  }
  for (let n = 0; n < (wishes.lots ?? 3000); n++) {
    message(pace, clock, wishes.beside())
    await pace.lot(() =>
      pace.noticeable(async () => {
        clock.now += 4
      }),
    )
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
    await pace.lot(() =>
      pace.noticeable(async () => {
        clock.now += 10
      }),
    )
    expect(clock.slept.slice(0, -1)).toEqual(Array.from({ length: 25 }, () => 1))
    expect(clock.slept.at(-1)).toBe(10 * pace.rest)
    answered()
    clock.now += 1001
    expect(pace.isAlone).toBe(true)
  })

  test('rests for what others may notice of it, and for all of it where the work does not say', async () => {
    const clock = new Clock()
    const pace = new BulkPace(clock)
    message(pace, clock, 1)
    await pace.lot(async () => {
      clock.now += 30
      await pace.noticeable(async () => {
        clock.now += 10
      })
    })
    expect(clock.slept).toEqual([10 * pace.rest])
    await pace.lot(async () => {
      clock.now += 30
    })
    expect(clock.slept.at(-1)).toBe(30 * pace.rest)
  })

  test('rests longer when others notice it, with more work in between, and shorter when they do not', async () => {
    const clock = new Clock()
    const pace = new BulkPace(clock)
    const first = pace.rest
    await share(pace, clock, { beside: () => 20, calm: () => 5 })
    expect(pace.rest).toBe(100)
    expect(pace.parts).toBeGreaterThan(1)
    await share(pace, clock, { beside: () => 5, calm: () => 5 })
    expect(pace.rest).toBeLessThan(first)
    expect(pace.parts).toBe(1)
  })

  test('does not mind that some take long by themselves, as long as no more of them do beside it', async () => {
    const clock = new Clock()
    const pace = new BulkPace(clock)
    let n = 0
    const uneven = (): number => (n++ % 25 === 0 ? 80 : 5)
    await share(pace, clock, { beside: uneven, calm: uneven })
    expect(pace.rest).toBeLessThan(2)
    // One in fifteen where it was one in twenty-five: then more than one in twenty takes long.
    let m = 0
    await share(pace, clock, { beside: () => (m++ % 15 === 0 ? 80 : 5), calm: uneven })
    expect(pace.rest).toBe(100)
  })

  test('remembers how long others took before it, when its own pauses are not as calm; an hour later the pauses count', async () => {
    const clock = new Clock()
    const pace = new BulkPace(clock)
    for (let n = 0; n < 100; n++) message(pace, clock, 4)
    await share(pace, clock, { beside: () => 7, calm: () => 7, lots: 1500 })
    expect(pace.rest).toBe(100)
    for (let n = 0; n < 30; n++) await share(pace, clock, { beside: () => 7, calm: () => 7 })
    expect(pace.rest).toBeLessThan(1)
  })

  test('does not take the first moments of a pause for calm: what it has left behind is still being done', async () => {
    const clock = new Clock()
    const pace = new BulkPace(clock)
    clock.during = (ms) => {
      if (ms !== pauseMs) return
      for (let n = 0; n < 10; n++) message(pace, clock, 20)
      clock.now += 100
      for (let n = 0; n < 40; n++) message(pace, clock, 5)
    }
    for (let n = 0; n < 3000; n++) {
      message(pace, clock, 20)
      await pace.lot(async () => {
        clock.now += 4
      })
    }
    expect(pace.rest).toBe(100)
  })

  test('goes on, however much others notice, and however slow the machine is', async () => {
    const clock = new Clock()
    const pace = new BulkPace(clock)
    await share(pace, clock, { beside: () => 400, calm: () => 1 })
    expect(pace.rest).toBeLessThanOrEqual(100)
    clock.slept.length = 0
    message(pace, clock, 1)
    await pace.lot(async () => {
      clock.now += 60_000
    })
    message(pace, clock, 1)
    await pace.lot(async () => {
      clock.now += 900
      message(pace, clock, 1)
    })
    expect(Math.max(...clock.slept)).toBeLessThanOrEqual(3000)
  })
})
