import { type Static, Type } from 'typebox'
import { Compile } from 'typebox/compile'

const key = Type.String({ minLength: 1, maxLength: 100 })
const quantity = Type.String({ pattern: '^\\d{1,40}(\\.\\d{1,20})?$' })
const references = Type.Array(
  Type.Object({ scheme: key, issuer: Type.Optional(key), value: Type.String({ minLength: 1, maxLength: 200 }) }),
  { maxItems: 20 },
)

/** Data of `reservation.requested`: what is wanted. The same reservation with a higher revision replaces the wish. */
export const reservationRequest = Type.Object({
  /** Chosen by whoever asks, unique among the reservations of the item. */
  reservation: key,
  revision: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
  sku: key,
  quantity,
  uom: Type.String({ minLength: 1, maxLength: 10 }),
  kind: Type.Union([Type.Literal('soft'), Type.Literal('hard')]),
  /** Places that may serve it, the best first; absent: any. */
  locations: Type.Optional(Type.Array(key, { maxItems: 100 })),
  /** Absent: available. */
  status: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  /** All or nothing; absent: as much as there is. */
  complete: Type.Optional(Type.Boolean()),
  /** From several places if need be; absent: from one. */
  split: Type.Optional(Type.Boolean()),
  /** Queue for what is missing; absent: what cannot be granted now is refused. */
  wait: Type.Optional(Type.Boolean()),
  /** 1 is the most urgent; absent: 5. */
  priority: Type.Optional(Type.Integer({ minimum: 1, maximum: 9 })),
  /** Since when it is wanted; absent: when the hub recorded it. */
  since: Type.Optional(Type.String({ maxLength: 40 })),
  /** A soft reservation ends then; absent: never by itself. */
  expiresAt: Type.Optional(Type.String({ maxLength: 40 })),
  /** Hub id of the object that gets the answers as `reservation.answered`; absent: nobody is told but subscribers. */
  origin: Type.Optional(Type.String({ pattern: '^[a-z]{3}_', maxLength: 100 })),
  /** Order and delivery: a goods issue that names one of them consumes this reservation. */
  references: Type.Optional(references),
})

/** A reservation that was asked for, once its fields have been looked at. */
export type ReservationRequest = Static<typeof reservationRequest>

/** Data of `reservation.release_requested`: what is held is given back. Final, also when it comes before the request. */
export const reservationRelease = Type.Object({
  reservation: key,
  sku: Type.Optional(key),
  reason: Type.Optional(Type.String({ maxLength: 200 })),
})

/** A wish to give back what is held. */
export type ReservationRelease = Static<typeof reservationRelease>

/** Data of `reservation.confirm_requested`: what is held lasts until it is consumed or released. */
export const reservationConfirmation = Type.Object({
  reservation: key,
  sku: Type.Optional(key),
  /** Absent: it stays what it is. */
  kind: Type.Optional(Type.Union([Type.Literal('soft'), Type.Literal('hard')])),
  references: Type.Optional(references),
})

/** A wish to make a reservation last. */
export type ReservationConfirmation = Static<typeof reservationConfirmation>

const confirmation = Compile(reservationConfirmation)
const request = Compile(reservationRequest)
const release = Compile(reservationRelease)

/** The request in the data of a fact; undefined where a field is missing or is not what it has to be. */
export function readRequest(data: unknown): ReservationRequest | undefined {
  return request.Check(data) ? data : undefined
}

/** The release in the data of a fact; undefined where a field is missing or is not what it has to be. */
export function readRelease(data: unknown): ReservationRelease | undefined {
  return release.Check(data) ? data : undefined
}

/** The confirmation in the data of a fact; undefined where a field is missing or is not what it has to be. */
export function readConfirmation(data: unknown): ReservationConfirmation | undefined {
  return confirmation.Check(data) ? data : undefined
}
