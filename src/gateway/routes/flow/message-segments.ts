import { Type } from 'typebox'
import { defineRoute } from '../../route.ts'
import { findMessage } from './messages.ts'

const segment = Type.Object({
  index: Type.Integer({ description: 'From 0, in the whole message.' }),
  tag: Type.String(),
  start: Type.Integer({ description: 'Byte where it begins.' }),
  elements: Type.Array(
    Type.Object({
      dataElement: Type.Optional(Type.String({ description: 'Number in the directory of its standard.' })),
      values: Type.Array(Type.Array(Type.String()), { description: 'Repetitions of components.' }),
    }),
  ),
})

const verdict = Type.Object({
  code: Type.String(),
  severity: Type.String(),
  title: Type.String(),
  start: Type.Integer({ description: 'First byte of what is wrong.' }),
  end: Type.Integer({ description: 'Byte behind it.' }),
  segment: Type.Optional(Type.Integer({ description: 'Index of the segment.' })),
  element: Type.Optional(Type.Integer({ description: 'From 1.' })),
  value: Type.Optional(Type.String()),
  before: Type.String(),
  at: Type.String({ description: 'The bytes themselves; a dot for what cannot be shown.' }),
  after: Type.String(),
})

/** Nothing is stored of it: the bytes are read again by the engine that reads them when they come. */
export const readMessageSegments = defineRoute({
  method: 'GET',
  path: '/v1/messages/{id}/segments',
  scope: 'messages:raw',
  partners: true,
  personal: true,
  operationId: 'readMessageSegments',
  summary: 'An X12 or EDIFACT message segment by segment, and what is wrong at which byte',
  tag: 'messages',
  query: Type.Object(
    {
      from: Type.Optional(
        Type.String({ pattern: '^\\d{1,9}$', description: 'Index of the first segment; 200 are given at once.' }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: Type.Object({
      message: Type.String(),
      syntax: Type.Union([Type.String(), Type.Null()], { description: 'x12 or edifact; null for anything else.' }),
      bytes: Type.Integer(),
      bytesRead: Type.Integer({ description: 'Of a longer message only this much is looked at.' }),
      total: Type.Integer({ description: 'Segments in what was looked at.' }),
      segments: Type.Array(segment),
      verdicts: Type.Array(verdict),
      hasMoreVerdicts: Type.Boolean(),
    }),
  },
  handle: async (call) => {
    const { id, body } = await findMessage(call)
    const view = call.gateway.viewSegments(body, Number(call.query.from ?? 0))
    const nothing = { syntax: null, bytesRead: 0, total: 0, segments: [], verdicts: [], hasMoreVerdicts: false }
    return { body: { message: id, bytes: body.length, ...(view ?? nothing) } }
  },
})
