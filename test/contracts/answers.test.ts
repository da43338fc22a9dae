import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InterlineError } from '../../src/base/errors.ts'
import { connectors } from '../../src/connectors/all.ts'
import type { Connector, OperationRequest, Reply } from '../../src/connectors/kit/connector.ts'
import { answerOf, exampleSettings } from '../../src/connectors/kit/golden.ts'
import { type PlayedTalk, playTalk } from '../../src/connectors/kit/golden-procedure.ts'
import type { Conversation } from '../../src/connectors/kit/procedure.ts'
import { type GoldenFile, goldenFiles } from '../../tools/golden.ts'

describe.each(connectors.map((connector) => ({ id: connector.id, connector })))('$id', ({ id, connector }) => {
  const goldens = goldenFiles(id)
  test.runIf(connector.procedures !== undefined)('goes through any conversation to its end', () => {
    conversations(connector, goldens)
  })
  test.runIf(Object.keys(connector.operations ?? {}).length > 0)(
    'understands or doubts any answer, and never fails',
    () => {
      answers(connector, goldens)
    },
  )
})

/** Every `read` and look-up of the connector over answers that a proxy, an outage or an attacker may give. */
function answers(connector: Connector, goldens: readonly GoldenFile[]): void {
  const settings = exampleSettings(connector.settings)
  const bodies = fc.oneof(
    fc.jsonValue(),
    fc.string(),
    fc.constant(undefined),
    ...goldens.flatMap(answersIn).map(fc.constant),
  )
  const status = fc.oneof(fc.integer({ min: 100, max: 599 }), fc.constantFrom(200, 201, 202, 404, 409, 422, 503))
  for (const [name, operation] of Object.entries(connector.operations ?? {})) {
    const requests = goldens.filter((golden) => golden.operation === name).map(requestIn)
    fc.assert(
      fc.property(fc.constantFrom(...requests), status, bodies, (request, code, body) => {
        const reply: Reply = answerOf({ status: code, body })
        const { outcome } = operation.read(reply, request, settings)
        expect(['applied', 'accepted', 'refused', 'retry', 'gone', 'unclear']).toContain(outcome)
        // An error page is no success, whatever it says.
        if (code >= 400) expect(['applied', 'accepted']).not.toContain(outcome)
        if (operation.readBack === undefined || !isAskable(() => operation.ask(request, settings))) return
        const { found } = operation.readBack.read(reply, request, settings)
        expect(['one', 'none', 'many', 'refused', 'unclear']).toContain(found)
        // Only a list that was really read may say that nothing is there: it is what permits sending again.
        if (code >= 400) expect(found).not.toBe('none')
      }),
      { numRuns: 300 },
    )
  }
}

/** Every conversation over any answers: it ends, it never fails, and an error page is neither a success nor proof that nothing is there. */
function conversations(connector: Connector, goldens: readonly GoldenFile[]): void {
  const settings = exampleSettings(connector.settings)
  for (const [name, procedure] of Object.entries(connector.procedures ?? {})) {
    const own = goldens.filter((golden) => golden.operation === name)
    const bodies = fc.oneof(fc.jsonValue(), fc.constant(undefined), ...own.flatMap(answersIn).map(fc.constant))
    const answer = fc.record({
      status: fc.constantFrom(200, 200, 200, 200, 302, 403, 404, 409, 500, 502),
      body: bodies,
    })
    fc.assert(
      fc.property(fc.constantFrom(...own.map(requestIn)), fc.array(answer, { maxLength: 30 }), (request, answers) => {
        const replies = answers.map(answerOf)
        const isBad = (count: number): boolean => answers.slice(0, count).some(({ status }) => status !== 200)
        const play = <R>(talk: () => Conversation<R>): PlayedTalk<R> | undefined => {
          try {
            return playTalk(talk(), replies)
          } catch (error) {
            // What was asked for, or what was answered, cannot be understood: a person reads why.
            if (error instanceof InterlineError) return undefined
            throw error
          }
        }
        const carried = play(() => procedure.converse(request, settings))
        if (carried !== undefined && isBad(carried.turns.length))
          expect(carried.result).not.toMatchObject({ outcome: 'applied' })
        const found = play(() => procedure.readBack.converse(request, settings))
        if (found !== undefined && isBad(found.turns.length)) expect(found.result).not.toMatchObject({ found: 'none' })
        expect(found?.turns.some(({ changes }) => changes) ?? false).toBe(false)
      }),
      { numRuns: 200 },
    )
  }
}

function isAskable(ask: () => unknown): boolean {
  try {
    ask()
    return true
  } catch (error) {
    if (error instanceof InterlineError) return false
    throw error
  }
}

function requestIn({ text }: GoldenFile): OperationRequest {
  return (JSON.parse(text) as { request: OperationRequest }).request
}

function answersIn({ operation, text }: GoldenFile): unknown[] {
  if (operation === 'inbound' || operation === 'documents') return []
  const {
    reply,
    lookUp,
    answers = [],
  } = JSON.parse(text) as {
    reply?: { body?: unknown }
    lookUp?: { body?: unknown }
    answers?: readonly ({ body?: unknown } | null)[]
  }
  return [reply?.body, lookUp?.body, ...answers.map((one) => one?.body)].filter((body) => body !== undefined)
}
