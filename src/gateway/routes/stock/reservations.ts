import { Type } from 'typebox'
import { isDecimal } from '../../../base/decimal.ts'
import { InterlineError } from '../../../base/errors.ts'
import { writeInstant } from '../../../base/instant.ts'
import { deskArrival } from '../../../flow/stewardship/desk.ts'
import { type Demand, type EndedDemand, heldFor, missingOf } from '../../../model/stock/demand/demand.ts'
import { reservationConfirmation, reservationRequest } from '../../../model/stock/demand/request.ts'
import type { StockState } from '../../../model/stock/state.ts'
import { stockSubject } from '../../../model/stock/subject.ts'
import { instantOf } from '../../instant.ts'
import { InvalidRequest } from '../../problem.ts'
import { type Answer, type Call, defineRoute } from '../../route.ts'

const decimal = (description: string) => Type.String({ description: `Decimal in the base unit. ${description}` })

const resource = Type.Object({
  id: Type.String({ description: 'For the other calls about it.' }),
  reservation: Type.String({ description: 'Its name within the item.' }),
  sku: Type.String(),
  state: Type.String({
    description:
      'held: all of it · partial: some of it · queued: nothing yet · consumed, released, expired, refused: it is over · pending: the hub has not come to it yet, look again. More may come.',
  }),
  kind: Type.Optional(Type.String({ description: 'soft: promised · hard: for a warehouse to pick.' })),
  uom: Type.Optional(Type.String()),
  quantity: Type.Optional(decimal('Wanted in all.')),
  granted: Type.Optional(decimal('Held now.')),
  missing: Type.Optional(decimal('Neither held nor gone.')),
  consumed: Type.Optional(decimal('Gone for it.')),
  places: Type.Optional(Type.Array(Type.Object({ location: Type.String(), quantity: Type.String() }))),
  expiresAt: Type.Optional(Type.String({ description: 'It ends by itself then, RFC 3339.' })),
})

const { reservation: _name, origin: _origin, ...wish } = reservationRequest.properties

export const createReservation = defineRoute({
  method: 'POST',
  path: '/v1/inventory/reservations',
  scope: 'inventory:reserve',
  operationId: 'createReservation',
  summary: 'Reserve stock of an item, or change a reservation by a higher revision; no piece is promised twice',
  tag: 'inventory',
  body: Type.Object(
    {
      ...wish,
      reservation: Type.Optional(
        Type.String({ minLength: 1, maxLength: 100, description: 'A name of your own; the hub gives one without it.' }),
      ),
    },
    { additionalProperties: false },
  ),
  idempotent: true,
  answer: { status: 201, schema: resource },
  handle: async (call) => {
    const { body } = call
    for (const name of ['since', 'expiresAt'] as const) if (body[name] !== undefined) instantOf(name, body[name])
    if (!isDecimal(body.quantity) || /^0+(\.0+)?$/.test(body.quantity))
      throw new InvalidRequest([{ pointer: '#/quantity', detail: 'expected more than zero', code: 'minimum' }])
    const reservation = body.reservation ?? call.once
    const revision = body.revision ?? 1
    // An earlier wish may have been refused: this one is another.
    const isDone = ({ demand, ended }: Known): boolean =>
      (demand ?? ended ?? { revision: 0 }).revision >= revision || (ended !== undefined && ended.outcome !== 'refused')
    const name = { sku: body.sku, reservation }
    return say(call, { ...name, type: 'reservation.requested', data: { ...body, reservation }, isDone })
  },
})

export const readReservation = defineRoute({
  method: 'GET',
  path: '/v1/inventory/reservations/{id}',
  scope: 'inventory:read',
  operationId: 'readReservation',
  summary: 'What is held by a reservation',
  tag: 'inventory',
  answer: { status: 200, schema: resource },
  handle: async (call) => {
    const name = nameOf(call)
    return { body: shown(name, await found(call, name)) }
  },
})

export const confirmReservation = defineRoute({
  method: 'POST',
  path: '/v1/inventory/reservations/{id}/confirm',
  scope: 'inventory:reserve',
  operationId: 'confirmReservation',
  summary: 'Make a reservation last: it does not expire any more and, with kind hard, a warehouse may pick it',
  tag: 'inventory',
  body: Type.Object(
    { kind: reservationConfirmation.properties.kind, references: reservationConfirmation.properties.references },
    { additionalProperties: false },
  ),
  idempotent: true,
  answer: { status: 200, schema: resource },
  handle: async (call) => {
    const name = nameOf(call)
    const { body } = call
    const { ended: over } = await found(call, name)
    if (over !== undefined)
      throw new InterlineError('RESERVATION_OVER', { reservation: name.reservation, outcome: over.outcome })
    const isDone = ({ demand, ended }: Known): boolean =>
      demand === undefined
        ? ended !== undefined
        : demand.expiresAt === undefined && demand.kind === (body.kind ?? demand.kind)
    return say(call, { ...name, type: 'reservation.confirm_requested', data: { ...name, ...body }, isDone })
  },
})

export const releaseReservation = defineRoute({
  method: 'DELETE',
  path: '/v1/inventory/reservations/{id}',
  scope: 'inventory:reserve',
  operationId: 'releaseReservation',
  summary: 'Give back what a reservation holds; one that is over stays as it is',
  tag: 'inventory',
  repeatable: 'sets',
  answer: { status: 200, schema: resource },
  handle: async (call) => {
    const name = nameOf(call)
    const known = await found(call, name)
    if (known.ended !== undefined) return { body: shown(name, known) }
    const isDone = ({ ended }: Known): boolean => ended !== undefined
    return say(call, { ...name, type: 'reservation.release_requested', data: name, isDone })
  },
})

interface Name {
  readonly sku: string
  readonly reservation: string
}

/** What the stock of the item knows of a reservation: what it is, or how it ended. */
interface Known {
  readonly uom?: string
  readonly demand?: Demand
  readonly ended?: EndedDemand
}

/** Nobody waits longer for the fold of the item; the reservation is made all the same, and can be read later. */
const waitMs = 2000
const pauseMs = 5

/** Tells the stock of the item, and answers what became of it as soon as that is durable. */
async function say(
  call: Call,
  told: Name & {
    readonly type: string
    readonly data: object
    readonly isDone: (known: Known) => boolean
  },
): Promise<Answer> {
  const { gateway, principal, trace, once } = call
  const { sku, reservation, type, data, isDone } = told
  const about = { entity: 'stock', references: [{ scheme: 'sku', value: sku }], unknown: 'create' } as const
  await gateway.intake.accept(
    deskArrival([{ type, about, data }], {
      tenant: principal.tenant,
      identity: `${type}:${reservation}:${once}`,
      trace,
      partitions: gateway.backbone.partitions,
    }),
  )
  const { clock } = gateway.node.place
  const until = clock.mono() + waitMs
  for (;;) {
    const known = await knownOf(call, told)
    if (isDone(known)) return answer(told, known)
    if (clock.mono() >= until) return { status: 202, body: { ...identity(told), state: 'pending' } }
    await clock.sleep(pauseMs)
  }
}

function answer(name: Name & { readonly type: string }, known: Known): Answer {
  const { reservation, type } = name
  const { ended } = known
  if (ended?.outcome === 'refused')
    throw new InterlineError('RESERVATION_REFUSED', { reservation, reason: ended.reason ?? 'not_available' })
  if (ended !== undefined && type !== 'reservation.release_requested')
    throw new InterlineError('RESERVATION_OVER', { reservation, outcome: ended.outcome })
  return { body: shown(name, known) }
}

/** Throws NOT_FOUND. */
async function found(call: Call, name: Name): Promise<Known> {
  const known = await knownOf(call, name)
  if (known.demand === undefined && known.ended === undefined) throw unknown()
  return known
}

/** States that were stored before there were reservations have none. */
async function knownOf({ gateway, principal }: Call, { sku, reservation }: Name): Promise<Known> {
  const subject = stockSubject(principal.tenant, sku)
  const stored = (await gateway.node.place.committed.read([subject])).get(subject)
  if (stored === undefined) return {}
  const { uom, demands, ended } = stored.state as StockState
  const demand = demands?.[reservation]
  if (demand !== undefined) return { uom, demand }
  const end = ended?.[reservation]
  return end === undefined ? { uom } : { uom, ended: end }
}

function unknown(): InterlineError {
  return new InterlineError('NOT_FOUND', { what: 'reservation with this id' })
}

function shown(name: Name, { uom, demand, ended }: Known): Record<string, unknown> {
  if (demand === undefined) return { ...identity(name), state: ended?.outcome ?? 'pending' }
  const { kind, asked, consumed, granted, expiresAt } = demand
  return {
    ...identity(name),
    state: stageOf(demand),
    kind,
    uom,
    quantity: asked,
    granted: heldFor(demand),
    missing: missingOf(demand),
    consumed,
    places: Object.entries(granted).map(([location, quantity]) => ({ location, quantity })),
    ...(expiresAt === undefined ? {} : { expiresAt: writeInstant(expiresAt) }),
  }
}

function stageOf(demand: Demand): string {
  if (heldFor(demand) === '0' && demand.consumed === '0') return 'queued'
  return missingOf(demand) === '0' ? 'held' : 'partial'
}

/** The id names the item too, because it alone knows its reservations. */
function identity({ sku, reservation }: Name): Record<string, string> {
  const packed = Buffer.from(JSON.stringify([sku, reservation])).toString('base64url')
  return { id: `rsv_${packed}`, reservation, sku }
}

/** Throws NOT_FOUND. */
function nameOf({ params }: Call): Name {
  const { id = '' } = params
  try {
    const [sku, reservation] = JSON.parse(Buffer.from(id.slice('rsv_'.length), 'base64url').toString()) as unknown[]
    if (typeof sku === 'string' && typeof reservation === 'string' && identity({ sku, reservation })['id'] === id)
      return { sku, reservation }
  } catch {
    // It is no id of ours: the same answer as for one that nobody has.
  }
  throw unknown()
}
