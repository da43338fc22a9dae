import { Type } from 'typebox'
import { freeText } from '../../../model/fields/personal.ts'
import type { ListingRow } from '../../../views/listings.ts'
import { page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { defineRoute } from '../../route.ts'

const text = (description: string) => Type.Optional(Type.String({ maxLength: 100, description }))

/** By item, then channel. */
export const listPublished = defineRoute({
  method: 'GET',
  path: '/v1/inventory/published',
  scope: 'inventory:read',
  operationId: 'listPublished',
  summary: 'What each sales channel was told last of each item, and what may be sold now',
  tag: 'inventory',
  query: Type.Object(
    {
      ...pageQuery,
      channel: text('Connection to the channel.'),
      sku: text('Item number.'),
      state: Type.Optional(Type.String({ enum: ['told', 'pending', 'refused'], description: 'How it stands.' })),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: pageSchema(
      Type.Object({
        channel: Type.String(),
        sku: Type.String(),
        uom: Type.String({ description: 'Base unit of the item.' }),
        quantity: Type.String({ description: 'What may be sold there now, decimal. Only a crossed bound is told.' }),
        told: Type.Optional(Type.String({ description: 'What the channel has taken last. Absent: nothing yet.' })),
        toldAt: Type.Optional(Type.String({ description: 'When it was given that, RFC 3339.' })),
        sequence: Type.Integer({ description: 'Number of the newest value that was sent for it.' }),
        state: Type.String({ description: 'told, pending: one is on its way, refused: see reason.' }),
        reason: Type.Optional(freeText(Type.String({ description: 'Why it was refused.' }))),
        dropped: Type.Integer({ description: 'Values that gave way to newer ones before they were sent.' }),
      }),
    ),
  },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const { channel, sku, state } = call.query
    const rows = await call.gateway.listings.list({
      tenant: call.principal.tenant,
      ...Object.fromEntries(Object.entries({ channel, sku, state, after }).filter(([, one]) => one !== undefined)),
      limit: limit + 1,
    })
    return page(call, { rows, limit, query, position: ({ position }) => position, shown })
  },
})

function shown({ channel, sku, uom, quantity, told, toldAt, sequence, state, reason, dropped }: ListingRow): object {
  const known = Object.fromEntries(Object.entries({ told, toldAt, reason }).filter(([, one]) => one !== ''))
  return { channel, sku, uom, quantity, sequence, state, dropped, ...known }
}
