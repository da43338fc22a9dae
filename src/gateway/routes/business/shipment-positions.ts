import { Type } from 'typebox'
import { exceptionCategories } from '../../../model/code-lists/exception-category.ts'
import { shipmentStatuses } from '../../../model/code-lists/shipment-status.ts'
import { freeText } from '../../../model/fields/personal.ts'
import { type LastPlace, lastPlace, openStatuses } from '../../../model/shipment/position.ts'
import type { ShipmentState } from '../../../model/shipment/state.ts'
import type { MasterRow } from '../../../registry/master-data.ts'
import { partsOf } from '../../access/partner-sight.ts'
import { many, manyOf, oneOf, page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { findByReference } from '../../reference.ts'
import { type Call, defineRoute } from '../../route.ts'

const row = Type.Object({
  id: Type.String(),
  status: Type.String(),
  carrier: Type.Optional(Type.String()),
  trackingNumber: Type.Optional(Type.String()),
  exceptions: Type.Array(Type.String(), { description: 'Categories of open exceptions.' }),
  exactness: Type.String({
    enum: ['reported', 'location', 'unknown'],
    description:
      'reported: coordinates came with the event. location: those of the place in master data that has this name. unknown: nobody told any.',
  }),
  lat: Type.Optional(Type.Number({ description: 'Degrees north, WGS 84. Absent when unknown.' })),
  lon: Type.Optional(Type.Number({ description: 'Degrees east, WGS 84. Absent when unknown.' })),
  place: Type.Optional(freeText(Type.String({ description: 'Last known place in the words of whoever told it.' }))),
  since: Type.Optional(Type.String({ description: 'When it was there, RFC 3339. Absent: no place was ever told.' })),
  updatedAt: Type.String(),
})

/** A position is told or unknown, never guessed: a town without coordinates is given as words. */
export const listShipmentPositions = defineRoute({
  method: 'GET',
  path: '/v1/shipments/positions',
  scope: 'shipments:read',
  partners: true,
  operationId: 'listShipmentPositions',
  summary: 'Where each open shipment was last, and how exactly that is known; newest change first',
  tag: 'shipments',
  query: Type.Object(
    {
      ...pageQuery,
      reference: Type.Optional(
        Type.String({ maxLength: 100, description: 'Any number: tracking, order, delivery, SSCC, BOL, PRO …' }),
      ),
      status: manyOf(Object.keys(shipmentStatuses.values), 'Status. Shipments that are over are never among them.'),
      carrier: many('Carrier code.'),
      exception: oneOf(Object.keys(exceptionCategories.values), 'Category of an open exception.'),
    },
    { additionalProperties: false },
  ),
  answer: { status: 200, schema: pageSchema(row) },
  handle: async (call) => {
    const { limit, after, query } = readPage(call)
    const { reference, status, carrier, exception } = call.query
    const asked = status === undefined ? openStatuses : openStatuses.filter((one) => [status].flat().includes(one))
    const rows = await call.gateway.shipments.list({
      tenant: call.principal.tenant,
      ...partsOf(call),
      status: asked,
      ...(reference === undefined ? {} : { ids: await shipmentsOf(call, reference) }),
      ...(carrier === undefined ? {} : { carrier: [carrier].flat() }),
      ...(exception === undefined ? {} : { exception }),
      ...(after === undefined ? {} : { after }),
      limit: limit + 1,
    })
    const states = await call.gateway.node.place.committed.read(rows.slice(0, limit).map(({ id }) => id))
    const places = new Map([...states].map(([id, { state }]) => [id, lastPlace(state as ShipmentState)]))
    const locations = await locationsOf(call, [...places.values()])
    const shown = (one: (typeof rows)[number]) => {
      const { id, status: now, carrier: by, trackingNumber, exceptions, updatedAt } = one
      return {
        id,
        status: now,
        ...(by === '' ? {} : { carrier: by }),
        ...(trackingNumber === '' ? {} : { trackingNumber }),
        exceptions,
        ...positionOf(places.get(id), locations),
        updatedAt,
      }
    }
    return page(call, { rows, limit, query, position: ({ position }) => position, shown })
  },
})

async function shipmentsOf(call: Call, reference: string): Promise<readonly string[]> {
  const found = await findByReference(call, reference)
  return found.filter(({ entity }) => entity === 'shipment').map(({ subject }) => subject)
}

/** Places in master data that have the name of one that was told. */
async function locationsOf(
  { gateway, principal }: Pick<Call, 'gateway' | 'principal'>,
  places: readonly (LastPlace | undefined)[],
): Promise<ReadonlyMap<string, MasterRow>> {
  // Where our own places are is not told to a partner who has heard their names.
  if (gateway.isPartners) return new Map()
  const names = new Set(
    places.flatMap((one) => (one === undefined || one.geo !== undefined ? [] : (nameOf(one) ?? []))),
  )
  return gateway.masterData.some(principal.tenant, 'locations', [...names])
}

/** What the place is called: the first of its words, which is the whole name where the carrier gave one, else the town. */
function nameOf({ place }: LastPlace): string | undefined {
  return place?.split(', ', 1)[0]
}

function positionOf(told: LastPlace | undefined, locations: ReadonlyMap<string, MasterRow>) {
  if (told === undefined) return { exactness: 'unknown' }
  const { geo, place, since } = told
  const words = { ...(place === undefined ? {} : { place }), since }
  if (geo !== undefined) return { exactness: 'reported', ...geo, ...words }
  const known = locations.get(nameOf(told) ?? '')?.body['address'] as Address | undefined
  // A namesake in another country, or in one that nobody told, is somewhere else.
  if (known?.geo === undefined || known.country !== told.country) return { exactness: 'unknown', ...words }
  return { exactness: 'location', lat: known.geo.lat, lon: known.geo.lon, ...words }
}

interface Address {
  readonly country?: string
  readonly geo?: { readonly lat: number; readonly lon: number }
}
