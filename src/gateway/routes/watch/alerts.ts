import { Type } from 'typebox'
import type { Firing } from '../../../watch/alerts/alert-store.ts'
import { severities } from '../../../watch/exceptions/source.ts'
import { page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { defineRoute } from '../../route.ts'

/** The newest first. */
export const listAlerts = defineRoute({
  method: 'GET',
  path: '/v1/alerts',
  scope: 'alerts:read',
  operationId: 'listAlerts',
  summary: 'What alert rules fired for: since when, whether it is over, and how often somebody was told',
  tag: 'alerts',
  query: Type.Object(
    {
      ...pageQuery,
      rule: Type.Optional(Type.String({ maxLength: 60, description: 'Only of this rule.' })),
      state: Type.Optional(Type.String({ enum: ['firing', 'resolved'], description: 'Both without it.' })),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: pageSchema(
      Type.Object({
        id: Type.String(),
        rule: Type.String(),
        name: Type.String({ description: 'Of the rule, when it fired.' }),
        check: Type.String({ description: 'The question that it is about.' }),
        condition: Type.String(),
        severity: Type.String({ enum: [...severities] }),
        state: Type.String({ enum: ['firing', 'resolved'] }),
        firedAt: Type.String({ description: 'RFC 3339.' }),
        resolvedAt: Type.Optional(Type.String()),
        value: Type.Union([Type.Number(), Type.Null()], {
          description: 'The figure when it fired; null: nobody knew.',
        }),
        told: Type.Integer({ description: 'How often somebody was told that it fires.' }),
        toldAt: Type.Optional(Type.String({ description: 'When last.' })),
      }),
    ),
  },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const { rule, state } = call.query
    const rows = await call.gateway.alertDesk.firings({
      tenant: call.principal.tenant,
      ...(rule === undefined ? {} : { rule }),
      ...(state === undefined ? {} : { isOpen: state === 'firing' }),
      ...(after === undefined ? {} : { after }),
      limit: limit + 1,
    })
    return page(call, { rows, limit, query, position: ({ position }) => position, shown: shownOf })
  },
})

function shownOf({ id, rule, wish, firedAt, resolvedAt, value, told, toldAt }: Firing): object {
  const { name, check, condition, severity } = wish
  const at = (ms: number): string => new Date(ms).toISOString()
  return {
    id,
    rule,
    name,
    check,
    condition,
    severity,
    firedAt: at(firedAt),
    value: value ?? null,
    told,
    state: resolvedAt === undefined ? 'firing' : 'resolved',
    ...(resolvedAt === undefined ? {} : { resolvedAt: at(resolvedAt) }),
    ...(toldAt === undefined ? {} : { toldAt: at(toldAt) }),
  }
}
