import { Type } from 'typebox'
import { pollPrefix } from '../../../flow/intake/poll-plan.ts'
import type { TransmissionState } from '../../../model/transmission/state.ts'
import type { ShipmentRows } from '../../../views/shipments.ts'
import { page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { type Call, defineRoute } from '../../route.ts'

/** Open timers; questions to carriers are none. */
export const listExpectations = defineRoute({
  method: 'GET',
  path: '/v1/expectations',
  scope: 'shipments:read',
  operationId: 'listExpectations',
  summary: 'What has to happen, of which object, and by when; what is late comes first',
  tag: 'tasks',
  query: Type.Object(
    {
      ...pageQuery,
      object: Type.Optional(Type.String({ maxLength: 60, description: 'Hub id.' })),
      withinMinutes: Type.Optional(
        Type.String({ pattern: '^[1-9]\\d{0,4}$', description: 'Only what is late by then if nothing happens.' }),
      ),
      overdue: Type.Optional(Type.String({ enum: ['true'], description: 'Only what is late already.' })),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: pageSchema(
      Type.Object({
        object: Type.String({ description: 'Hub id of what is waited for.' }),
        number: Type.Optional(
          Type.String({
            description: 'What people know a shipment or a document to a partner by, where it has a number.',
          }),
        ),
        about: Type.Optional(
          Type.String({
            description: 'Hub id of the object that tells it, where a document to a partner is waited for.',
          }),
        ),
        name: Type.String({ description: 'What is waited for: tracking_stale, acknowledgement, task_due.' }),
        dueAt: Type.String({
          description: 'RFC 3339. When it is late; then an exception opens or a task is escalated.',
        }),
        overdue: Type.Boolean({ description: 'The time is over, and the hub is about to say so.' }),
        expected: Type.Optional(Type.Unknown({ description: 'As whoever waits described it.' })),
      }),
    ),
  },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const { object: subject, overdue, withinMinutes } = call.query
    const now = call.gateway.now()
    const rows = await call.gateway.backbone.timers({
      tenant: call.principal.tenant,
      except: pollPrefix,
      ...(subject === undefined ? {} : { subject }),
      ...(withinMinutes === undefined ? {} : { before: now + Number(withinMinutes) * 60_000 }),
      ...(overdue === undefined ? {} : { before: now }),
      ...(after === undefined ? {} : { after: positionOf(after) }),
      limit: limit + 1,
    })
    const numbers = await shipmentNumbers(
      call.gateway.shipments,
      rows.map(({ subject }) => subject),
      call.principal.tenant,
    )
    const documents = await documentsOf(
      call,
      rows.map(({ subject }) => subject),
    )
    const shown = rows.map(({ subject: object, name, at, data }) => ({
      object,
      ...(numbers.has(object) ? { number: numbers.get(object) } : {}),
      ...documents.get(object),
      name,
      dueAt: new Date(at).toISOString(),
      overdue: at <= now,
      ...(data === undefined ? {} : { expected: data }),
    }))
    const position = ({ object, name, dueAt }: (typeof shown)[number]): string =>
      `${Date.parse(dueAt)} ${object} ${name}`
    return page(call, { rows: shown, limit, query, position })
  },
})

async function shipmentNumbers(
  shipments: ShipmentRows,
  subjects: readonly string[],
  tenant: string,
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(subjects.filter((subject) => subject.startsWith('shp_')))]
  const rows = ids.length === 0 ? [] : await shipments.list({ tenant, ids, limit: ids.length })
  return new Map(rows.flatMap(({ id, trackingNumber }) => (trackingNumber === '' ? [] : [[id, trackingNumber]])))
}

/** Documents to partners by their set and number, with the object that each tells of. */
async function documentsOf(
  { gateway }: Call,
  subjects: readonly string[],
): Promise<ReadonlyMap<string, { readonly number?: string; readonly about?: string }>> {
  const ids = [...new Set(subjects.filter((subject) => subject.startsWith('trm_')))]
  if (ids.length === 0) return new Map()
  const states = await gateway.backbone.states(ids)
  return new Map(
    [...states].map(([id, { body }]) => {
      const { report, document, draft } = JSON.parse(body) as TransmissionState
      const { set, number } = document ?? draft ?? {}
      const words = [set, number].filter((one) => one !== undefined && one !== '')
      return [
        id,
        {
          ...(words.length === 0 ? {} : { number: words.join(' ') }),
          ...(report === undefined ? {} : { about: report.about }),
        },
      ]
    }),
  )
}

function positionOf(after: string): { readonly at: number; readonly subject: string; readonly name: string } {
  const [at = '', subject = '', ...name] = after.split(' ')
  return { at: Number(at), subject, name: name.join(' ') }
}
