import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readInstant, writeInstant } from '../../base/instant.ts'
import type { Derived, Fact } from '../fact.ts'
import { evolveCorrespondence } from './correspondence.ts'
import type { AddressedNotice, NoticeRule } from './notice.ts'
import { evolveRecipient } from './recipient.ts'
import type { RecipientState } from './recipient-state.ts'

const hour = 3_600_000
const start = Date.UTC(2026, 3, 13, 8)

const usual: NoticeRule = {
  ...{ name: 'customers', channel: 'post-office', audience: 'customer', locale: 'en', timeZone: 'Europe/Berlin' },
  ...{ perDay: 20, digestMinutes: 0, etaMinutes: 60, etaStableMinutes: 15 },
}

/** One recipient on a clock: what he is told, and when; timers go off when they are due. */
class Reader {
  state: RecipientState | undefined
  now = start
  readonly told: {
    readonly at: number
    readonly keys: readonly string[]
    readonly notices: readonly AddressedNotice[]
  }[] = []
  readonly facts: Derived[] = []
  #alarm: number | undefined
  #count = 0

  hear(key: string, more: Partial<AddressedNotice> = {}): void {
    const notice = {
      event: key,
      key,
      object: 'shp_1',
      number: 'SO-1',
      values: {},
      rule: usual,
      to: { address: 'a@b.example' },
    }
    this.#fold('recipient.notice_reported', { ...notice, ...more })
  }

  expect(at: number, more: Partial<AddressedNotice> = {}): void {
    this.hear('eta', { ...more, expected: { at: writeInstant(at), ...more.expected } })
  }

  outcome(n: number, outcome: string, reason?: string): void {
    this.#fold('recipient.outcome_reported', { n, outcome, ...(reason === undefined ? {} : { reason }) })
  }

  say(data: object): void {
    this.#fold('recipient.suppression_reported', data)
  }

  pass(ms: number): void {
    const until = this.now + ms
    while (this.#alarm !== undefined && this.#alarm <= until) {
      this.now = Math.max(this.now, this.#alarm)
      this.#alarm = undefined
      this.#fold('expectation.missed', { timer: 'telling' })
    }
    this.now = until
  }

  get keys(): readonly string[] {
    return this.told.flatMap(({ keys }) => keys)
  }

  get reasons(): readonly unknown[] {
    return this.facts
      .filter(({ type }) => type === 'notification.held_back')
      .map(({ data }) => (data as { reason: unknown }).reason)
  }

  #fold(type: string, data: unknown): void {
    const at = writeInstant(this.now)
    const about = {
      id: `f${++this.#count}`,
      subject: 'rcp_1',
      tenant: 'main',
      source: 't',
      causation: 't',
      correlation: 'c',
    }
    const fact: Fact = { ...about, trace: '0'.repeat(32), type, recordedAt: at, occurredAt: at, data }
    const { state, facts, timers } = evolveRecipient(this.state, fact)
    this.state = state === undefined ? undefined : (JSON.parse(JSON.stringify(state)) as RecipientState)
    this.facts.push(...facts)
    for (const { at: due } of timers) this.#alarm = due === null ? undefined : readInstant(due)
    for (const one of facts)
      if (one.type === 'notification.issued') {
        const { n, about: told } = one.data as { n: number; about: readonly { key: string }[] }
        this.told.push({ at: this.now, keys: told.map(({ key }) => key), notices: this.state?.underWay[n] ?? [] })
      }
  }
}

describe('a recipient', () => {
  test('is told each thing once, and the same again only after it was corrected', () => {
    const reader = new Reader()
    for (const key of ['delivered', 'delivered']) reader.hear(key)
    reader.hear('not', { corrects: 'delivered' })
    reader.hear('not', { corrects: 'delivered' })
    reader.hear('delivered')
    reader.hear('not', { corrects: 'delivered' })
    expect(reader.keys).toEqual(['delivered', 'not', 'delivered', 'not'])
  })

  test('hears no correction of what he was never told, or not told yet', () => {
    const reader = new Reader()
    reader.hear('not', { corrects: 'delivered' })
    const rule = { ...usual, digestMinutes: 60 }
    reader.hear('delivered', { rule })
    reader.hear('not', { rule, corrects: 'delivered' })
    reader.pass(3 * hour)
    expect([reader.keys, reader.reasons]).toEqual([[], ['not_told_before', 'withdrawn', 'not_told_before']])
  })

  test('is not told what is overtaken before it is told', () => {
    const reader = new Reader()
    reader.expect(start + 5 * hour)
    reader.hear('delivered', { overtakes: ['eta'] })
    reader.pass(hour)
    expect([reader.keys, reader.reasons]).toEqual([['delivered'], ['overtaken']])
  })

  test('is left alone in quiet hours, also over midnight and a change of the clock', () => {
    const reader = new Reader()
    reader.now = Date.UTC(2026, 2, 28, 21, 30)
    const rule = { ...usual, quiet: { from: 22 * 60, to: 7 * 60 } }
    reader.hear('one', { rule })
    reader.hear('two', { rule })
    expect(reader.told).toEqual([])
    reader.pass(12 * hour)
    // Seven in the morning of the first day of summer time.
    expect(reader.told).toMatchObject([{ at: Date.UTC(2026, 2, 29, 5), keys: ['one', 'two'] }])
  })

  test('gets no more in a day than he was promised, and the rest in one message on the next', () => {
    const reader = new Reader()
    for (let n = 0; n < 5; n++) reader.hear(`k${n}`, { rule: { ...usual, perDay: 2 } })
    expect(reader.keys).toEqual(['k0', 'k1'])
    reader.pass(24 * hour)
    expect(reader.told.at(-1)).toMatchObject({ at: Date.UTC(2026, 3, 13, 22), keys: ['k2', 'k3', 'k4'] })
  })

  test('is written to no more once nobody has the address, until a person says otherwise', () => {
    const reader = new Reader()
    reader.hear('one')
    reader.outcome(1, 'refused', 'RECIPIENT_REFUSED: nobody has the address (550).')
    reader.hear('two')
    expect([reader.keys, reader.reasons]).toEqual([['one'], ['suppressed']])
    expect(reader.state?.suppressed).toMatchObject({ reason: 'bounced', by: 'hub' })
    reader.say({ action: 'release', by: 'key_1' })
    reader.hear('three')
    expect(reader.keys).toEqual(['one', 'three'])
    expect(reader.facts.map(({ type }) => type)).toContain('recipient.released')
  })

  test('is still written to where a server refused one message only', () => {
    const reader = new Reader()
    reader.hear('one')
    reader.outcome(1, 'refused', 'The mail server refused the message (554 5.7.1).')
    reader.hear('two')
    expect(reader.keys).toEqual(['one', 'two'])
    expect(reader.state?.records.map(({ status }) => status)).toEqual(['refused', 'sent'])
  })

  test('can say that he wants no more before he was ever told anything', () => {
    const reader = new Reader()
    reader.say({ action: 'suppress', channel: 'post-office', to: { address: 'a@b.example' }, by: 'key_1' })
    reader.hear('one')
    expect([reader.keys, reader.state?.suppressed?.reason]).toEqual([[], 'unsubscribed'])
  })

  test('that is asked for by a process lets it know what became of it', () => {
    const origin = { process: 'prc_1', naturalKey: 'notify_party:post-office:R1' }
    const outcomes = (reader: Reader): readonly unknown[] =>
      reader.facts.filter(({ type }) => type === 'process.outcome_reported').map(({ subject, data }) => [subject, data])
    const told = new Reader()
    told.hear('one', { origin })
    expect(outcomes(told)).toEqual([])
    told.outcome(1, 'applied')
    expect(outcomes(told)).toMatchObject([['prc_1', { outcome: 'applied', naturalKey: origin.naturalKey }]])
    const unwilling = new Reader()
    unwilling.say({ action: 'suppress', channel: 'post-office', to: { address: 'a@b.example' }, by: 'key_1' })
    unwilling.hear('one', { origin })
    expect(outcomes(unwilling)).toMatchObject([['prc_1', { outcome: 'applied', reason: 'suppressed' }]])
  })

  test('a message that nobody knows the end of is shown as such, and settled when somebody does', () => {
    const reader = new Reader()
    reader.hear('one')
    reader.outcome(1, 'parked', 'ambiguous: CLOSED')
    expect(reader.state?.records).toMatchObject([{ status: 'unknown', reason: 'ambiguous: CLOSED' }])
    reader.outcome(1, 'applied')
    expect(reader.state?.records).toMatchObject([{ status: 'told' }])
  })
})

describe('expected times', () => {
  const change = fc.record({ after: fc.integer({ min: 0, max: 40 }), shift: fc.integer({ min: -300, max: 300 }) })

  test('what is told moved far enough, stayed long enough, and is the newest', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 30 }), (changes) => {
        const reader = new Reader()
        const said: { at: number; eta: number }[] = []
        let eta = start + 100 * hour
        for (const { after, shift } of changes) {
          reader.pass(after * 60_000)
          eta += shift * 60_000
          reader.expect(eta)
          said.push({ at: reader.now, eta })
        }
        reader.pass(48 * hour)
        let last: number | undefined
        for (const { at, notices } of reader.told) {
          const told = readInstant(notices[0]?.expected?.at ?? '') ?? 0
          const heard = said.filter((one) => one.at < at)
          expect(told).toBe(heard.at(-1)?.eta)
          if (last !== undefined) expect(Math.abs(told - last)).toBeGreaterThanOrEqual(60 * 60_000)
          // Whatever was said in the last quarter of an hour only trembled.
          for (const one of said.filter((other) => other.at > at - 15 * 60_000 && other.at < at))
            expect(Math.abs(one.eta - told)).toBeLessThan(120 * 60_000)
          last = told
        }
        const final = said.at(-1)
        // Nobody is left with a time that is far from the truth.
        if (final !== undefined) expect(Math.abs((last ?? Number.NaN) - final.eta)).toBeLessThan(60 * 60_000)
      }),
    )
  })

  test('a time that goes on moving is told once it stops', () => {
    const reader = new Reader()
    for (let n = 0; n < 20; n++) {
      reader.expect(start + (10 + 2 * n) * hour)
      reader.pass(10 * 60_000)
    }
    expect(reader.told).toEqual([])
    reader.pass(hour)
    expect(reader.told).toMatchObject([{ notices: [{ expected: { at: writeInstant(start + 48 * hour) } }] }])
  })

  test('the first change counts from what was expected before it', () => {
    const reader = new Reader()
    reader.expect(start + 10.5 * hour, {
      expected: { at: writeInstant(start + 10.5 * hour), before: writeInstant(start + 10 * hour) },
    })
    reader.pass(hour)
    expect([reader.keys, reader.reasons]).toEqual([[], ['too_small']])
  })
})

test('whatever comes in whatever order, nothing is told twice, in quiet hours, or above the budget', () => {
  const keys = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f')
  const step = fc.record({ key: keys, wait: fc.integer({ min: 0, max: 600 }), digest: fc.constantFrom(0, 0, 90) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const reader = new Reader()
      const rule = { ...usual, timeZone: 'UTC', perDay: 2, quiet: { from: 20 * 60, to: 6 * 60 } }
      for (const { key, wait, digest } of steps) {
        reader.hear(key, { rule: { ...rule, digestMinutes: digest } })
        reader.pass(wait * 60_000)
      }
      reader.pass(30 * 24 * hour)
      expect(reader.keys.toSorted()).toEqual([...new Set(steps.map(({ key }) => key))].toSorted())
      const days = Map.groupBy(reader.told, ({ at }) => writeInstant(at).slice(0, 10))
      for (const told of days.values()) expect(told.length).toBeLessThanOrEqual(2)
      for (const { at } of reader.told) expect(new Date(at).getUTCHours()).toBeGreaterThanOrEqual(6)
      for (const { at } of reader.told) expect(new Date(at).getUTCHours()).toBeLessThan(20)
      expect(reader.state?.waiting ?? []).toEqual([])
    }),
  )
})

test('news of an order whose customer nobody names waits three days, and then that is said', () => {
  const fact = (type: string, data: unknown, at: number): Fact => ({
    ...{ id: 'f', type, subject: 'crs_1', tenant: 'main', source: 't', causation: 't', correlation: 'c' },
    ...{ trace: '0'.repeat(32), recordedAt: writeInstant(at), occurredAt: writeInstant(at), data },
  })
  const notice = {
    event: 'one',
    key: 'one',
    object: 'shp_1',
    number: 'SO-1',
    values: {},
    rule: usual,
    roles: ['sold_to'],
  }
  const origin = { process: 'prc_1', naturalKey: 'notify_party:post-office:R1' }
  const waiting = evolveCorrespondence(undefined, fact('correspondence.notice_reported', { ...notice, origin }, start))
  expect(waiting.timers).toEqual([{ name: 'contact', at: writeInstant(start + 72 * hour) }])
  const late = evolveCorrespondence(waiting.state, fact('expectation.missed', { timer: 'contact' }, start + 72 * hour))
  expect(late.facts).toMatchObject([
    { type: 'notification.held_back', data: { reason: 'no_contact' } },
    { type: 'process.outcome_reported', subject: 'prc_1', data: { outcome: 'refused', reason: 'no_contact' } },
  ])
  const contacts = { contacts: [{ role: 'sold_to', address: 'a@b.example' }] }
  const known = evolveCorrespondence(waiting.state, fact('correspondence.contacts_reported', contacts, start + hour))
  expect(known.facts).toMatchObject([{ type: 'recipient.notice_reported', data: { to: { address: 'a@b.example' } } }])
  expect(known.timers).toEqual([{ name: 'contact', at: null }])
})
