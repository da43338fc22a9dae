import { describe, expect, test } from 'vitest'
import { type ShipmentStatus, statusRank } from './codes.ts'
import { type Move, type Mover, move } from './lifecycle.ts'
import { combine } from './projection.ts'

const statuses = Object.keys(statusRank) as ShipmentStatus[]
const plan: readonly ShipmentStatus[] = ['planned', 'tendered', 'booked']
const moving: readonly ShipmentStatus[] = ['picked_up', 'in_transit', 'out_for_delivery', 'available_for_pickup']

/** [from, to, who says so, where it leads, what is odd about it] */
type Row = readonly [ShipmentStatus, ShipmentStatus, Mover, ShipmentStatus, Move['anomaly']?]

const rows: readonly Row[] = [
  ['planned', 'tendered', 'hub', 'tendered'],
  ['planned', 'tendered', 'scan', 'planned'],
  ['planned', 'booked', 'hub', 'booked'],
  ['planned', 'booked', 'scan', 'booked'],
  ['planned', 'cancelled', 'hub', 'cancelled'],
  ['tendered', 'booked', 'hub', 'booked'],
  ['tendered', 'planned', 'hub', 'planned'],
  ['tendered', 'planned', 'scan', 'tendered'],
  ['tendered', 'cancelled', 'hub', 'cancelled'],
  ['booked', 'planned', 'hub', 'planned'],
  ['booked', 'planned', 'scan', 'booked'],
  ['booked', 'tendered', 'hub', 'booked'],
  ['booked', 'cancelled', 'hub', 'cancelled'],
  ['booked', 'delivered', 'scan', 'delivered'],
  ...plan.flatMap((from) => moving.map((to): Row => [from, to, 'scan', to])),
  ...moving.flatMap((from) => moving.map((to): Row => [from, to, 'scan', to])),
  ...moving.flatMap((from) => plan.map((to): Row => [from, to, 'scan', from])),
  ...moving.flatMap((from) =>
    (['delivered', 'returning', 'returned', 'lost', 'disposed'] as const).map((to): Row => [from, to, 'scan', to]),
  ),
  ...moving.map((from): Row => [from, 'cancelled', 'hub', from, 'cancel_after_pickup']),
  ...moving.map((to): Row => ['returning', to, 'scan', 'returning']),
  ['returning', 'delivered', 'scan', 'returned'],
  ['returning', 'returned', 'scan', 'returned'],
  ['returning', 'cancelled', 'hub', 'returning', 'cancel_after_pickup'],
  ['delivered', 'returning', 'scan', 'returning'],
  ['delivered', 'returned', 'scan', 'returned'],
  ['delivered', 'delivered', 'scan', 'delivered'],
  ['delivered', 'cancelled', 'hub', 'delivered', 'cancel_after_pickup'],
  ['delivered', 'lost', 'scan', 'delivered', 'scan_after_delivery'],
  ...moving.map((to): Row => ['delivered', to, 'scan', 'delivered', 'scan_after_delivery']),
  ...moving.map((to): Row => ['cancelled', to, 'scan', to, 'scan_after_void']),
  ['cancelled', 'delivered', 'scan', 'delivered', 'scan_after_void'],
  ['cancelled', 'returning', 'scan', 'returning', 'scan_after_void'],
  ...plan.map((to): Row => ['cancelled', to, 'scan', 'cancelled']),
  ...moving.map((to): Row => ['lost', to, 'scan', to]),
  ['lost', 'delivered', 'scan', 'delivered'],
  ['lost', 'returned', 'scan', 'returned'],
  ['lost', 'disposed', 'scan', 'disposed'],
  ['lost', 'booked', 'scan', 'lost'],
  ...(['returned', 'disposed'] as const).flatMap((from) =>
    moving.map((to): Row => [from, to, 'scan', from, 'scan_after_delivery']),
  ),
  ...(['delivered', 'returned', 'disposed'] as const).flatMap((from) =>
    plan.map((to): Row => [from, to, 'scan', from]),
  ),
]

describe('the lifecycle of a shipment', () => {
  test.for(rows)('%s, told %s by a %s, is %s', ([from, to, mover, status, anomaly]) => {
    expect(move(from, to, mover)).toEqual(anomaly === undefined ? { status } : { status, anomaly })
  })

  test('knows thirteen statuses and never leaves them', () => {
    expect(statuses).toHaveLength(13)
    for (const from of statuses)
      for (const to of statuses)
        for (const mover of ['hub', 'scan'] as const) expect(statuses).toContain(move(from, to, mover).status)
  })

  test('never gives custody back for late paperwork', () => {
    for (const from of statuses.filter((status) => statusRank[status] > statusRank.booked))
      for (const to of plan)
        for (const mover of ['hub', 'scan'] as const) expect(move(from, to, mover)).toEqual({ status: from })
  })
})

/** The rule of model.md 7.6 once more, by ranks and a list of ends. */
function expected(a: ShipmentStatus, b: ShipmentStatus): ShipmentStatus {
  const counting: readonly ShipmentStatus[] = [a, b].filter((status) => status !== 'cancelled')
  if (counting.length === 0) return 'cancelled'
  const ends: readonly ShipmentStatus[] = ['delivered', 'returned', 'lost', 'disposed']
  const active = counting.filter((status) => !ends.includes(status))
  if (active.length > 0) return active.toSorted((x, y) => statusRank[x] - statusRank[y])[0] ?? 'planned'
  return ends.find((end) => counting.includes(end)) ?? 'disposed'
}

describe('a shipment of two packages', () => {
  const pairs = statuses.flatMap((a) => statuses.map((b) => [a, b] as const))

  test('is where the least advanced of those under way is, else at the best end: all 169 pairs, either way round', () => {
    expect(pairs).toHaveLength(169)
    for (const [a, b] of pairs) {
      expect(combine([a, b]), `${a} and ${b}`).toBe(expected(a, b))
      expect(combine([b, a])).toBe(combine([a, b]))
    }
  })

  test.for([
    [['delivered', 'in_transit'], 'in_transit'],
    [['delivered', 'returned'], 'delivered'],
    [['returned', 'lost'], 'returned'],
    [['lost', 'disposed'], 'lost'],
    [['disposed', 'disposed'], 'disposed'],
    [['cancelled', 'delivered'], 'delivered'],
    [['cancelled', 'cancelled'], 'cancelled'],
    [['returning', 'out_for_delivery'], 'out_for_delivery'],
    [[], 'planned'],
  ] as const)('%j is %s', ([packages, status]) => {
    expect(combine(packages)).toBe(status)
  })
})
