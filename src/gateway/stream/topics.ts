import { type Entity, entities, type Fact } from '../../model/fact.ts'
import type { Scope } from '../access/principal.ts'

interface TopicRow {
  /** What somebody needs to hear of it: what they need to read the list. */
  readonly scope: Scope
  readonly about: string
  /** Objects whose facts belong to it. Absent: it has no facts, and is told as a count. */
  readonly entities?: readonly Entity[]
  /** Facts of any object that belong to it, by the begin of their type. */
  readonly types?: string
}

/** What can be listened to. Each topic is a list that somebody may have open. */
export const topics = {
  appointments: { scope: 'documents:read', about: 'appointments at docks', entities: ['appointment'] },
  availability: { scope: 'inventory:read', about: 'what channels may sell', entities: ['listing'] },
  deliveries: { scope: 'documents:read', about: 'deliveries', entities: ['delivery'] },
  effects: { scope: 'effects:read', about: 'what systems are told, and what became of it', types: 'effect.' },
  'freight-invoices': { scope: 'documents:read', about: 'invoices of carriers', entities: ['freight_invoice'] },
  inventory: { scope: 'inventory:read', about: 'stock', entities: ['stock'] },
  invoices: { scope: 'documents:read', about: 'invoices to customers', entities: ['invoice'] },
  jobs: { scope: 'jobs:read', about: 'long work in the background' },
  notifications: { scope: 'notifications:read', about: 'who was told what', entities: ['correspondence', 'recipient'] },
  orders: { scope: 'documents:read', about: 'orders', entities: ['order'] },
  parked: { scope: 'parked:read', about: 'messages that wait for a person or an object' },
  processes: { scope: 'processes:read', about: 'processes over many systems', entities: ['process'] },
  receipts: { scope: 'documents:read', about: 'goods receipts', entities: ['goods_receipt'] },
  returns: { scope: 'documents:read', about: 'returns', entities: ['return'] },
  shipments: { scope: 'shipments:read', about: 'shipments', entities: ['shipment'] },
  tasks: { scope: 'tasks:read', about: 'work of people', entities: ['task'] },
  transmissions: { scope: 'effects:read', about: 'documents to partners by EDI', entities: ['transmission'] },
} as const satisfies Readonly<Record<string, TopicRow>>

/** Name of something that can be listened to. */
export type Topic = keyof typeof topics

const rows: readonly (readonly [Topic, TopicRow])[] = Object.entries(topics) as [Topic, TopicRow][]
/** All names, in order. */
export const topicNames: readonly Topic[] = rows.map(([name]) => name)

const byPrefix: ReadonlyMap<string, Topic> = new Map(
  rows.flatMap(([name, row]) => (row.entities ?? []).map((entity) => [entities[entity], name] as const)),
)
const byType = rows.flatMap(([name, { types }]) => (types === undefined ? [] : [{ name, types }]))

/** The topics that a fact belongs to: that of its object, and that of what it tells. Often none. */
export function topicsOf({ subject, type }: Pick<Fact, 'subject' | 'type'>): readonly Topic[] {
  const own = byPrefix.get(subject.slice(0, 3))
  const others = byType.filter(({ types }) => type.startsWith(types)).map(({ name }) => name)
  return own === undefined ? others : [own, ...others]
}
