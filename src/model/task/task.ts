import { readInstant } from '../../base/instant.ts'
import { type Entity, type Evolution, type Evolve, entities, type Fact } from '../fact.ts'
import { actorText, isSamePerson } from './actor.ts'
import type { TaskAnswer, TaskAssignment, TaskDecision, TaskNote, TaskRequest, TaskWithdrawal } from './report.ts'
import { type EarlyWord, historyMax, type TaskEntry, type TaskOutcome, type TaskState, unheardTask } from './state.ts'
import { judgeDecision } from './verdict.ts'

const timer = 'task_due'

/** Kinds of objects whose folds know `task.answered`. */
const askingEntities: ReadonlySet<Entity> = new Set<Entity>(['process', 'stock'])

/** Folds what is said about one task. The question may come after its withdrawal or its decision; each counts once. */
export function taskFold(asking: ReadonlySet<Entity>): Evolve<TaskState> {
  return (state = unheardTask, fact) => {
    switch (fact.type) {
      case 'task.requested':
        return requested(state, fact, asking)
      case 'task.decided':
        return state.status === undefined
          ? remembered(state, { said: 'decided', data: fact.data as TaskDecision })
          : judged(state, fact, { decision: fact.data as TaskDecision, asking })
      case 'task.withdrawn':
        return state.status === undefined
          ? remembered(state, { said: 'withdrawn', data: fact.data as TaskWithdrawal })
          : withdrawn(state, fact, fact.data as TaskWithdrawal)
      case 'task.assigned':
        return assigned(state, fact)
      case 'task.noted':
        return noted(state, fact)
      case 'expectation.missed':
        return missed(state, fact)
      default:
        return silent(state)
    }
  }
}

/** The fold of the hub, with the kinds of objects that ask. */
export const evolveTask = taskFold(askingEntities)

function requested(state: TaskState, fact: Fact, asking: ReadonlySet<Entity>): Evolution<TaskState> {
  if (state.request !== undefined) return silent(state)
  const request = fact.data as TaskRequest
  const { evidence: _, ...about } = request
  const open: TaskState = { ...state, request, status: 'open', openedAt: fact.recordedAt, early: [] }
  let evolution: Evolution<TaskState> = {
    state: open,
    facts: [{ rule: 'opened', type: 'task.opened', data: about }],
    timers: request.dueAt === undefined ? [] : [{ name: timer, at: request.dueAt, data: about }],
  }
  for (const word of state.early) {
    const next =
      word.said === 'decided'
        ? judged(evolution.state, fact, { decision: word.data, asking })
        : withdrawn(evolution.state, fact, word.data)
    evolution = {
      state: next.state,
      facts: [...evolution.facts, ...next.facts],
      timers: [...evolution.timers, ...next.timers],
    }
  }
  return evolution
}

/** Nobody asked yet, as far as this log knows: it counts when the question comes. */
function remembered(state: TaskState, word: EarlyWord): Evolution<TaskState> {
  const isKnown = state.early.some((one) => JSON.stringify(one) === JSON.stringify(word))
  return silent(isKnown ? state : { ...state, early: [...state.early, word].slice(-earlyMax) })
}

const earlyMax = 10

interface Judged {
  readonly decision: TaskDecision
  readonly asking: ReadonlySet<Entity>
}

function judged(state: TaskState, fact: Fact, { decision, asking }: Judged): Evolution<TaskState> {
  const verdict = judgeDecision(state, decision)
  const by = actorText(decision.by)
  const entry = (did: TaskEntry['did'], text: string): TaskState =>
    remember(state, { at: fact.recordedAt, by, did, text })
  const { name } = state.request ?? { name: '' }
  const said = { name, decision: decision.decision, by }
  if (verdict.outcome === 'repeats') return silent(state)
  if (verdict.outcome === 'refused') {
    // The same approval twice, or a log that is read again, is no news.
    const isKnown = state.history.some((one) => one.did === 'refused' && one.by === by && one.text === verdict.code)
    if (verdict.code === 'TASK_SAME_PERSON' || isKnown) return silent(state)
    const data = { ...said, code: verdict.code }
    return {
      state: entry('refused', verdict.code),
      facts: [{ rule: `refused-${state.history.length}`, type: 'task.decision_refused', data }],
      timers: [],
    }
  }
  if (verdict.outcome === 'approves') {
    const others = state.approvals.filter(
      (one) => one.decision !== decision.decision || !isSamePerson(one.by, decision.by),
    )
    const next = entry('approved', `${decision.decision}: ${decision.reason}`)
    return {
      state: { ...next, approvals: [...others, { ...decision, at: fact.recordedAt }] },
      facts: [
        { rule: `approved-${state.history.length}`, type: 'task.approved', data: { ...said, reason: decision.reason } },
      ],
      timers: [],
    }
  }
  const { by: _, ...rest } = decision
  const next = entry('decided', `${decision.decision}: ${decision.reason}`)
  return closed(next, fact, { outcome: { ...rest, by, at: fact.recordedAt }, status: 'completed', asking })
}

function withdrawn(state: TaskState, fact: Fact, { reason }: TaskWithdrawal): Evolution<TaskState> {
  if (state.status !== 'open') return silent(state)
  const outcome = { decision: 'obsolete', by: 'hub', reason, at: fact.recordedAt }
  const next = remember(state, { at: fact.recordedAt, by: 'hub', did: 'withdrawn', text: reason })
  return closed(next, fact, { outcome, status: 'obsolete', asking: new Set() })
}

/** It is over: the timer is disarmed, subscribers hear it, and so does who asked. */
function closed(
  state: TaskState,
  fact: Fact,
  end: {
    readonly outcome: TaskOutcome
    readonly status: 'completed' | 'obsolete'
    readonly asking: ReadonlySet<Entity>
  },
): Evolution<TaskState> {
  const { outcome, status, asking } = end
  const { request, overdueAt } = state
  const next: TaskState = { ...state, status, outcome }
  if (request === undefined) return silent(next)
  const { name, origin, dueAt } = request
  const { at: _, ...said } = outcome
  const answer: TaskAnswer = { task: fact.subject, name, ...(origin === undefined ? {} : { origin }), ...said }
  const asks = origin !== undefined && [...asking].some((entity) => origin.startsWith(`${entities[entity]}_`))
  return {
    state: next,
    facts: [
      { rule: 'completed', type: 'task.completed', data: answer },
      ...(asks ? [{ rule: 'answered', type: 'task.answered', subject: origin, data: answer }] : []),
    ],
    timers: dueAt === undefined || overdueAt !== undefined ? [] : [{ name: timer, at: null }],
  }
}

function assigned(state: TaskState, fact: Fact): Evolution<TaskState> {
  const { assignee, by } = fact.data as TaskAssignment
  const counted = { ...state, claims: (state.claims ?? 0) + 1 }
  if (state.assignee === assignee || state.outcome !== undefined) return silent(counted)
  const { assignee: _, ...rest } = counted
  const text = assignee ?? 'nobody'
  const next = remember(rest, { at: fact.recordedAt, by: actorText(by), did: 'assigned', text })
  return silent(assignee === undefined ? next : { ...next, assignee })
}

function noted(state: TaskState, fact: Fact): Evolution<TaskState> {
  const { text, by } = fact.data as TaskNote
  const entry: TaskEntry = { at: fact.recordedAt, by: actorText(by), did: 'noted', text }
  const isKnown = state.history.some((one) => one.did === 'noted' && one.by === entry.by && one.text === text)
  return silent(isKnown ? state : remember(state, entry))
}

/** Nobody decided in time: somebody else has to look, too. It can still be decided. */
function missed(state: TaskState, fact: Fact): Evolution<TaskState> {
  const { request, status, overdueAt } = state
  const { timer: name, due } = fact.data as { readonly timer: string; readonly due: string }
  if (name !== timer || request === undefined || status !== 'open' || overdueAt !== undefined) return silent(state)
  const { role, escalateTo, question, objects } = request
  if ((readInstant(due) ?? 0) < (readInstant(request.dueAt ?? due) ?? 0)) return silent(state)
  const about = { name: request.name, role, question, objects, due }
  const text = escalateTo === undefined ? 'not decided in time' : `not decided in time: ${escalateTo}`
  return {
    state: { ...remember(state, { at: fact.recordedAt, by: 'hub', did: 'overdue', text }), overdueAt: fact.recordedAt },
    facts: [
      { rule: 'overdue', type: 'task.overdue', data: about },
      ...(escalateTo === undefined
        ? []
        : [{ rule: 'escalated', type: 'task.escalated', data: { ...about, escalateTo } }]),
    ],
    timers: [],
  }
}

function remember(state: TaskState, entry: TaskEntry): TaskState {
  return { ...state, history: [...state.history, entry].slice(-historyMax) }
}

function silent(state: TaskState): Evolution<TaskState> {
  return { state, facts: [], timers: [] }
}
