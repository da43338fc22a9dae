import { readInstant, writeInstant } from '../../base/instant.ts'
import type { Derived, Evolution, Evolve, Fact } from '../fact.ts'
import { localDay, nextDay, quietUntil } from './local-time.ts'
import type { AddressedNotice } from './notice.ts'
import { concluded } from './outcome.ts'
import {
  type HoldReason,
  type NoticeRecord,
  type RecipientState,
  recordsMax,
  type SuppressionReport,
  type WaitingNotice,
  waitingMax,
} from './recipient-state.ts'

const timer = 'telling'

/**
 * Folds what somebody is to be told, has been told, and may not be told. Never the same twice; nothing in his quiet hours; no more in a
 * day than he was promised: the rest comes in one message on the next. Of expected times only the newest, and only one that moved far
 * enough and stays.
 */
export const evolveRecipient: Evolve<RecipientState> = (state, fact) => {
  switch (fact.type) {
    case 'recipient.notice_reported': {
      const notice = fact.data as AddressedNotice
      const known = state ?? begun(notice.rule.channel, notice.to)
      return new Telling({ ...known, to: { ...known.to, ...notice.to } }, fact).hear(notice)
    }
    case 'recipient.outcome_reported':
      return state === undefined ? silent(state as never) : concluded(state, fact)
    case 'recipient.suppression_reported':
      return suppression(state, fact)
    case 'expectation.missed':
      return state === undefined ? silent(state as never) : new Telling(state, fact).flush()
    default:
      return silent(state as RecipientState)
  }
}

function begun(channel: string, to: AddressedNotice['to']): RecipientState {
  return { channel, to, waiting: [], records: [], day: { date: '', count: 0 }, underWay: {}, count: 0 }
}

function silent(state: RecipientState): Evolution<RecipientState> {
  return { state, facts: [], timers: [] }
}

/** One fact's worth of telling. */
class Telling {
  #state: RecipientState
  readonly #now: number
  readonly #facts: Derived[] = []

  constructor(state: RecipientState, fact: Fact) {
    this.#state = state
    // A timer may have fired by a clock that is ahead of this one.
    const due = fact.type === 'expectation.missed' ? fact.occurredAt : undefined
    this.#now = Math.max(readInstant(fact.recordedAt) ?? 0, (due === undefined ? undefined : readInstant(due)) ?? 0)
  }

  hear(notice: AddressedNotice): Evolution<RecipientState> {
    const { key, corrects, overtakes = [] } = notice
    for (const one of this.#state.waiting) if (overtakes.includes(one.notice.key)) this.#drop(one, 'overtaken')
    const last = this.#told(key)
    const isRepeated =
      last !== undefined && last.corrected !== true && notice.expected === undefined && corrects === undefined
    if (isRepeated) return this.#end()
    const barred = this.#state.suppressed !== undefined ? 'suppressed' : notice.isStale === true ? 'stale' : undefined
    if (barred !== undefined) {
      this.#hold(notice, barred, this.#now)
      return this.#end()
    }
    if (corrects !== undefined && !this.#needsCorrection(notice, corrects)) return this.#end()
    this.#enqueue(notice)
    return this.flush()
  }

  /** Tells what is due, in one message; what may not be told yet waits for its time. */
  flush(): Evolution<RecipientState> {
    for (const one of this.#state.waiting.filter(({ due }) => due <= this.#now))
      if (isTooSmall(one.notice, this.#told(one.notice.key))) this.#drop(one, 'too_small')
    const due = this.#state.waiting.filter((one) => one.due <= this.#now)
    const [first] = due
    if (first === undefined) return this.#end()
    const later = this.#notBefore(first.notice)
    if (later === undefined) this.#issue(due)
    else
      this.#state = {
        ...this.#state,
        waiting: this.#state.waiting.map((one) => (one.due <= this.#now ? { ...one, due: later } : one)),
      }
    return this.#end()
  }

  /** What was told is corrected; what was not need not be. */
  #needsCorrection(notice: AddressedNotice, corrects: string): boolean {
    const waiting = this.#state.waiting.find((one) => one.notice.key === corrects)
    if (waiting !== undefined) this.#drop(waiting, 'withdrawn')
    const told = this.#told(corrects)
    if (waiting !== undefined || told === undefined || told.corrected === true) {
      this.#hold(notice, 'not_told_before', this.#now)
      return false
    }
    this.#state = {
      ...this.#state,
      records: this.#state.records.map((one) => (one === told ? { ...one, corrected: true as const } : one)),
    }
    return true
  }

  #enqueue(notice: AddressedNotice): void {
    const { expected, key } = notice
    const known = this.#state.waiting.find((one) => one.notice.key === key)
    if (known !== undefined && expected === undefined) return
    const others = this.#state.waiting.filter((one) => one !== known)
    if (others.length >= waitingMax) {
      this.#hold(notice, 'crowded', this.#now)
      return
    }
    const one: WaitingNotice = {
      notice: { ...notice, ...firstBefore(notice, known?.notice) },
      since: known?.since ?? this.#now,
      ...this.#patience(notice, known),
    }
    this.#state = { ...this.#state, waiting: [...others, one] }
  }

  /** An expected time that only trembles does not put off that it is told. */
  #patience(
    { expected, rule }: AddressedNotice,
    known: WaitingNotice | undefined,
  ): Pick<WaitingNotice, 'anchor' | 'due'> {
    const anchor = known?.anchor
    if (known !== undefined && anchor !== undefined && expected !== undefined) {
      const isTrembling = distance(anchor, expected.at) < rule.etaMinutes * 60_000
      if (isTrembling) return { due: known.due, anchor }
    }
    const stableMinutes = expected === undefined ? 0 : rule.etaStableMinutes
    const due = this.#now + Math.max(stableMinutes, rule.digestMinutes) * 60_000
    return { due, ...(expected === undefined ? {} : { anchor: expected.at }) }
  }

  /** When anything may be said to him; undefined now. */
  #notBefore({ rule }: AddressedNotice): number | undefined {
    const { timeZone, quiet, perDay } = rule
    const quietEnd = quiet === undefined ? undefined : quietUntil(this.#now, quiet, timeZone)
    if (quietEnd !== undefined) return quietEnd
    const { date, count } = this.#state.day
    return date === localDay(this.#now, timeZone) && count >= perDay ? nextDay(this.#now, timeZone) : undefined
  }

  #issue(due: readonly WaitingNotice[]): void {
    const [first] = due
    if (first === undefined) return
    const n = this.#state.count + 1
    const date = localDay(this.#now, first.notice.rule.timeZone)
    const { day, waiting } = this.#state
    const notices = due.map(({ notice }) => notice)
    const times = notices.map(({ key }) => (this.#told(key)?.times ?? 0) + 1)
    this.#state = {
      ...this.#state,
      count: n,
      waiting: waiting.filter((one) => !due.includes(one)),
      day: { date, count: day.date === date ? day.count + 1 : 1 },
      underWay: { ...this.#state.underWay, [n]: notices },
    }
    for (const [index, { notice, since }] of due.entries())
      this.#record(notice, { status: 'sent', at: since, times: times[index] ?? 1, ...told(notice) })
    const about = notices.map(({ event, key, object, number }, index) => ({
      event,
      key,
      object,
      number,
      times: times[index],
    }))
    const { name: rule, channel, audience } = first.notice.rule
    this.#facts.push({ rule: 'issued', type: 'notification.issued', data: { n, channel, audience, rule, about } })
  }

  #drop(one: WaitingNotice, reason: HoldReason): void {
    this.#state = { ...this.#state, waiting: this.#state.waiting.filter((other) => other !== one) }
    this.#hold(one.notice, reason, one.since)
  }

  #hold(notice: AddressedNotice, reason: HoldReason, at: number): void {
    this.#record(notice, { status: 'held_back', reason, at, times: 0 })
    const { event, key, object, number, rule, origin } = notice
    const about = { event, key, object, number, rule: rule.name, channel: rule.channel }
    const index = this.#facts.length
    this.#facts.push({ rule: `held-${index}`, type: 'notification.held_back', data: { ...about, reason } })
    if (origin === undefined) return
    // Whoever may not be told is not told: that is what was decided for him, and nobody has to do anything.
    const outcome = reason === 'crowded' ? 'refused' : 'applied'
    const data = { outcome, target: rule.channel, naturalKey: origin.naturalKey, reason }
    this.#facts.push({ rule: `origin-${index}`, type: 'process.outcome_reported', subject: origin.process, data })
  }

  #record(
    notice: AddressedNotice,
    became: Pick<NoticeRecord, 'status' | 'reason' | 'at' | 'times' | 'expected'>,
  ): void {
    const { key, event, object, number, rule } = notice
    const one: NoticeRecord = { key, event, object, number, rule: rule.name, ...became, changedAt: this.#now }
    this.#state = { ...this.#state, records: [...this.#state.records, one].slice(-recordsMax) }
  }

  /** The last time that he was told this. */
  #told(key: string): NoticeRecord | undefined {
    return this.#state.records.findLast((one) => one.key === key && one.status !== 'held_back')
  }

  #end(): Evolution<RecipientState> {
    const next = this.#state.waiting.reduce((least, { due }) => Math.min(least, due), Number.POSITIVE_INFINITY)
    return {
      state: this.#state,
      facts: this.#facts,
      timers: [{ name: timer, at: Number.isFinite(next) ? writeInstant(next) : null }],
    }
  }
}

function told({ expected }: AddressedNotice): { expected?: number } {
  const at = expected === undefined ? undefined : readInstant(expected.at)
  return at === undefined ? {} : { expected: at }
}

/** Before anything was told, what counts is what was expected before the first change that nobody heard of. */
function firstBefore({ expected }: AddressedNotice, known: AddressedNotice | undefined): Partial<AddressedNotice> {
  const before = known?.expected === undefined ? undefined : known.expected.before
  if (expected === undefined || known === undefined) return {}
  return { expected: { at: expected.at, ...(before === undefined ? {} : { before }) } }
}

function isTooSmall({ expected, rule }: AddressedNotice, last: NoticeRecord | undefined): boolean {
  if (expected === undefined) return false
  const known = last?.expected === undefined ? expected.before : writeInstant(last.expected)
  return known !== undefined && distance(known, expected.at) < rule.etaMinutes * 60_000
}

function distance(one: string, other: string): number {
  return Math.abs((readInstant(one) ?? 0) - (readInstant(other) ?? 0))
}

/** A person, or whoever the message went to, says that he is to be told nothing; or everything again. */
function suppression(state: RecipientState | undefined, fact: Fact): Evolution<RecipientState> {
  const report = fact.data as SuppressionReport
  if (report.action === 'release') {
    if (state?.suppressed === undefined) return silent(state as RecipientState)
    const { suppressed, ...free } = state
    const data = { channel: state.channel, reason: suppressed.reason, by: report.by }
    return { state: free, facts: [{ rule: 'released', type: 'recipient.released', data }], timers: [] }
  }
  const { reason = 'unsubscribed', by, said } = report
  // A server that speaks of somebody to whom nothing was ever sent speaks of another mail.
  if (state === undefined && reason === 'bounced') return silent(state as never)
  const known = state ?? begun(report.channel, report.to)
  if (known.suppressed !== undefined) return silent(known)
  const heard = said === undefined ? {} : { said }
  const suppressed = { reason, since: fact.recordedAt, by, ...heard }
  const data = { channel: known.channel, reason, by, ...heard }
  return {
    state: { ...known, suppressed },
    facts: [{ rule: 'suppressed', type: 'recipient.suppressed', data }],
    timers: [],
  }
}
