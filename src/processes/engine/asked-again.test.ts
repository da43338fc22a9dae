import { expect, test } from 'vitest'
import { ProcessRun } from '../../../test/process-run.ts'
import { defineProcess } from './definition.ts'

interface Known {
  readonly due?: string
}

const waiting = defineProcess<Known>({
  id: 'waiting',
  version: 1,
  title: 'Waiting',
  about: 'Something is awaited until a day that may move.',
  key: 'The shipment.',
  optIn: true,
  nothing: {},
  subscribes: {
    'shipment.booked': {
      about: 'It is due.',
      keys: ({ subject }) => [subject],
      take: (fact) => fact.data,
      remember: (_, { data }) => data as Known,
      starts: true,
    },
  },
  branches: {
    main: {
      about: 'It.',
      initial: 'open',
      states: { open: { about: 'It is awaited.', timers: ['late'], tasks: ['late'] } },
    },
    beside: {
      about: 'What goes on beside it, once.',
      initial: 'open',
      states: { open: { about: 'Open.', final: true } },
    },
  },
  effects: {},
  timers: {
    late: { about: 'It.', lasts: 'its day', from: 'its day', due: ({ known }) => known.due, then: 'A person looks.' },
  },
  tasks: {
    late: {
      about: 'It is late.',
      role: 'transport',
      when: (scope) => scope.missed('late'),
      question: () => 'Where is it?',
      decisions: [{ name: 'seen', label: 'Seen', consequence: 'Nothing.' }],
    },
  },
  kpis: {},
})
const booked = (due: string) => ({ type: 'shipment.booked', data: { due } })
const begun = () => new ProcessRun(waiting, { policy: {} }).tell(booked('2026-04-02T00:00:00Z'))

test('a question that became moot and is needed again is another task', () => {
  const run = begun().fire('late')
  const [first] = run.tasks.keys()
  expect(run.tell(booked('2026-04-05T00:00:00Z')).open).toEqual([])
  expect(run.fire('late').open).toEqual(['late'])
  expect([...run.tasks.keys()]).not.toContain(first)
})

test('a branch without keys is there once', () => {
  expect(begun().state('beside')).toBe('open')
})

test('a process that has to be chosen is off for tenants who have not', () => {
  expect(new ProcessRun(waiting).tell(booked('2026-04-02T00:00:00Z')).instance).toBeUndefined()
})
