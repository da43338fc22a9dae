import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readInstant, writeInstant } from '../../base/instant.ts'
import type { Fact } from '../fact.ts'
import { bucketOf, evolveListing, type ListingRule, type ListingState } from './listing.ts'

const hour = 3_600_000
const rule: ListingRule = { channel: 'shop', thresholds: ['0', '10'], refreshHours: 24 }

/** One item in one channel: what is sent, and what the channel has. */
class Channel {
  state: ListingState | undefined
  now = Date.UTC(2026, 3, 13, 8)
  readonly sent: { readonly n: number; readonly quantity: string; readonly asOf: number }[] = []
  has: string | undefined
  #alarm: number | undefined

  report(quantity: string, more: Partial<ListingRule> = {}): void {
    this.#fold('listing.availability_reported', { rule: { ...rule, ...more }, sku: 'LAMP', uom: 'C62', quantity })
  }

  /** The channel answers what is under way. */
  answer(outcome: 'applied' | 'refused' | 'parked'): void {
    const under = this.state?.underWay
    if (under === undefined) return
    if (outcome === 'applied') this.has = under.quantity
    this.#fold('listing.outcome_reported', { n: under.n, outcome, reason: 'because' })
  }

  /** A person sends one again that was sent before. */
  resent(n: number): void {
    this.has = this.sent.find((one) => one.n === n)?.quantity
    this.#fold('listing.outcome_reported', { n, outcome: 'applied' })
  }

  pass(ms: number): void {
    const until = this.now + ms
    while (this.#alarm !== undefined && this.#alarm <= until) {
      this.now = Math.max(this.now, this.#alarm)
      this.#alarm = undefined
      this.#fold('expectation.missed', { timer: 'refresh' })
      this.answer('applied')
    }
    this.now = until
  }

  #fold(type: string, data: unknown): void {
    const at = writeInstant(this.now++)
    const about = { id: 'f', subject: 'lst_1', tenant: 'main', source: 't', causation: 't', correlation: 'c' }
    const fact: Fact = { ...about, trace: '0'.repeat(32), type, recordedAt: at, occurredAt: at, data }
    const { state, facts, timers } = evolveListing(this.state, fact)
    this.state = JSON.parse(JSON.stringify(state)) as ListingState
    for (const one of facts) {
      const { n, quantity, asOf } = one.data as { n: number; quantity: string; asOf: string }
      this.sent.push({ n, quantity, asOf: readInstant(asOf) ?? 0 })
    }
    for (const { at: due } of timers) this.#alarm = due === null ? undefined : readInstant(due)
  }
}

describe('a channel', () => {
  test('is told when a value crosses a bound, and not of every piece', () => {
    const shop = new Channel()
    for (const quantity of ['50', '49', '12', '10', '9', '1', '0', '-3', '11']) {
      shop.report(quantity)
      shop.answer('applied')
    }
    expect(shop.sent.map(({ quantity }) => quantity)).toEqual(['50', '10', '0', '11'])
    expect(bucketOf('0', rule.thresholds)).toBe(0)
    expect(bucketOf('0.5', rule.thresholds)).toBe(1)
  })

  test('that is slow hears the newest only: what lay between is dropped', () => {
    const shop = new Channel()
    for (const quantity of ['50', '5', '0', '7', '90', '0']) shop.report(quantity)
    expect(shop.sent).toHaveLength(1)
    shop.answer('applied')
    expect(shop.sent.map(({ quantity }) => quantity)).toEqual(['50', '0'])
    expect(shop.state?.dropped).toBeGreaterThan(0)
  })

  test('that refuses is asked again with the newest, after an hour or at the next crossing', () => {
    const shop = new Channel()
    shop.report('50')
    shop.answer('refused')
    expect(shop.state?.refused).toMatchObject({ n: 1, reason: 'because' })
    shop.report('49')
    shop.pass(2 * hour)
    expect(shop.sent.map(({ quantity }) => quantity)).toEqual(['50', '49'])
    expect(shop.state?.refused).toBeUndefined()
  })

  test('is told everything again once a day', () => {
    const shop = new Channel()
    shop.report('50')
    shop.answer('applied')
    shop.report('40')
    shop.pass(25 * hour)
    expect([shop.sent.length, shop.has]).toEqual([2, '40'])
    const never = new Channel()
    never.report('50', { refreshHours: 0 })
    never.answer('applied')
    never.pass(100 * hour)
    expect(never.sent).toHaveLength(1)
  })

  test('that a person has sent an older value to is told the truth at once', () => {
    const shop = new Channel()
    shop.report('50')
    shop.answer('refused')
    shop.report('0')
    shop.answer('applied')
    shop.resent(1)
    shop.answer('applied')
    expect([shop.has, shop.sent.length]).toEqual(['0', 3])
  })
})

test('whatever happens in whatever order, nothing older follows something newer, and the channel ends with the truth', () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.integer({ min: -5, max: 30 }).map((quantity) => ({ quantity: String(quantity) })) },
    { weight: 3, arbitrary: fc.constantFrom('applied', 'refused', 'parked').map((answer) => ({ answer })) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 40 }).map((hours) => ({ hours })) },
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const shop = new Channel()
      let truth: string | undefined
      for (const one of steps) {
        if ('quantity' in one) {
          truth = one.quantity
          shop.report(one.quantity)
        } else if ('answer' in one) shop.answer(one.answer as 'applied')
        else shop.pass(one.hours * hour)
      }
      for (let rounds = 0; rounds < 3; rounds++) {
        shop.answer('applied')
        shop.pass(2 * hour)
      }
      for (const [index, { asOf, n }] of shop.sent.entries()) {
        expect(n).toBe(index + 1)
        if (index > 0) expect(asOf).toBeGreaterThanOrEqual(shop.sent[index - 1]?.asOf ?? 0)
      }
      if (truth !== undefined)
        expect(bucketOf(shop.has as `${number}`, rule.thresholds)).toBe(bucketOf(truth as `${number}`, rule.thresholds))
    }),
  )
})
