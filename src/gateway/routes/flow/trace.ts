import { Type } from 'typebox'
import type { Effect } from '../../../backbone/ledger.ts'
import { readMessageId } from '../../../backbone/step.ts'
import type { TenantBackbone } from '../../../backbone/tenant-backbone.ts'
import { InterlineError } from '../../../base/errors.ts'
import type { Fact } from '../../../model/fact.ts'
import { freeText } from '../../../model/fields/personal.ts'
import { nextActionOf } from '../../problem.ts'
import { findByReference } from '../../reference.ts'
import { defineRoute } from '../../route.ts'
import { effectSchema, shownEffect } from './effects.ts'

const traced = Type.Object({
  message: Type.String({ description: 'Id of the message; of the timer, where something expected did not happen.' }),
  connection: Type.Optional(Type.String()),
  receivedAt: Type.Optional(Type.String()),
  parked: Type.Optional(
    Type.Object({ code: Type.String(), detail: freeText(Type.String()), nextAction: Type.String() }),
  ),
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
  query: Type.Object(
    { reference: Type.String({ minLength: 1, maxLength: 100, description: 'Any number, a message id or a hub id.' }) },
    { additionalProperties: false },
  ),
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
    const roots = await rootsOf(backbone, { tenant, reference, subjects: rows.map(({ subject }) => subject) })
    if (roots.size === 0) throw new InterlineError('NOT_FOUND', { what: 'object, message or fact with this reference' })
    const facts = [...roots.values()].flat()
    const effects = await effectsOf(backbone, tenant, facts)
    const messages = await Promise.all(
      [...roots].map(async ([message, caused]) => ({
        message,
        ...(await aboutMessage(backbone, message)),
        facts: caused.map((fact) => shownFact(fact, effects)),
      })),
    )
    const objects = [...new Set(facts.map(({ subject }) => subject))].map((subject) => ({
      subject,
      references: rows
        .filter((row) => row.subject === subject)
        .map(({ scheme, issuer, value }) => ({ scheme, issuer, value })),
    }))
    messages.sort((a, b) => (sinceOf(a) < sinceOf(b) ? -1 : 1))
    return { body: { objects, messages } }
  },
})

const factsMost = 500
const messagesMost = 100
const objectsMost = 50
const effectsMost = 100

/**
 * Messages that told something of what is asked for, each with all facts that it led to, also about other objects; and timers that
 * fired, which have no message. Oldest first.
 */
async function rootsOf(
  backbone: TenantBackbone,
  asked: { readonly tenant: string; readonly reference: string; readonly subjects: readonly string[] },
): Promise<ReadonlyMap<string, readonly Fact[]>> {
  const { tenant, reference } = asked
  const subjects = new Set(asked.subjects)
  const roots = new Map<string, Fact[]>()
  if (readMessageId(reference) !== undefined) {
    if ((await backbone.message(reference))?.tenant === tenant) roots.set(reference, [])
  } else if (/^[a-z]{3}_[0-9a-z]{26}$/.test(reference)) subjects.add(reference)
  for (const subject of [...subjects].slice(0, objectsMost)) {
    for (const { fact } of await backbone.history(subject, factsMost)) {
      const root = fact.id.split('.', 1)[0] ?? fact.id
      // What became of an effect is shown with the effect.
      if (fact.tenant !== tenant || root.startsWith('eff_') || roots.size >= messagesMost) continue
      if (readMessageId(root) !== undefined) roots.set(root, [])
      else roots.set(root, [...(roots.get(root) ?? []), fact])
    }
  }
  await Promise.all(
    [...roots.keys()].map(async (root) => {
      if (readMessageId(root) === undefined) return
      const caused = (await backbone.factsOf(root, factsMost)).map(({ fact }) => fact)
      roots.set(
        root,
        caused.filter((fact) => fact.tenant === tenant && !fact.id.startsWith('eff_')),
      )
    }),
  )
  return roots
}

async function effectsOf(backbone: TenantBackbone, tenant: string, facts: readonly Fact[]): Promise<readonly Effect[]> {
  const correlations = [...new Set(facts.flatMap(({ subject, correlation }) => [subject, correlation]))]
  const found = correlations
    .slice(0, objectsMost)
    .map((correlation) => backbone.ledger.effects({ tenant, correlation, limit: effectsMost }))
  return (await Promise.all(found)).flat()
}

function sinceOf({ receivedAt, facts }: Record<string, unknown>): string {
  const [first] = facts as readonly { readonly recordedAt: string }[]
  return typeof receivedAt === 'string' ? receivedAt : (first?.recordedAt ?? '')
}

/** Nothing for a timer: no message is at its root. */
async function aboutMessage(backbone: TenantBackbone, id: string): Promise<Record<string, unknown>> {
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
