import { expect, test } from 'vitest'
import type { Reply } from '../kit/connector.ts'
import { answerOf, exampleSettings } from '../kit/golden.ts'
import { playTalk } from '../kit/golden-procedure.ts'
import { type Conversation, ended } from '../kit/procedure.ts'
import { change, understand } from './protocol.ts'
import { settings, type TrytonSettings } from './settings.ts'

const relaxed = { ...exampleSettings(settings), acknowledgedWarnings: ['date_future'] } as unknown as TrytonSettings

function said(error: unknown, changes = true): unknown {
  const found = understand(answerOf({ status: 200, body: { id: 0, error } }), changes)
  return found.kind === 'ended' ? found.reading : found
}

test('a success that holds an error is none', () => {
  expect(said(['UserError', ['A value is required for field "Party" in "Sale".', '', null]])).toEqual({
    outcome: 'refused',
    reason: 'A value is required for field "Party" in "Sale".',
  })
  expect(said(['ConcurrencyException', 'Records were modified in the meanwhile'])).toMatchObject({ outcome: 'retry' })
  expect(said(["'no.such.model'", ''])).toEqual({
    outcome: 'refused',
    reason: "Tryton does not know 'no.such.model': a module may be missing.",
  })
})

test('two that open the journal of a new period at once: the second tries again', () => {
  const words = ['You can create only one journal per period.', '', null]
  expect(said(['UserError', words])).toMatchObject({ outcome: 'retry' })
})

test('a failure of the machinery leaves a change open, and a question unanswered', () => {
  for (const text of ['server closed the connection unexpectedly', 'could not serialize access', '']) {
    expect(said([text, ''], true)).toMatchObject({ outcome: 'unclear' })
    expect(said([text, ''], false)).toMatchObject({ outcome: 'retry' })
  }
  const doubtful = [
    answerOf({ status: 502 }),
    answerOf({ status: 200, body: '<html>' }),
    answerOf({ status: 200, body: {} }),
  ]
  for (const reply of doubtful) {
    expect(understand(reply, true)).toMatchObject({ reading: { outcome: 'unclear' } })
    expect(understand(reply, false)).toMatchObject({ reading: { outcome: 'retry' } })
  }
})

function confirm(replies: readonly Reply[], with_: TrytonSettings = relaxed): { methods: string[]; result: unknown } {
  const talk = ended<unknown>(
    (function* (): Conversation<unknown> {
      return (yield* change(with_, 'model.stock.inventory.confirm', [[7]])).value
    })(),
    (reading) => reading,
  )
  const { turns, result } = playTalk(talk, replies)
  return { methods: turns.map(({ ask }) => (JSON.parse(ask.body ?? '{}') as { method: string }).method), result }
}

const warning = (name: string): Reply =>
  answerOf({ status: 200, body: { id: 0, error: ['UserWarning', [name, 'In the future.', '']] } })
const result = (value: unknown): Reply => answerOf({ status: 200, body: { id: 0, result: value } })

test('a warning that the connection acknowledges is answered, and the same call is repeated', () => {
  expect(confirm([warning('ab.date_future'), result([{ id: 2, login: 'x' }]), result([1]), result(null)])).toEqual({
    methods: [
      'model.stock.inventory.confirm',
      'model.res.user.search_read',
      'model.res.user.warning.create',
      'model.stock.inventory.confirm',
    ],
    result: null,
  })
})

test('any other warning is refused with its words', () => {
  expect(confirm([warning('ab.no_carrier')]).result).toEqual({
    outcome: 'refused',
    reason: 'Tryton warns: In the future. (ab.no_carrier)',
  })
})

test('a warning that comes again and again is refused in the end', () => {
  const again = [warning('ab.date_future'), result([{ id: 2, login: 'x' }]), result([1])]
  expect(confirm(Array.from({ length: 10 }, () => again).flat()).result).toMatchObject({ outcome: 'refused' })
})
