import { Type } from 'typebox'
import type { Backbone } from '../../backbone/backbone.ts'
import type { Effect } from '../../backbone/ledger.ts'
import { readMessageId } from '../../backbone/step.ts'
import { InterlineError } from '../../base/errors.ts'
import type { Fact } from '../../model/fact.ts'
import { nextActionOf } from '../problem.ts'
import { findByReference } from '../reference.ts'
import { defineRoute } from '../route.ts'
import { effectSchema, shownEffect } from './effects.ts'

const traced = Type.Object({
  message: Type.String({ description: 'Id of the message; of the timer, where something expected did not happen.' }),
  connection: Type.Optional(Type.String()),
  receivedAt: Type.Optional(Type.String()),
  parked: Type.Optional(Type.Object({ code: Type.String(), detail: Type.String(), nextAction: Type.String() })),
  facts: Type.Array(
    Type.Object({
      id: Type.String(),
      type: Type.String(),
      subject: Type.String(),
      occurredAt: Type.Optional(Type.String()),
      recordedAt: Type.String(),
      effects: Type.Array(effectSchema),
    }),
  ),
})

export const readTrace = defineRoute({
  method: 'GET',
  path: '/v1/trace',
  scope: 'messages:read',
  operationId: 'readTrace',
  summary: 'Message → facts → effects of any reference, message id or hub id',
  tag: 'messages',
  query: Type.Object({ reference: Type.String({ minLength: 1, maxLength: 100 }) }, { additionalProperties: false }),
  answer: {
    status: 200,
    schema: Type.Object({
      objects: Type.Array(
        Type.Object({
          subject: Type.String(),
          references: Type.Array(Type.Object({ scheme: Type.String(), issuer: Type.String(), value: Type.String() })),
        }),
      ),
      messages: Type.Array(traced),
    }),
  },
  handle: async (call) => {
    const { backbone } = call.gateway
    const { tenant } = call.principal
    const { reference } = call.query
    const rows = await findByReference(call, reference)
    const subjects = new Set(rows.map(({ subject }) => subject))
    const byMessage = new Map<string, Fact[]>()
    const facts: Fact[] = []
    if (readMessageId(reference) !== undefined) {
      if ((await backbone.message(reference))?.tenant === tenant) byMessage.set(reference, [])
      facts.push(...(await backbone.factsOf(reference, factsMost)).map(({ fact }) => fact))
    } else if (/^[a-z]{3}_[0-9a-z]{26}$/.test(reference)) subjects.add(reference)
    for (const subject of subjects) facts.push(...(await backbone.history(subject, factsMost)).map(({ fact }) => fact))
    const own = facts.filter((fact) => fact.tenant === tenant)
    for (const [message, caused] of Map.groupBy(own, messageOf)) byMessage.set(message, caused)
    if (byMessage.size === 0)
      throw new InterlineError('NOT_FOUND', { what: 'object, message or fact with this reference' })
    const correlations = [...new Set(own.map(({ subject }) => subject))]
    const effects = await effectsOf(backbone, tenant, correlations)
    const messages = await Promise.all(
      [...byMessage].slice(0, messagesMost).map(async ([message, caused]) => ({
        message,
        ...(await aboutMessage(backbone, message)),
        facts: caused.map((fact) => shownFact(fact, effects)),
      })),
    )
    const objects = correlations.map((subject) => ({
      subject,
      references: rows
        .filter((row) => row.subject === subject)
        .map(({ scheme, issuer, value }) => ({ scheme, issuer, value })),
    }))
    return { body: { objects, messages } }
  },
})

const factsMost = 500
const messagesMost = 200
const objectsMost = 20
const effectsMost = 100

async function effectsOf(
  backbone: Backbone,
  tenant: string,
  correlations: readonly string[],
): Promise<readonly Effect[]> {
  const found = correlations
    .slice(0, objectsMost)
    .map((correlation) => backbone.ledger.effects({ tenant, correlation, limit: effectsMost }))
  return (await Promise.all(found)).flat()
}

/** Nothing for a timer: no message is at its root. */
async function aboutMessage(backbone: Backbone, id: string): Promise<Record<string, unknown>> {
  const found = readMessageId(id) === undefined ? undefined : await backbone.message(id)
  if (found === undefined) return {}
  const [park] = (await backbone.parked({ message: id, limit: 1 })).filter(({ message }) => message === id)
  return {
    connection: found.connection,
    receivedAt: new Date(found.receivedAt).toISOString(),
    ...(park === undefined
      ? {}
      : { parked: { code: park.code, detail: park.detail, nextAction: nextActionOf(park.code) } }),
  }
}

function shownFact(fact: Fact, effects: readonly Effect[]): Record<string, unknown> {
  const { id, type, subject, occurredAt, recordedAt } = fact
  return {
    id,
    type,
    subject,
    ...(occurredAt === undefined ? {} : { occurredAt }),
    recordedAt,
    effects: effects.filter(({ causation }) => causation === id).map(shownEffect),
  }
}

/** The message at the root of a fact: ids of facts begin with that of their message; timers have none. */
function messageOf(fact: Fact): string {
  return fact.id.split('.', 1)[0] ?? fact.id
}
