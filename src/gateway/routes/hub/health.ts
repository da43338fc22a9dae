import { Type } from 'typebox'
import { defineRoute } from '../../route.ts'

const checks = Type.Object({
  status: Type.String(),
  checks: Type.Optional(Type.Array(Type.Object({ check: Type.String(), ok: Type.Boolean(), detail: Type.String() }))),
})
const verbose = Type.Object(
  { verbose: Type.Optional(Type.String({ description: 'Shows each check, also when all is well.' })) },
  { additionalProperties: false },
)

export const live = defineRoute({
  method: 'GET',
  path: '/livez',
  scope: 'public',
  operationId: 'live',
  summary: 'The process is alive',
  tag: 'health',
  query: verbose,
  answer: { status: 200, schema: checks },
  handle: async () => ({ body: { status: 'ok' } }),
})

export const ready = defineRoute({
  method: 'GET',
  path: '/readyz',
  scope: 'public',
  operationId: 'ready',
  summary: 'The hub may be given traffic',
  tag: 'health',
  query: verbose,
  answer: { status: 200, schema: checks },
  handle: async ({ gateway, query }) => {
    const found = await gateway.health.ready()
    const ok = found.every((check) => check.ok)
    return {
      status: ok ? 200 : 503,
      body: { status: ok ? 'ok' : 'not ready', ...(query.verbose === undefined && ok ? {} : { checks: found }) },
    }
  },
})

export const started = defineRoute({
  method: 'GET',
  path: '/startupz',
  scope: 'public',
  operationId: 'started',
  summary: 'The start is finished',
  tag: 'health',
  query: verbose,
  answer: { status: 200, schema: checks },
  handle: async ({ gateway }) =>
    gateway.health.started() ? { body: { status: 'ok' } } : { status: 503, body: { status: 'starting' } },
})

export const metrics = defineRoute({
  method: 'GET',
  path: '/metrics',
  scope: 'public',
  operationId: 'metrics',
  summary: 'Prometheus exposition',
  tag: 'health',
  answer: { status: 200, mediaType: 'text/plain; version=0.0.4; charset=utf-8' },
  handle: async ({ gateway }) => ({ body: await gateway.metrics() }),
})
