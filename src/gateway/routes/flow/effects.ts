import { Type } from 'typebox'
import type { Attempt, Decision, Effect, EffectState, Evidence } from '../../../backbone/ledger.ts'
import { InterlineError } from '../../../base/errors.ts'
import { freeText } from '../../../model/fields/personal.ts'
import { actorOf } from '../../access/principal.ts'
import { page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { type Call, defineRoute } from '../../route.ts'

/** What the API shows of an effect. */
export const effectSchema = Type.Object({
  id: Type.String(),
  command: Type.String(),
  target: Type.String(),
  naturalKey: Type.String(),
  externalReference: Type.String({ description: 'What the target stores; the same over all attempts.' }),
  state: Type.String(),
  attempts: Type.Integer(),
  documentReference: Type.Optional(Type.String({ description: 'Number of the document at the target.' })),
  reason: Type.Optional(freeText(Type.String())),
  nextAt: Type.Optional(Type.String()),
  correlation: Type.String(),
  causation: Type.String(),
  traceId: Type.String(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
})

const states: readonly EffectState[] = [
  'queued',
  'sending',
  'awaiting',
  'unknown',
  'applied',
  'refused',
  'parked',
  'cancelled',
]

/** Reads the ledger. */
export const listEffects = defineRoute({
  method: 'GET',
  path: '/v1/effects',
  scope: 'effects:read',
  partners: true,
  operationId: 'listEffects',
  summary: 'What outside systems were told, are being told, and are still owed',
  tag: 'effects',
  query: Type.Object(
    {
      ...pageQuery,
      target: Type.Optional(Type.String({ maxLength: 200, description: 'Connection, or `subscription:` and its id.' })),
      command: Type.Optional(Type.String({ maxLength: 100, description: 'Such as post_goods_issue.' })),
      state: Type.Optional(Type.String({ enum: [...states], description: 'See the explanation of postings.' })),
      correlation: Type.Optional(Type.String({ description: 'Hub id of the object that the effect is about.' })),
      naturalKey: Type.Optional(Type.String({ maxLength: 500, description: 'Names the business intent; unique.' })),
    },
    { additionalProperties: false },
  ),
  answer: { status: 200, schema: pageSchema(effectSchema) },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const { target, command, state, correlation, naturalKey } = call.query
    const rows = await call.gateway.backbone.ledger.effects({
      tenant: call.principal.tenant,
      ...(target === undefined ? {} : { target }),
      ...(command === undefined ? {} : { command }),
      ...(state === undefined ? {} : { state: [state as EffectState] }),
      ...(correlation === undefined ? {} : { correlation }),
      ...(naturalKey === undefined ? {} : { naturalKey }),
      ...(after === undefined ? {} : { after }),
      limit: limit + 1,
    })
    return page(call, { rows: rows.map(shownEffect), limit, query, position: ({ id }) => id })
  },
})

/** Reads the ledger with every attempt. */
export const readEffect = defineRoute({
  method: 'GET',
  path: '/v1/effects/{id}',
  scope: 'effects:read',
  partners: true,
  operationId: 'readEffect',
  summary: 'One effect with its attempts and the evidence about it',
  tag: 'effects',
  answer: {
    status: 200,
    schema: Type.Object({
      ...effectSchema.properties,
      payload: Type.Unknown(),
      attemptRows: Type.Array(
        Type.Object({
          attempt: Type.Integer(),
          intentAt: Type.String({ description: 'When it was decided to send.' }),
          sendDeadline: Type.String({ description: 'When it must have begun to leave.' }),
          wire: Type.Optional(Type.Boolean({ description: 'Whether a byte can have left.' })),
          endedAt: Type.Optional(Type.String()),
          outcome: Type.Optional(Type.String()),
          status: Type.Optional(Type.Integer({ description: 'HTTP status of the answer.' })),
        }),
      ),
      evidence: Type.Array(
        Type.Object({
          attempt: Type.Integer(),
          seenAt: Type.String(),
          kind: Type.String({ description: 'answer, read_back or operator.' }),
          documentReference: Type.Optional(Type.String()),
          detail: Type.Optional(freeText(Type.String())),
        }),
      ),
    }),
  },
  handle: async (call) => {
    const found = await find(call)
    const { ledger } = call.gateway.backbone
    const [attemptRows, evidence] = await Promise.all([ledger.attempts(found.id), ledger.evidenceOf(found.id)])
    return {
      body: {
        ...shownEffect(found),
        payload: JSON.parse(found.payload) as unknown,
        attemptRows: attemptRows.map(shownAttempt),
        evidence: evidence.map(shownEvidence),
      },
    }
  },
})

/** Writes the decision with its reason, and lets the ledger go on. */
export const decideEffect = defineRoute({
  method: 'POST',
  path: '/v1/effects/{id}/decisions',
  scope: 'effects:decide',
  operationId: 'decideEffect',
  summary: 'Release, edit, settle or cancel an effect that waits for a person',
  tag: 'effects',
  body: Type.Object(
    {
      action: Type.String({ enum: ['release', 'edit', 'applied', 'cancel'] }),
      reason: freeText(Type.String({ minLength: 3, maxLength: 500 })),
      payload: Type.Optional(Type.Unknown({ description: 'The corrected payload, for edit.' })),
      documentReference: Type.Optional(
        Type.String({ description: 'Number of the document at the target, for applied.' }),
      ),
    },
    { additionalProperties: false },
  ),
  idempotent: true,
  answer: { status: 200, schema: Type.Object({ id: Type.String(), state: Type.String() }) },
  handle: async (call) => {
    const found = await find(call)
    const { action, reason, payload, documentReference } = call.body
    const outcome = await call.gateway.backbone.ledger.decide({
      effect: found.id,
      action: action as Decision['action'],
      reason,
      by: actorOf(call.principal),
      address: call.address,
      trace: call.trace,
      ...(payload === undefined ? {} : { payload: JSON.stringify(payload) }),
      ...(documentReference === undefined ? {} : { documentReference }),
    })
    if (outcome !== 'done') throw new InterlineError('DECISION_NOT_ALLOWED', { state: found.state })
    call.gateway.node.wake()
    const after = await call.gateway.backbone.ledger.effect(found.id)
    return { body: { id: found.id, state: after?.state ?? found.state } }
  },
})

async function find(call: Call): Promise<Effect> {
  const found = await call.gateway.backbone.ledger.effect(call.params.id ?? '')
  if (found === undefined || found.tenant !== call.principal.tenant)
    throw new InterlineError('NOT_FOUND', { what: 'effect with this id' })
  return found
}

function shownAttempt({
  attempt,
  intentAt,
  sendDeadline,
  wire,
  endedAt,
  outcome,
  status,
}: Attempt): Record<string, unknown> {
  return {
    attempt,
    intentAt: new Date(intentAt).toISOString(),
    sendDeadline: new Date(sendDeadline).toISOString(),
    ...(wire === undefined ? {} : { wire }),
    ...(endedAt === undefined ? {} : { endedAt: new Date(endedAt).toISOString() }),
    ...(outcome === undefined ? {} : { outcome }),
    ...(status === undefined ? {} : { status }),
  }
}

function shownEvidence({ attempt, seenAt, kind, documentReference, detail }: Evidence): Record<string, unknown> {
  return {
    attempt,
    seenAt: new Date(seenAt).toISOString(),
    kind,
    ...(documentReference === undefined ? {} : { documentReference }),
    ...(detail === undefined ? {} : { detail }),
  }
}

/** An effect as the API shows it. */
export function shownEffect(one: Effect): Record<string, unknown> & { readonly id: string } {
  const {
    id,
    command,
    target,
    naturalKey,
    externalReference,
    state,
    documentReference,
    reason,
    correlation,
    causation,
  } = one
  return {
    id,
    command,
    target,
    naturalKey,
    externalReference,
    state,
    attempts: one.attempt,
    ...(documentReference === undefined ? {} : { documentReference }),
    ...(reason === undefined ? {} : { reason }),
    ...(one.nextAt === undefined ? {} : { nextAt: new Date(one.nextAt).toISOString() }),
    correlation,
    causation,
    traceId: one.trace,
    createdAt: new Date(one.createdAt).toISOString(),
    updatedAt: new Date(one.updatedAt).toISOString(),
  }
}
