import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fact } from '../fact.ts'
import type { TaskDecision, TaskRequest } from './report.ts'
import type { TaskState } from './state.ts'
import { evolveTask, taskFold } from './task.ts'

const request: TaskRequest = {
  name: 'resolve-refusal',
  origin: 'ord_1',
  objects: ['ord_1'],
  role: 'order-desk',
  question: 'The ERP refused the order. What now?',
  evidence: { words: 'item blocked' },
  decisions: [
    { name: 'again', label: 'Send again', consequence: 'It is posted again.' },
    { name: 'abandon', label: 'Abandon', consequence: 'Nothing is posted.', reasonRequired: true },
    { name: 'ship', label: 'Ship anyway', consequence: 'It leaves.', fourEyes: true },
  ],
  dueAt: '2026-04-01T14:00:00Z',
  escalateTo: 'finance',
}

let facts = 0
function told(type: string, data: unknown): Fact {
  const at = `2026-04-01T12:00:${String(facts % 60).padStart(2, '0')}Z`
  const id = `f${facts++}`
  const by = { source: 'hub:desk', causation: id, correlation: id, trace: '0'.repeat(32) }
  return { id, type, subject: 'tsk_1', tenant: 'main', recordedAt: at, ...by, data }
}

const asked = (): Fact => told('task.requested', request)
const withdrawn = (): Fact => told('task.withdrawn', { reason: 'The order was cancelled.' })
const decided = (decision: string, person: string, more: Partial<TaskDecision> = {}): Fact =>
  told('task.decided', { decision, by: { key: 'key_1', person }, reason: 'because', ...more })
const missed = (due = '2026-04-01T14:00:00Z'): Fact => told('expectation.missed', { timer: 'task_due', due })

function fold(list: readonly Fact[], evolve = evolveTask) {
  let state: TaskState | undefined
  const written: { type: string; subject?: string; data: unknown }[] = []
  const timers: unknown[] = []
  for (const fact of list) {
    const evolution = evolve(state, fact)
    state = evolution.state
    written.push(...evolution.facts)
    timers.push(...evolution.timers.map(({ name, at }) => [name, at]))
  }
  return { state, written, types: written.map(({ type }) => type), timers }
}

describe('a task', () => {
  test('is opened once, waits with a timer, and tells what was decided', () => {
    const { state, types, written, timers } = fold([
      asked(),
      asked(),
      decided('again', 'anna'),
      decided('again', 'anna'),
    ])
    expect(types).toEqual(['task.opened', 'task.completed'])
    expect(written.at(-1)?.data).toMatchObject({
      origin: 'ord_1',
      decision: 'again',
      by: 'key_1/anna',
      reason: 'because',
    })
    expect(state).toMatchObject({ status: 'completed', outcome: { decision: 'again' } })
    expect(timers).toEqual([
      ['task_due', '2026-04-01T14:00:00Z'],
      ['task_due', null],
    ])
  })

  test('hands its answer to who asked, where that object knows answers, and to nobody else', () => {
    const data = { until: '2026-05-01' }
    const facts = [asked(), decided('again', 'anna', { data })]
    const { written } = fold(facts, taskFold(new Set(['order'])))
    const answer = {
      task: 'tsk_1',
      name: request.name,
      origin: 'ord_1',
      decision: 'again',
      by: 'key_1/anna',
      reason: 'because',
      data,
    }
    expect(written.find(({ type }) => type === 'task.answered')).toMatchObject({ subject: 'ord_1', data: answer })
    expect(fold(facts).types).not.toContain('task.answered')
    expect(fold([asked(), withdrawn()], taskFold(new Set(['order']))).types).not.toContain('task.answered')
  })

  test('that needs two people is decided by two different ones who say the same', () => {
    const alone = fold([asked(), decided('ship', 'anna'), decided('ship', 'Anna ')])
    expect(alone.types).toEqual(['task.opened', 'task.approved'])
    expect(alone.state?.status).toBe('open')
    const together = fold([asked(), decided('ship', 'anna'), decided('ship', 'bo')])
    expect(together.types).toEqual(['task.opened', 'task.approved', 'task.completed'])
    const otherwise = fold([
      asked(),
      decided('ship', 'anna', { data: { day: '1' } }),
      decided('ship', 'bo', { data: { day: '2' } }),
    ])
    expect(otherwise.state).toMatchObject({
      status: 'open',
      approvals: [{ data: { day: '1' } }, { data: { day: '2' } }],
    })
  })

  test('takes one key that names nobody for one person, and the same name for the same person whatever the key', () => {
    const by = (key: string, person?: string) =>
      told('task.decided', { decision: 'ship', by: { key, ...(person === undefined ? {} : { person }) }, reason: '' })
    expect(fold([asked(), by('key_1'), by('key_1', 'bo')]).state?.status).toBe('open')
    expect(fold([asked(), by('key_1', 'bo'), by('key_2', 'bo')]).state?.status).toBe('open')
    expect(fold([asked(), by('key_1'), by('key_2')]).state?.status).toBe('completed')
  })

  test('asks for what belongs to a decision', () => {
    const [first, ...others] = request.decisions
    const needing = told('task.requested', { ...request, decisions: [{ ...first, needs: ['item'] }, ...others] })
    expect(fold([needing, decided('again', 'anna', { data: { item: '' } })]).written.at(-1)?.data).toMatchObject({
      code: 'TASK_DATA_MISSING',
    })
    expect(fold([needing, decided('again', 'anna', { data: { item: 'LAMP' } })]).state?.status).toBe('completed')
  })

  test.each([
    ['amount', '12.50', ['', '-1', '1,5', 'much', 12.5]],
    ['day', '2026-02-28', ['2026-02-30', '28.02.2026', 'tomorrow']],
    ['choice', 'carrier', ['somebody']],
    ['text', 'anything', [['a', 'list']]],
  ] as const)('takes %s as it is written: %s', (kind, good, wrong) => {
    const field = { name: 'said', label: 'Said', kind, values: ['carrier', 'none'] }
    const [first, ...others] = request.decisions
    const needing = told('task.requested', { ...request, decisions: [{ ...first, fields: [field] }, ...others] })
    const after = (said: unknown) => fold([needing, decided('again', 'anna', { data: { said } })])
    for (const said of wrong)
      expect(after(said).written.at(-1)?.data).toMatchObject({
        code: said === '' ? 'TASK_DATA_MISSING' : 'TASK_DATA_INVALID',
      })
    expect(after(good).state?.status).toBe('completed')
  })

  test('refuses what it does not list, what has no reason, and what comes too late; the log says so', () => {
    const { types, written, state } = fold([
      asked(),
      decided('burn', 'anna'),
      decided('abandon', 'anna', { reason: ' ' }),
      decided('again', 'bo'),
      decided('abandon', 'anna'),
    ])
    expect(types).toEqual([
      'task.opened',
      'task.decision_refused',
      'task.decision_refused',
      'task.completed',
      'task.decision_refused',
    ])
    expect(written.flatMap(({ data }) => (data as { code?: string }).code ?? [])).toEqual([
      'TASK_DECISION_UNKNOWN',
      'TASK_REASON_MISSING',
      'TASK_CLOSED',
    ])
    expect(state?.outcome?.decision).toBe('again')
  })

  test('that nobody decides in time is escalated once, and can still be decided', () => {
    const { types, state, timers } = fold([asked(), missed(), missed(), decided('again', 'anna')])
    expect(types).toEqual(['task.opened', 'task.overdue', 'task.escalated', 'task.completed'])
    expect(state?.status).toBe('completed')
    expect(timers).toHaveLength(1)
    expect(fold([asked(), decided('again', 'anna'), missed()]).types).not.toContain('task.overdue')
  })

  test('that became needless is closed as obsolete, and nothing is decided after that', () => {
    const { types, state } = fold([asked(), withdrawn(), decided('again', 'anna'), withdrawn()])
    expect(types).toEqual(['task.opened', 'task.completed', 'task.decision_refused'])
    expect(state).toMatchObject({
      status: 'obsolete',
      outcome: { decision: 'obsolete', reason: 'The order was cancelled.' },
    })
    expect(fold([withdrawn(), asked()])).toMatchObject({
      types: ['task.opened', 'task.completed'],
      state: { status: 'obsolete' },
    })
  })

  test('ends the same wherever the question comes, and however often each thing is said', () => {
    const words = [decided('again', 'anna'), decided('ship', 'anna'), decided('ship', 'bo'), withdrawn()]
    const story = fc.tuple(fc.shuffledSubarray(words, { minLength: 1 }), fc.array(fc.nat(8), { maxLength: 6 }))
    fc.assert(
      fc.property(story, fc.nat(4), ([said, repeats], place) => {
        const question = asked()
        const straight = fold([question, ...said])
        const late = [...said.slice(0, place), question, ...said.slice(place)]
        // A repetition comes any time after the first.
        const list = repeats.reduce<readonly Fact[]>((soFar, at) => {
          const from = at % soFar.length
          return [...soFar.slice(0, from + 1), soFar[from] as Fact, ...soFar.slice(from + 1)]
        }, late)
        const end = ({ state }: ReturnType<typeof fold>) => [
          state?.status,
          state?.outcome?.decision,
          state?.outcome?.by,
        ]
        expect(end(fold(list))).toEqual(end(straight))
        const completed = ({ types }: ReturnType<typeof fold>) =>
          types.filter((type) => type === 'task.completed').length
        expect(completed(fold(list))).toBeLessThanOrEqual(1)
      }),
    )
  })
})
