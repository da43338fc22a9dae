import { EventEmitter } from 'node:events'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ConnectionRoom } from './connection-room.ts'

class Caller extends EventEmitter {
  readonly remoteAddress: string

  constructor(remoteAddress: string) {
    super()
    this.remoteAddress = remoteAddress
  }
}

test('one address takes half of the room and no more; the rest is for others', () => {
  const room = new ConnectionRoom(10)
  const taken = (address: string, count: number) =>
    Array.from({ length: count }, () => room.take(new Caller(address))).filter((isIn) => isIn).length
  expect([taken('10.0.0.1', 8), taken('10.0.0.2', 3), taken('10.0.0.3', 8)]).toEqual([5, 3, 2])
  expect(room.turnedAway()).toBe(9)
  expect(room.turnedAway()).toBe(0)
})

test('it is crowded before it is full, as a whole or for one address', () => {
  const room = new ConnectionRoom(100)
  for (let n = 0; n < 45; n++) room.take(new Caller('10.0.0.1'))
  expect(room.isCrowded).toBe(false)
  room.take(new Caller('10.0.0.1'))
  expect(room.isCrowded).toBe(true)
})

test('whoever leaves makes room, and nothing is remembered of those who are gone', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.boolean()), { maxLength: 60 }), (steps) => {
      const room = new ConnectionRoom(12)
      const inside: Caller[] = []
      for (const [who, comes] of steps) {
        const caller = new Caller(`10.0.0.${who}`)
        if (comes && room.take(caller)) inside.push(caller)
        else if (!comes) inside.shift()?.emit('close')
        expect(room.open).toBe(inside.length)
        expect(room.open).toBeLessThanOrEqual(12)
      }
      for (const caller of inside) caller.emit('close')
      expect(room.open).toBe(0)
      expect(Array.from({ length: 6 }, () => room.take(new Caller('10.0.0.0')))).toEqual(Array(6).fill(true))
    }),
  )
})
