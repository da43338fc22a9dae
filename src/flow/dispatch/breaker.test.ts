import { describe, expect, test } from 'vitest'
import { Breaker } from './breaker.ts'

function fail(breaker: Breaker, times: number, from = 0): void {
  for (let n = 0; n < times; n++) breaker.record(from + n, 'failed')
}

/** A breaker that opened at 9 ms after ten failures, and when it lets the first probe through. */
function opened(): { breaker: Breaker; probeAt: number } {
  const breaker = new Breaker()
  fail(breaker, 10)
  return { breaker, probeAt: 9 + 30_000 }
}

describe('a breaker', () => {
  test('stays closed for nine failures and opens at the tenth', () => {
    const breaker = new Breaker()
    fail(breaker, 9)
    expect(breaker.state).toBe('closed')
    expect(breaker.allows(9)).toBe(true)
    expect(breaker.record(9, 'failed')).toBe('open')
    expect(breaker.allows(10)).toBe(false)
  })

  test('opens when half of the attempts fail, not when fewer do', () => {
    const less = new Breaker()
    for (let n = 0; n < 100; n++) less.record(n, n % 5 > 2 ? 'failed' : 'ok')
    expect(less.state).toBe('closed')
    const half = new Breaker()
    for (let n = 0; n < 10; n++) half.record(n, n % 2 === 0 ? 'ok' : 'failed')
    expect(half.state).toBe('open')
  })

  test('forgets what is older than half a minute', () => {
    const breaker = new Breaker()
    fail(breaker, 9)
    expect(breaker.record(30_009, 'failed')).toBeUndefined()
    expect(breaker.state).toBe('closed')
  })

  test('opens at once when the login is refused, so that the account is not locked', () => {
    expect(new Breaker().record(0, 'login_refused')).toBe('open')
  })

  test('lets exactly one probe through after the pause', () => {
    const { breaker, probeAt } = opened()
    expect(breaker.waitMs(9)).toBe(30_000)
    expect(breaker.allows(probeAt - 1)).toBe(false)
    expect(breaker.allows(probeAt)).toBe(true)
    expect(breaker.state).toBe('half_open')
    expect(breaker.allows(probeAt)).toBe(false)
  })

  test('closes when the probe succeeds, and starts from a clean slate', () => {
    const { breaker, probeAt } = opened()
    breaker.allows(probeAt)
    expect(breaker.record(probeAt, 'ok')).toBe('closed')
    expect(breaker.waitMs(probeAt)).toBe(0)
    fail(breaker, 9, probeAt)
    expect(breaker.state).toBe('closed')
  })

  test('doubles the pause with every failed probe, up to ten minutes, and starts over after a success', () => {
    const { breaker, probeAt } = opened()
    let at = probeAt
    const pauses: number[] = []
    for (let n = 0; n < 7; n++) {
      expect(breaker.allows(at)).toBe(true)
      expect(breaker.record(at, 'failed')).toBeUndefined()
      pauses.push(breaker.waitMs(at))
      at += breaker.waitMs(at)
    }
    expect(pauses).toEqual([60_000, 120_000, 240_000, 480_000, 600_000, 600_000, 600_000])
    breaker.allows(at)
    breaker.record(at, 'ok')
    fail(breaker, 10, at)
    expect(breaker.waitMs(at + 9)).toBe(30_000)
  })

  test('gives the probe to another when the first was never made', () => {
    const { breaker, probeAt } = opened()
    expect(breaker.allows(probeAt)).toBe(true)
    breaker.abandonProbe()
    expect(breaker.state).toBe('open')
    expect(breaker.allows(probeAt)).toBe(true)
  })

  test('does not count answers of attempts that began before it opened', () => {
    const { breaker, probeAt } = opened()
    expect(breaker.record(20, 'ok')).toBeUndefined()
    expect(breaker.state).toBe('open')
    expect(breaker.allows(probeAt - 1)).toBe(false)
  })
})
