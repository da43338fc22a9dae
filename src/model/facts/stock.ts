import { Type } from 'typebox'
import { decimal, document, instant, references, stockPlace } from './parts.ts'

const movement = {
  movement: Type.String({ description: 'Identity: system/kind/id/line/sequence.' }),
  type: Type.String({ description: 'Movement type of the ledger.' }),
  sku: Type.String(),
  quantity: decimal,
  uom: Type.String({ description: 'Base unit of the item, UN/ECE Recommendation 20.' }),
  document,
  postings: Type.Array(Type.Object({ ...stockPlace.properties, delta: decimal }), {
    description: 'Changes of stock; the counter-account takes the opposite.',
  }),
  from: Type.Optional(Type.String()),
  to: Type.Optional(Type.String()),
  lot: Type.Optional(Type.String()),
  serial: Type.Optional(Type.String()),
  reasonCode: Type.Optional(Type.String()),
  references: Type.Optional(references),
  uncertain: Type.Optional(Type.Boolean({ description: 'The order of count and movement on that day is not known.' })),
}
const counted = Type.Object(
  {
    ...stockPlace.properties,
    sku: Type.String(),
    asserted: decimal,
    uom: Type.String(),
    document,
    uncertain: Type.Boolean(),
  },
  { description: 'At that instant there was this much. The variance is a movement of its own.' },
)
const discrepancy = (description: string) =>
  Type.Object(
    { kind: Type.String({ description: 'negative, serial or not_postable.' }), sku: Type.String() },
    { additionalProperties: true, description },
  )

/** Facts about stock. */
export const stockFacts = {
  'inventory.availability_changed': Type.Object(
    {
      sku: Type.String(),
      location: Type.String(),
      availableToPromise: decimal,
      before: decimal,
      level: Type.String({ description: 'none, low or enough.' }),
      asOf: instant,
    },
    { description: 'What may be promised crossed zero or the low mark.' },
  ),
  'inventory.balance_changed': Type.Object(
    {
      sku: Type.String(),
      uom: Type.String(),
      changes: Type.Array(Type.Object({ ...stockPlace.properties, onHand: decimal, delta: decimal })),
    },
    { description: 'On-hand stock changed.' },
  ),
  'inventory.conflict_detected': Type.Object(
    { known: Type.String(), received: Type.String() },
    {
      additionalProperties: true,
      description: 'The same document line came again with other content; nothing changed.',
    },
  ),
  'inventory.count_recorded': counted,
  'inventory.discrepancy_detected': discrepancy(
    'Stock that cannot be: below zero, a serial twice, or a report that cannot be posted.',
  ),
  'inventory.discrepancy_resolved': discrepancy('It is possible again.'),
  'inventory.movement_posted': Type.Object(movement, { description: 'Stock moved.' }),
  'inventory.movement_reversed': Type.Object(
    { ...movement, reverses: Type.String() },
    { description: 'A movement was taken back by another.' },
  ),
  'inventory.snapshot_recorded': counted,
}
