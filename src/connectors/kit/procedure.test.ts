import { expect, test } from 'vitest'
import type { OperationRequest, Reply } from './connector.ts'
import { answerOf } from './golden.ts'
import { playTalk } from './golden-procedure.ts'
import { type Conversation, Ended, pursue, type Turn } from './procedure.ts'

const request: OperationRequest = { payload: {}, externalReference: 'IL1', attempt: 1 }

/** A lamp with a button: `obeys` says whether the button does anything. */
function lampWith(state: { on: boolean; obeys: boolean; presses: number }): (turn: Turn) => Reply {
  return ({ ask }) => {
    if (ask.path === '/press') {
      state.presses++
      if (state.obeys) state.on = true
    }
    return answerOf({ status: 200, body: { on: state.on } })
  }
}

const lamp = pursue<unknown, unknown>({
  command: 'switch_on',
  idempotency: { strategy: 'state-transition' },
  look: function* (): Conversation<unknown> {
    const reply = yield { ask: { method: 'GET', path: '/' }, changes: false }
    if (reply.status !== 200) throw new Ended({ outcome: 'retry', reason: 'dark' })
    return reply.json
  },
  decide: (seen) =>
    (seen as { on: boolean }).on
      ? { ended: { outcome: 'applied', documentReference: 'lamp' } }
      : { step: 'press', act: press },
})

function* press(): Conversation<void> {
  yield { ask: { method: 'POST', path: '/press' }, changes: true }
}

function carryOut(state: { on: boolean; obeys: boolean; presses: number }): unknown {
  const answer = lampWith(state)
  const talk = lamp.converse(request, {})
  let step = talk.next()
  while (step.done !== true) step = talk.next(answer(step.value))
  return step.value
}

test('is done when a look shows it, not when the button answers', () => {
  const state = { on: false, obeys: true, presses: 0 }
  expect(carryOut(state)).toEqual({ outcome: 'applied', documentReference: 'lamp' })
  expect(state.presses).toBe(1)
})

test('does nothing where it is done already', () => {
  const state = { on: true, obeys: true, presses: 0 }
  expect(carryOut(state)).toMatchObject({ outcome: 'applied' })
  expect(state.presses).toBe(0)
})

test('does not press a button for ever that does nothing', () => {
  const state = { on: false, obeys: false, presses: 0 }
  expect(carryOut(state)).toEqual({ outcome: 'refused', reason: 'The step "press" was taken and changed nothing.' })
  expect(state.presses).toBe(1)
})

test('a look-up changes nothing, and what is half done may be continued', () => {
  const found = (answer: Reply): unknown => playTalk(lamp.readBack.converse(request, {}), [answer]).result
  expect(found(answerOf({ status: 200, body: { on: false } }))).toEqual({ found: 'none' })
  expect(found(answerOf({ status: 200, body: { on: true } }))).toEqual({
    found: 'one',
    documentReference: 'lamp',
    equal: true,
  })
  expect(found(answerOf({ status: 503 }))).toEqual({ found: 'unclear', reason: 'dark' })
})

test('what is refused by throwing is refused in the look-up, too', () => {
  const refusal = { outcome: 'refused', reason: 'There is no lamp.' } as const
  const missing = pursue<unknown, unknown>({
    command: 'switch_on',
    idempotency: { strategy: 'state-transition' },
    look: function* (): Conversation<unknown> {
      return (yield { ask: { method: 'GET', path: '/' }, changes: false }).json
    },
    decide: () => {
      throw new Ended(refusal)
    },
  })
  const seen = [answerOf({ status: 200, body: {} })]
  expect(playTalk(missing.converse(request, {}), seen).result).toEqual(refusal)
  expect(playTalk(missing.readBack.converse(request, {}), seen).result).toEqual({
    found: 'refused',
    reason: 'There is no lamp.',
  })
})
