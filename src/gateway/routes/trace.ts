import { Type } from 'typebox'
import { readMessageId } from '../../backbone/step.ts'
import { InterlineError } from '../../base/errors.ts'
import type { Fact } from '../../model/fact.ts'
import { findByReference } from '../reference.ts'
import { defineRoute } from '../route.ts'
import { shownEffect } from './effects.ts'

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
    schema: Type.Object({ objects: Type.Array(Type.Unknown()), messages: Type.Array(Type.Unknown()) }),
  },
  handle: async (call) => {
    const { backbone } = call.gateway
    const { tenant } = call.principal
    const { reference } = call.query
    const rows = await findByReference(call, reference)
    const subjects = new Set(rows.map(({ subject }) => subject))
    const facts: Fact[] = []
    if (readMessageId(reference) !== undefined)
      facts.push(...(await backbone.factsOf(reference, 500)).map(({ fact }) => fact))
    else if (/^[a-z]{3}_[0-9a-z]{26}$/.test(reference)) subjects.add(reference)
    for (const subject of subjects) facts.push(...(await backbone.history(subject, 500)).map(({ fact }) => fact))
    const own = facts.filter((fact) => fact.tenant === tenant)
    if (own.length === 0) throw new InterlineError('NOT_FOUND', { what: 'object, message or fact with this reference' })
    const correlations = new Set(own.map(({ subject }) => subject))
    const effects = (
      await Promise.all(
        [...correlations]
          .slice(0, 20)
          .map((correlation) => backbone.ledger.effects({ tenant, correlation, limit: 100 })),
      )
    ).flat()
    const byMessage = Map.groupBy(own, messageOf)
    const messages = [...byMessage].map(([message, caused]) => ({
      message,
      facts: caused.map(({ id, type, subject, occurredAt, recordedAt }) => ({
        id,
        type,
        subject,
        ...(occurredAt === undefined ? {} : { occurredAt }),
        recordedAt,
        effects: effects.filter(({ causation }) => causation === id).map(shownEffect),
      })),
    }))
    const objects = [...correlations].map((subject) => ({
      subject,
      references: rows
        .filter((row) => row.subject === subject)
        .map(({ scheme, issuer, value }) => ({ scheme, issuer, value })),
    }))
    return { body: { objects, messages } }
  },
})

/** The message at the root of a fact: ids of facts begin with that of their message; timers have none. */
function messageOf(fact: Fact): string {
  const root = fact.id.split('.', 1)[0] ?? fact.id
  return root
}
