import { createHash } from 'node:crypto'
import { Type } from 'typebox'
import { type Message, type Park, readMessageId } from '../../../backbone/step.ts'
import { InterlineError } from '../../../base/errors.ts'
import { partOfHeader } from '../../../flow/intake/received.ts'
import { charsetOf, correctionCharsets } from '../../../flow/translate/corrected-text.ts'
import { freeText } from '../../../model/fields/personal.ts'
import { nextActionOf } from '../../problem.ts'
import { type Call, defineRoute } from '../../route.ts'
import { isTaken, partsIn, statusOf } from '../../shown/message-status.ts'

const message = Type.Object({
  id: Type.String(),
  connection: Type.String(),
  lane: Type.String(),
  identity: Type.String({ description: 'External identity by which duplicates are recognised.' }),
  orderKey: Type.Optional(
    Type.String({ description: 'What later messages do not overtake while this one is parked.' }),
  ),
  receivedAt: Type.String({ description: 'When the bytes arrived, RFC 3339.' }),
  contentType: Type.String(),
  bytes: Type.Integer(),
  charset: Type.String({
    enum: [...correctionCharsets],
    description:
      'In which characters a correction of it is written: those that it declares or has, as far as one can tell.',
  }),
  sha256: Type.String(),
  traceId: Type.String(),
  replayOf: Type.Optional(Type.String()),
  status: Type.String({ description: 'pending, applied, ignored or parked.' }),
  parts: Type.Optional(
    Type.Integer({
      description:
        'It is large and is taken in parts, messages of their own: so many are stored. The list of messages gives them for its `traceId`.',
    }),
  ),
  partOf: Type.Optional(Type.String({ description: 'The message that it was cut from.' })),
  parked: Type.Optional(
    Type.Object({
      code: Type.String(),
      detail: freeText(Type.String()),
      attempts: Type.Integer(),
      nextAction: Type.String(),
    }),
  ),
  facts: Type.Array(
    Type.Object({
      id: Type.String(),
      type: Type.String(),
      subject: Type.String(),
      data: Type.Optional(Type.Unknown({ description: 'What it says; only for who may see raw messages, too.' })),
    }),
  ),
})

export const readMessage = defineRoute({
  method: 'GET',
  path: '/v1/messages/{id}',
  scope: 'messages:read',
  partners: true,
  operationId: 'readMessage',
  summary: 'What arrived, and what became of it',
  tag: 'messages',
  answer: { status: 200, schema: message },
  handle: async (call) => {
    const found = await findMessage(call)
    const { backbone } = call.gateway
    // Before the facts: what is translated in between is not taken for something that became nothing.
    const translated = (await backbone.position('translate', found.partition)).offset
    const [park] = (await backbone.parked({ limit: 1, message: found.id })).filter((one) => one.message === found.id)
    const facts = await backbone.factsOf(found.id, 200)
    const { id, connection, lane, identity, orderKey, contentType, trace, replayOf, headers } = found
    const parts = await partsIn(backbone, { ...found, bytes: found.body.length })
    const partOf = headers[partOfHeader]
    return {
      body: {
        id,
        connection,
        lane,
        identity,
        ...(orderKey === undefined ? {} : { orderKey }),
        receivedAt: new Date(found.receivedAt).toISOString(),
        contentType,
        bytes: found.body.length,
        charset: charsetOf(found),
        sha256: createHash('sha256').update(found.body).digest('hex'),
        traceId: trace,
        ...(replayOf === undefined ? {} : { replayOf }),
        status: statusOf({ park, pending: found.offset > translated, facts: facts.length, parts }),
        ...(parts > 0 || isTaken(park) ? { parts } : {}),
        ...(partOf === undefined ? {} : { partOf }),
        ...(park === undefined || isTaken(park) ? {} : { parked: shownPark(park) }),
        facts: facts.map(({ fact: { id: fact, type, subject, data } }) => ({
          id: fact,
          type,
          subject,
          ...(mayReadRaw(call.principal.scopes) ? { data } : {}),
        })),
      },
    }
  },
})

export const readRawMessage = defineRoute({
  method: 'GET',
  path: '/v1/messages/{id}/raw',
  scope: 'messages:raw',
  partners: true,
  personal: true,
  operationId: 'readRawMessage',
  summary: 'The bytes as they were received',
  tag: 'messages',
  answer: { status: 200, mediaType: 'application/octet-stream' },
  handle: async (call) => {
    const found = await findMessage(call)
    return {
      bytes: found.body,
      headers: {
        'content-type': 'application/octet-stream',
        'content-disposition': `attachment; filename="${found.id}"`,
        'x-content-type-options': 'nosniff',
        'interline-content-type': found.contentType.replaceAll(/[^\x20-\x7e]/g, '?'),
      },
    }
  },
})

/** The message that the address names. Throws NOT_FOUND. */
export async function findMessage(call: Call): Promise<Message> {
  const id = call.params.id ?? ''
  const found = readMessageId(id) === undefined ? undefined : await call.gateway.backbone.message(id)
  if (found === undefined || found.tenant !== call.principal.tenant)
    throw new InterlineError('NOT_FOUND', { what: 'message with this id' })
  return found
}

/** What a fact says may be a name or an address, as the bytes that it comes from. */
function mayReadRaw(scopes: readonly string[]): boolean {
  return scopes.includes('*') || scopes.includes('messages:raw')
}

function shownPark({ code, detail, attempts }: Park): Record<string, unknown> {
  return { code, detail, attempts, nextAction: nextActionOf(code) }
}
