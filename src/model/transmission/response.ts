import { readInstant, writeInstant } from '../../base/instant.ts'
import { type Derived, type Entity, type Evolution, entities, type Fact, type TimerChange } from '../fact.ts'
import type { Awaited } from './awaiting.ts'
import { tellObject } from './exchange-problem.ts'
import type { ExpectedResponse } from './report.ts'
import type { TransmissionState } from './state.ts'

/** Name of the timer for the answer of the business. */
export const responseTimer = 'business_answer'

/** How the answer of the business may stand. */
export const responseStatuses = ['awaited', 'overdue', 'answered'] as const

/** How the answer of the business stands. */
export interface ResponseState extends Pick<ExpectedResponse, 'answer'> {
  readonly status: (typeof responseStatuses)[number]
  /** When it is late, ms. */
  readonly dueAt: number
  /** The object has the deadline too, and says itself that it is over. */
  readonly isOfObject?: true
}

const names: ReadonlyMap<string, string> = new Map(
  Object.entries(entities).map(([name, prefix]) => [prefix, name as Entity]),
)

/** What a sending expects of the partner’s business; an answer that came for an earlier sending still counts. */
export function expecting(
  state: TransmissionState,
  fact: Fact,
): {
  readonly response?: ResponseState
  readonly facts: readonly Derived[]
  readonly timers: readonly TimerChange[]
} {
  const { report, document, response: known } = state
  const expected = document?.response
  if (report === undefined || expected === undefined || known?.status === 'answered')
    return { ...(known === undefined ? {} : { response: known }), facts: [], timers: [] }
  const entity = names.get(report.about.slice(0, 3))
  if (entity === undefined) return { facts: [], timers: [] }
  const { answer, by, minutes } = expected
  const dueAt = readInstant(by ?? '') ?? (readInstant(fact.recordedAt) ?? 0) + minutes * 60_000
  const awaited: Awaited = { transmission: fact.subject, answer, already: report.already ?? 0 }
  return {
    response: { answer, status: 'awaited', dueAt, ...(by === undefined ? {} : { isOfObject: true as const }) },
    facts: [{ rule: 'awaits', type: `${entity}.answer_awaited_reported`, subject: report.about, data: awaited }],
    timers: [{ name: responseTimer, at: writeInstant(dueAt), data: { answer } }],
  }
}

/** The object was answered: in time, or late. */
export function responded(state: TransmissionState, fact: Fact): Evolution<TransmissionState> {
  const { response, report, document } = state
  if (response === undefined || response.status === 'answered' || report === undefined || document === undefined)
    return { state, facts: [], timers: [] }
  const isLate = response.status === 'overdue'
  const { connection, about } = report
  const { set, number, interchange } = document
  const closes = state.open.includes('document_unanswered')
  return {
    state: {
      ...state,
      response: { ...response, status: 'answered' },
      open: state.open.filter((category) => category !== 'document_unanswered'),
    },
    facts: [
      {
        rule: 'answered',
        type: 'transmission.answered',
        data: { connection, set, number, interchange, answer: response.answer, isLate },
      },
      ...(closes
        ? tellObject(about, {
            category: 'document_unanswered',
            isOpen: false,
            transmission: fact.subject,
            connection,
            reason: 'It is answered.',
          })
        : []),
    ],
    timers: [{ name: responseTimer, at: null }],
  }
}

const settledOtherwise: ReadonlySet<unknown> = new Set(['closed', 'rejected', 'unwritable'])

/** Nothing came from the business in time. What was refused or closed waits for nobody. */
export function unanswered(state: TransmissionState, fact: Fact): Evolution<TransmissionState> {
  const { response, report, document } = state
  const { due } = fact.data as { readonly due: string }
  const isMoot = settledOtherwise.has(state.status) || (readInstant(due) ?? 0) < (response?.dueAt ?? 0)
  if (response?.status !== 'awaited' || isMoot || report === undefined || document === undefined)
    return { state, facts: [], timers: [] }
  const { connection, about } = report
  const { set, number, interchange } = document
  const isOurs = response.isOfObject !== true
  const reason = `The ${set} ${number} to ${connection} is not answered.`
  return {
    state: {
      ...state,
      response: { ...response, status: 'overdue' },
      open: isOurs ? [...state.open, 'document_unanswered'] : state.open,
    },
    facts: [
      {
        rule: 'unanswered',
        type: 'transmission.unanswered',
        data: { connection, set, number, interchange, answer: response.answer, due },
      },
      ...(isOurs
        ? tellObject(about, {
            category: 'document_unanswered',
            isOpen: true,
            transmission: fact.subject,
            connection,
            reason,
          })
        : []),
    ],
    timers: [],
  }
}
