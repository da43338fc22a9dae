import { evolveDocument } from './documents/document.ts'
import { type Entity, type Evolve, entities } from './fact.ts'
import { evolveInterchange } from './interchange/interchange.ts'
import { evolvePartnership } from './interchange/partnership.ts'
import { evolveListing } from './listing/listing.ts'
import { evolveCorrespondence } from './notification/correspondence.ts'
import { evolveRecipient } from './notification/recipient.ts'
import { evolveShipment } from './shipment/shipment.ts'
import { evolveStock } from './stock/stock.ts'
import { evolveTask } from './task/task.ts'
import { awaiting } from './transmission/awaiting.ts'
import { evolveTransmission } from './transmission/transmission.ts'

/** A kind of object with its fold. */
export interface Aggregate {
  readonly entity: Entity
  readonly evolve: Evolve
}

/** Every kind of object of the business with its fold. Processes have theirs in their own room. */
export const aggregates: Readonly<Record<Folded, Aggregate>> = Object.fromEntries(
  (Object.keys(entities) as Entity[])
    .filter((entity): entity is Folded => entity !== 'process')
    .map((entity) => [entity, { entity, evolve: foldOf(entity) }]),
) as Record<Folded, Aggregate>

type Folded = Exclude<Entity, 'process'>

const byPrefix: ReadonlyMap<string, Aggregate> = new Map(
  Object.values(aggregates).map((one) => [entities[one.entity], one]),
)

/** The kind of an object by the prefix of its hub id. Throws when there is none: a fault of ours. */
export function aggregateOf(subject: string): Aggregate {
  const found = byPrefix.get(subject.slice(0, 3))
  if (found === undefined) throw new RangeError(`no aggregate has ids like ${subject.slice(0, 4)}`)
  return found
}

function foldOf(entity: Folded): Evolve {
  if (entity === 'shipment') return awaiting(entity, evolveShipment) as Evolve
  if (entity === 'stock') return evolveStock as Evolve
  if (entity === 'interchange') return evolveInterchange as Evolve
  if (entity === 'partnership') return evolvePartnership as Evolve
  if (entity === 'transmission') return evolveTransmission as Evolve
  if (entity === 'listing') return evolveListing as Evolve
  if (entity === 'correspondence') return evolveCorrespondence as Evolve
  if (entity === 'recipient') return evolveRecipient as Evolve
  if (entity === 'task') return evolveTask as Evolve
  return awaiting(entity, evolveDocument(entity)) as Evolve
}
