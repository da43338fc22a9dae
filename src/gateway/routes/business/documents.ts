import { Type } from 'typebox'
import { type ErrorCode, errors, InterlineError } from '../../../base/errors.ts'
import { defineRoute } from '../../route.ts'

export const openapiDocument = defineRoute({
  method: 'GET',
  path: '/openapi.json',
  scope: 'public',
  operationId: 'readOpenapi',
  summary: 'This API as OpenAPI 3.1',
  tag: 'documents',
  answer: { status: 200, schema: Type.Unknown() },
  handle: async ({ gateway }) => ({ body: gateway.documents.openapi() }),
})

export const asyncapiDocument = defineRoute({
  method: 'GET',
  path: '/asyncapi.json',
  scope: 'public',
  operationId: 'readAsyncapi',
  summary: 'The events that the hub sends as AsyncAPI 3.1',
  tag: 'documents',
  answer: { status: 200, schema: Type.Unknown() },
  handle: async ({ gateway }) => ({ body: gateway.documents.asyncapi() }),
})

export const problemPage = defineRoute({
  method: 'GET',
  path: '/problems/{code}',
  scope: 'public',
  operationId: 'readProblem',
  summary: 'What an error means and what to do about it',
  tag: 'documents',
  answer: {
    status: 200,
    schema: Type.Object({
      code: Type.String(),
      title: Type.String(),
      nextAction: Type.String({ description: 'What the caller should do.' }),
      flow: Type.String({ description: 'What the hub does: retry, refuse, park or bug.' }),
      status: Type.Integer(),
    }),
  },
  handle: async ({ params }) => {
    const code = (params.code ?? '').toUpperCase().replaceAll('-', '_')
    if (!Object.hasOwn(errors, code)) throw new InterlineError('NOT_FOUND', { what: 'such problem type' })
    const row = errors[code as ErrorCode]
    return { body: { code, title: row.title, nextAction: row.hint, flow: row.flow, status: row.status } }
  },
})
