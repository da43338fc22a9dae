import { readInstant, writeInstant } from '../../base/instant.ts'
import { shortHash } from '../../base/sha256.ts'
import { type Derived, type Evolution, entities, type Fact } from '../fact.ts'
import type { TransmissionState } from './state.ts'

/** Name of the timer at which what waits is sent. */
export const batchTimer = 'batch'
/** Characters that one interchange may have: what is more goes into the next. */
const charactersMax = 2_000_000

/** Documents to one partner that wait to leave in one interchange. They are named only: each keeps its own text. */
export interface OutboxState {
  readonly waiting: readonly string[]
  readonly characters: number
  /** Interchanges that have left. */
  readonly closed: number
}

/** Data of `transmission.queued_reported`, to the outbox of the partner. */
export interface QueuedReport {
  readonly transmission: string
  readonly characters: number
  readonly minutes: number
  readonly most: number
}

/** Data of `transmission.collected_reported`, to a document: into which batch it goes. */
export interface CollectedReport {
  readonly batch: string
  readonly index: number
  readonly of: number
}

const emptyOutbox: OutboxState = { waiting: [], characters: 0, closed: 0 }

/** One more document: the first one starts the window, the last one that fits ends it. */
export function queued(state: TransmissionState, fact: Fact): Evolution<TransmissionState> {
  const { outbox = emptyOutbox } = state
  const { transmission, characters, minutes, most } = fact.data as QueuedReport
  if (outbox.waiting.includes(transmission)) return { state, facts: [], timers: [] }
  const now = {
    ...outbox,
    waiting: [...outbox.waiting, transmission],
    characters: outbox.characters + characters,
  }
  if (now.waiting.length >= most || now.characters >= charactersMax) return closed(state, now, fact)
  const at = writeInstant((readInstant(fact.recordedAt) ?? 0) + minutes * 60_000)
  return {
    state: { ...state, outbox: now },
    facts: [],
    timers: now.waiting.length === 1 ? [{ name: batchTimer, at }] : [],
  }
}

/** Sends what has gathered, in one interchange; nothing where a full one left before the time was over. */
export function windowOver(state: TransmissionState, fact: Fact): Evolution<TransmissionState> {
  const { outbox = emptyOutbox } = state
  return outbox.waiting.length === 0 ? { state, facts: [], timers: [] } : closed(state, outbox, fact)
}

function closed(state: TransmissionState, { waiting, closed: before }: OutboxState, fact: Fact) {
  const batch = `${entities.transmission}_${shortHash(`${fact.subject}|${before + 1}`)}`
  const facts = waiting.map((subject, index): Derived => {
    const data: CollectedReport = { batch, index, of: waiting.length }
    return { rule: `collected-${index}`, type: 'transmission.collected_reported', subject, data }
  })
  return {
    state: { ...state, outbox: { waiting: [], characters: 0, closed: before + 1 } },
    facts,
    timers: [{ name: batchTimer, at: null }],
  }
}
