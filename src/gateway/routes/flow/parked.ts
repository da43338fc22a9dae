import { hash } from 'node:crypto'
import { Type } from 'typebox'
import type { Park } from '../../../backbone/step.ts'
import { InterlineError } from '../../../base/errors.ts'
import { limits } from '../../../base/limits.ts'
import {
  type CorrectionCharset,
  charsetOf,
  correctedBytes,
  correctionCharsets,
} from '../../../flow/translate/corrected-text.ts'
import { freeText } from '../../../model/fields/personal.ts'
import { entryOf, noteOf } from '../../access/audit-note.ts'
import { page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { nextActionOf } from '../../problem.ts'
import { type Call, defineRoute } from '../../route.ts'

const park = Type.Object({
  message: Type.String(),
  connection: Type.String(),
  orderKey: Type.Optional(Type.String()),
  code: Type.String(),
  detail: freeText(Type.String()),
  state: Type.String({
    description: 'parked: for a person; waiting: for its parent or behind another; released: about to be tried again.',
  }),
  attempts: Type.Integer(),
  since: Type.String(),
  nextAction: Type.String(),
})

export const listParked = defineRoute({
  method: 'GET',
  path: '/v1/parked',
  scope: 'parked:read',
  partners: true,
  operationId: 'listParked',
  summary: 'Messages that wait for a person, a parent, or behind another one',
  tag: 'parked',
  query: Type.Object(
    {
      ...pageQuery,
      connection: Type.Optional(Type.String({ maxLength: 200, description: 'Where it came from.' })),
      code: Type.Optional(Type.String({ maxLength: 100, description: 'Why, such as MAP_FAILED.' })),
      state: Type.Optional(
        Type.String({
          enum: ['parked', 'waiting', 'released'],
          description: 'For a person, for its parent, about to be tried again.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: { status: 200, schema: pageSchema(park) },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const { connection, code, state } = call.query
    const rows = await call.gateway.backbone.parked({
      tenant: call.principal.tenant,
      ...(connection === undefined ? {} : { connection }),
      ...(code === undefined ? {} : { code }),
      ...(state === undefined ? {} : { state: state as Park['state'] }),
      ...(after === undefined ? {} : { after }),
      limit: limit + 1,
    })
    return page(call, { rows: rows.map(shown), limit, query, position: ({ message }) => message })
  },
})

const why = Type.Object(
  { reason: freeText(Type.String({ minLength: 3, maxLength: 500 })) },
  { additionalProperties: false },
)
const decided = Type.Object({ message: Type.String(), outcome: Type.String() })

export const releaseParked = defineRoute({
  method: 'POST',
  path: '/v1/parked/{message}/release',
  scope: 'parked:decide',
  operationId: 'releaseParked',
  summary: 'Translate a parked message again',
  tag: 'parked',
  body: why,
  idempotent: true,
  answer: { status: 202, schema: decided },
  handle: async (call) => {
    const { message } = await find(call)
    await call.gateway.backbone.release([message], call.principal.name, noteOf(call, { reason: call.body.reason }))
    call.gateway.node.wake()
    return { body: { message, outcome: 'released' } }
  },
})

export const skipParked = defineRoute({
  method: 'POST',
  path: '/v1/parked/{message}/skip',
  scope: 'parked:decide',
  operationId: 'skipParked',
  summary: 'Refuse a parked message for good; what waited behind it goes on',
  tag: 'parked',
  body: why,
  idempotent: true,
  answer: { status: 200, schema: decided },
  handle: async (call) => {
    const { message } = await find(call)
    await settle(call, message, call.body.reason)
    return { body: { message, outcome: 'refused' } }
  },
})

export const editParked = defineRoute({
  method: 'POST',
  path: '/v1/parked/{message}/edit',
  scope: 'parked:decide',
  operationId: 'editParked',
  summary: 'Translate a parked message from corrected bytes, in its own place; the original is kept',
  tag: 'parked',
  body: Type.Object(
    {
      reason: freeText(Type.String({ minLength: 3, maxLength: 500 })),
      body: Type.String({ description: 'The corrected document as text.' }),
      contentType: Type.Optional(Type.String({ maxLength: 200 })),
      charset: Type.Optional(
        Type.String({
          enum: [...correctionCharsets],
          description: 'In which characters it is written; without it in those of the original.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  bytesMax: limits.batchBodyBytes,
  idempotent: true,
  answer: {
    status: 202,
    schema: Type.Object({
      message: Type.String(),
      correctedBy: Type.String(),
      charset: Type.String({ enum: [...correctionCharsets], description: 'In which characters it was written.' }),
    }),
  },
  handle: async (call) => {
    const { message } = await find(call)
    const original = await call.gateway.backbone.message(message)
    const connection = call.gateway.connections().get(original?.connection ?? '')
    if (original === undefined || connection === undefined)
      throw new InterlineError('NOT_FOUND', { what: 'message with this id' })
    const charset = (call.body.charset as CorrectionCharset | undefined) ?? charsetOf(original)
    const body = correctedBytes(call.body.body, charset, original.body)
    const stored = await call.gateway.intake.accept({
      connection,
      body,
      contentType: call.body.contentType ?? original.contentType,
      headers: original.headers,
      trace: original.trace,
      identity: `edit:${message}:${call.once}`,
      corrects: message,
      audit: entryOf(call, {
        change: 'edit',
        kind: 'message',
        name: message,
        source: `edit:${call.once}`,
        reason: call.body.reason,
        before: { bodyHash: original.bodyHash },
        after: { bodyHash: hash('sha256', body), charset },
      }),
    })
    call.gateway.node.wake()
    return { body: { message, correctedBy: stored.id, charset } }
  },
})

/** The decision is a step like any other: fenced only by the row itself. */
async function settle(call: Call, message: string, reason: string): Promise<void> {
  const audit = entryOf(call, {
    change: 'discard',
    kind: 'message',
    name: message,
    source: `skip:${call.once}`,
    reason,
  })
  const result = await call.gateway.backbone.commit({ unparks: [{ message, outcome: 'refused' }], audits: [audit] })
  if (result.outcome !== 'committed') throw new InterlineError('DECISION_NOT_ALLOWED', { state: 'settled meanwhile' })
  call.gateway.node.wake()
}

async function find(call: Call): Promise<Park> {
  const message = call.params.message ?? ''
  const [found] = (await call.gateway.backbone.parked({ tenant: call.principal.tenant, message, limit: 1 })).filter(
    (one) => one.message === message,
  )
  if (found === undefined) throw new InterlineError('NOT_FOUND', { what: 'parked message with this id' })
  return found
}

function shown(one: Park): Record<string, unknown> & { readonly message: string } {
  return {
    message: one.message,
    connection: one.connection,
    ...(one.orderKey === undefined ? {} : { orderKey: one.orderKey }),
    code: one.code,
    detail: one.detail,
    state: one.state,
    attempts: one.attempts,
    since: new Date(one.at).toISOString(),
    nextAction: nextActionOf(one.code),
  }
}
