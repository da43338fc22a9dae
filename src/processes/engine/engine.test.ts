import { describe, expect, test } from 'vitest'
import { ProcessRun, type Told } from '../../../test/process-run.ts'
import { type Definition, defineProcess, type StateDefinition } from './definition.ts'
import type { Instance } from './instance.ts'

interface Known {
  readonly said: readonly string[]
}

const fact = (word: string, minutes?: number): Told => ({
  type: 'order.changed',
  subject: 'ord_1',
  data: { word },
  ...(minutes === undefined ? {} : { minutes }),
})
const hears =
  (word: string) =>
  ({ known }: { readonly known: Known }): boolean =>
    known.said.includes(word)
const step = (to: string, word: string) => ({ to, label: word, awaits: ['order.changed'], when: hears(word) })
const posting = (name: string) => () => ({ businessKey: name, key: 'q', priority: 3, payload: { name } })

/** Books two things one after the other, and takes both back when it is called off. */
function example(more: Partial<Definition<Known>> = {}): Definition {
  const states: Readonly<Record<string, StateDefinition<Known>>> = {
    first: {
      about: 'Books the room.',
      effects: ['room'],
      timers: ['late'],
      cancel: 'undoing',
      next: [step('second', 'next')],
    },
    second: {
      about: 'Books the car.',
      effects: ['car'],
      timers: ['late'],
      tasks: ['look'],
      cancel: 'undoing',
      skip: ['over'],
      next: [step('over', 'done')],
    },
    undoing: {
      about: 'Takes back what was booked.',
      undoes: true,
      timers: ['late'],
      next: [
        {
          to: 'over',
          label: 'all is taken back',
          awaits: ['effect room', 'effect car'],
          when: (scope) => scope.undone,
        },
      ],
    },
    over: { about: 'Nothing more.', final: true, cancel: { refused: 'too_late' } },
  }
  const effect = (command: string, undo?: string) => ({
    about: command,
    command,
    role: 'transport' as const,
    make: posting(command),
    ...(undo === undefined ? {} : { undo }),
  })
  return defineProcess<Known>({
    id: 'example',
    version: 1,
    title: 'Example',
    about: 'Books and takes back.',
    key: 'The order.',
    nothing: { said: [] },
    subscribes: {
      'order.changed': {
        about: 'A word.',
        keys: (one) => [one.subject],
        take: (one) => one.data,
        remember: (known, { data }) => ({
          said: [...new Set([...known.said, (data as { word: string }).word])].toSorted(),
        }),
        starts: ({ said }) => said.includes('begin'),
      },
    },
    branches: { main: { about: 'All of it.', initial: 'first', states } },
    effects: {
      room: effect('book_room', 'room-back'),
      car: effect('book_car', 'car-back'),
      'room-back': effect('free_room'),
      'car-back': effect('free_car'),
    },
    timers: {
      late: {
        about: 'More words.',
        lasts: '60 min',
        from: 'the last',
        due: (scope) => scope.after(scope.since, 60),
        then: 'Nothing.',
      },
    },
    tasks: {
      look: {
        about: 'Somebody looks.',
        role: 'transport',
        question: () => 'Well?',
        when: (scope) => scope.missed('late'),
        decisions: [{ name: 'fine', label: 'Fine', consequence: 'None.' }],
      },
    },
    kpis: {},
    ...more,
  })
}

const begun = (...words: readonly string[]): ProcessRun =>
  ['begin', ...words].reduce((run, word) => run.tell(fact(word)), new ProcessRun(example()))

test('an outside system is told only what somebody knows', () => {
  const make = () => ({ businessKey: 'r', key: 'q', priority: 3, payload: { name: 'r', floor: undefined } })
  const { effects } = example()
  const run = new ProcessRun(
    defineProcess<Known>({ ...example(), effects: { ...effects, room: { ...effects['room'], make } } } as never),
  )
  expect(run.tell(fact('begin')).effects[0]?.payload).toStrictEqual({ name: 'r' })
})

describe('what was done is taken back', () => {
  test('the last first, and the next only when that is settled', () => {
    const run = begun('next')
      .outcome('book_room', 'applied')
      .outcome('book_car', 'applied')
      .decide({ action: 'cancel' })
    expect(run.asked.slice(2)).toEqual(['free_car free_car'])
    run.outcome('free_car', 'applied')
    expect(run.asked.slice(2)).toEqual(['free_car free_car', 'free_room free_room'])
    expect(run.outcome('free_room', 'applied').state()).toBe('over')
  })

  test('and an effect whose outcome is open is waited for', () => {
    const run = begun('next').outcome('book_room', 'applied').decide({ action: 'cancel' })
    expect(run.asked.slice(2)).toEqual([])
    run.outcome('book_car', 'parked')
    expect(run.asked.slice(2)).toEqual([])
    expect(run.open).toEqual(['resolve-unknown'])
    // It was refused after all: there is nothing to take back of it.
    run.outcome('book_car', 'refused')
    expect(run.asked.slice(2)).toEqual(['free_room free_room'])
  })

  test('not at all where nobody was asked', () => {
    expect(begun().unrouted('book_room').decide({ action: 'cancel' }).state()).toBe('over')
  })

  test('and what cannot be taken back is for a person', () => {
    const run = begun().outcome('book_room', 'applied').decide({ action: 'cancel' }).outcome('free_room', 'refused')
    expect(run.open).toEqual(['resolve-refusal'])
    expect(run.state()).toBe('undoing')
    expect(run.answer('resolve-refusal', 'done').state()).toBe('over')
  })
})

describe('several targets', () => {
  test('have all done it before it is done', () => {
    const run = begun('next')
    const [room] = Object.keys(run.instance?.effects ?? {})
    run.report('process.targets_reported', { effect: room, targets: 2 })
    run.outcome('book_room', 'applied', { target: 'here' })
    expect(run.instance?.effects[room ?? '']?.status).toBe('wanted')
    run.outcome('book_room', 'applied', { target: 'there' })
    expect(run.instance?.effects[room ?? '']?.status).toBe('applied')
  })
})

describe('time', () => {
  test('counts from the facts, so that a replay gives the same', () => {
    const run = new ProcessRun(example()).tell(fact('begin', 30))
    expect(run.timers.get('example.late')).toBe(Date.parse('2026-04-01T01:30:00Z'))
  })

  test('a late fact wins over the timer, and what the timer opened is needless', () => {
    const run = begun('next').fire('late')
    expect(run.open).toEqual(['look'])
    run.tell(fact('done'))
    expect(run.open).toEqual([])
    expect(run.said('task.withdrawn')).toEqual([{ reason: 'order.changed made it needless.' }])
  })
})

describe('people', () => {
  test('send a branch on where the definition says so, and nowhere else', () => {
    const run = begun('next').decide({ action: 'skip', to: 'over' })
    expect(run.state()).toBe('over')
    expect(run.said('process.skipped')).toMatchObject([{ branch: 'main', to: 'over', by: 'ana', reason: 'wanted' }])
    const refused = begun().decide({ action: 'skip', to: 'over' })
    expect(refused.state()).toBe('first')
    expect(refused.said('process.command_refused')).toMatchObject([{ action: 'skip', reason: 'not_from_first' }])
  })

  test('hear why a cancellation comes too late', () => {
    const run = begun('next', 'done').decide({ action: 'cancel' })
    expect(run.said('process.command_refused')).toMatchObject([{ action: 'cancel', reason: 'too_late' }])
  })

  test('answer a question once: what comes for an earlier one changes nothing', () => {
    const run = begun('next').fire('late')
    const [task] = [...run.tasks.keys()]
    run.answer('look', 'fine')
    const before = JSON.stringify(run.instance)
    run.report('task.answered', { task, name: 'look', decision: 'fine', by: 'bo', reason: '' })
    expect(JSON.stringify(run.instance)).toBe(before)
  })
})

describe('versions', () => {
  const next = (migrations: Definition<Known>['migrations']): Definition =>
    example({ version: 2, ...(migrations === undefined ? {} : { migrations }) })
  const stored: Instance = JSON.parse(JSON.stringify(begun('next').instance)) as Instance
  const renamed = {
    1: (instance: Instance): Instance => ({ ...instance, known: { said: ['begin', 'next', 'migrated'] } }),
  }

  test('an instance stays on the one that it began with', () => {
    const run = ProcessRun.resumed(next(renamed), stored, { others: [example()] }).tell(fact('done'))
    expect(run.instance?.version).toBe(1)
    expect(run.state()).toBe('over')
  })

  test('a person moves it to the newest one, by the migration that was written for it', () => {
    const run = ProcessRun.resumed(next(renamed), stored, { others: [example()] }).decide({ action: 'migrate' })
    expect(run.instance).toMatchObject({ version: 2, known: { said: ['begin', 'next', 'migrated'] } })
    expect(run.said('process.migrated')).toMatchObject([{ version: 2, by: 'ana' }])
  })

  test('a version that is gone does not strand what is under way', () => {
    expect(ProcessRun.resumed(next(renamed), stored).tell(fact('done')).instance).toMatchObject({ version: 2 })
  })

  test('and where nobody wrote how, the hub says so instead of guessing', () => {
    expect(() => ProcessRun.resumed(next(undefined), stored).tell(fact('done'))).toThrow('example 1 cannot become 2')
  })
})

describe('a definition', () => {
  const broken = (states: Readonly<Record<string, StateDefinition<Known>>>) => () =>
    example({ branches: { main: { about: '', initial: 'first', states } } })

  test.each([
    [
      'names a state that there is none of',
      { first: { about: '', timers: ['late'], next: [step('nowhere', 'x')] } },
      'state nowhere is not defined',
    ],
    [
      'names an effect that there is none of',
      { first: { about: '', timers: ['late'], effects: ['fly'] } },
      'effect fly is not defined',
    ],
    ['names a timer that there is none of', { first: { about: '', timers: ['never'] } }, 'timer never is not defined'],
    [
      'waits for a fact that it does not hear',
      { first: { about: '', timers: ['late'], next: [{ ...step('first', 'x'), awaits: ['order.held'] }] } },
      'fact order.held is not defined',
    ],
    ['would wait for ever', { first: { about: '' } }, 'nobody would notice that main first lasts for ever'],
  ])('that %s is refused', (_, states, problem) => {
    expect(broken(states)).toThrow(problem)
  })

  test('that goes round in circles is a mistake that is shown, not a hub that stands still', () => {
    const always = { to: 'first', label: 'again', awaits: [], when: () => true }
    const circle = example({
      branches: {
        main: { about: '', initial: 'first', states: { first: { about: '', timers: ['late'], next: [always] } } },
      },
    })
    expect(() => new ProcessRun(circle).tell(fact('begin'))).toThrow('goes round in circles')
  })
})

test('an instance only remembers before it begins', () => {
  const run = new ProcessRun(example()).tell(fact('next'))
  expect(run.state()).toBeUndefined()
  expect(run.facts).toEqual([])
  expect(run.tell(fact('begin')).state()).toBe('second')
})
