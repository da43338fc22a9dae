import { expect, test } from 'vitest'
import { equipmentOf } from './equipment.ts'
import { rank } from './ladder.ts'
import { emptyShipment, type ShipmentState, type StoredEvent } from './state.ts'

const minute = 60_000
const box = 'MSKU4471236'

function move(id: string, more: Partial<StoredEvent> = {}): StoredEvent {
  return {
    code: 'gate_in',
    at: 10 * minute,
    received: 20 * minute,
    source: 'terminal',
    raw: '34',
    id,
    equipment: box,
    ...more,
  }
}

function told(events: readonly StoredEvent[], equipment?: ShipmentState['about']['equipment']): ShipmentState {
  return { ...emptyShipment, events, about: equipment === undefined ? {} : { equipment } }
}

test('a container has the seals and weights that were told of it last, and what was ordered besides', () => {
  const events = [
    move('in', { details: { seals: ['A-1'], grossGrams: '21000000' } }),
    move('on', { code: 'loaded_on_transport', at: 90 * minute, details: { seals: ['B-2'] } }),
  ]
  const [first] = equipmentOf(told(events, [{ number: box, kind: '45G1' }])) ?? []
  expect(first).toEqual({ number: box, kind: '45G1', seals: ['B-2'], grossGrams: '21000000' })
  expect(equipmentOf(told(events.toReversed()))).toEqual([{ number: box, seals: ['B-2'], grossGrams: '21000000' }])
})

test('nothing is known of containers of which nobody told anything', () => {
  expect(equipmentOf(told([move('in')]))).toBeUndefined()
})

test.each([false, true])(
  'the place of a move that is corrected makes no second move (in another order: %s)',
  (turned) => {
    const events = [move('in A', { place: 'Ghent' }), move('in B', { place: 'Antwerp', received: 30 * minute })]
    const counted = rank(turned ? events.toReversed() : events)
    expect(counted.map(({ event }) => event.place)).toEqual(['Antwerp'])
  },
)

test('moves through gates of two depots at two times are two', () => {
  const events = [move('in A', { place: 'Ghent' }), move('in B', { place: 'Antwerp', at: 70 * minute })]
  expect(rank(events)).toHaveLength(2)
})
