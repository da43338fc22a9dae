import { describe, expect, test } from 'vitest'
import type { Told } from '../../../test/process-run.ts'
import { readReservation, reservationName } from './reservation-name.ts'
import { answered, full, order, ours } from './told.contract.ts'

describe('the name of a reservation', () => {
  test.each([
    ['4711', 0, '1', '4711/1'],
    ['4711', 2, '1', '4711~2/1'],
    ['4711~2', 0, '1', '4711~2/1'],
    ['4711~2', 1, '1', '4711~2~1/1'],
    ['4711~2', 0, '1/2', '4711~2/1/2'],
    ['A/7~3', 0, '10', 'A/7~3/10'],
    ['A/7~3', 4, '10/1', 'A/7~3~4/10/1'],
  ])('of order %s, round %i, line %s is %s, and is read as that', (number, round, lineNo, name) => {
    expect(reservationName(number, { round, lineNo })).toBe(name)
    expect(readReservation(number, name)).toEqual({ round, lineNo })
  })

  test('that is too long for stock is read all the same', () => {
    const number = `${'9'.repeat(120)}~7`
    for (const round of [0, 1, 12])
      expect(readReservation(number, reservationName(number, { round, lineNo: '10' }))).toEqual({ round, lineNo: '10' })
  })
})

test('an order whose number ends like a round is held, given back and held again like any other', () => {
  const named = (told: Told): Told => {
    const data = JSON.parse(JSON.stringify(told.data).replaceAll('4711', '4711~9')) as unknown
    return { ...told, data }
  }
  const run = ours(named(order('accepted')))
  const stock = (round: string) => {
    for (const [lineNo, granted] of [
      ['1', '10'],
      ['2', '2'],
    ])
      run.report('reservation.answered', {
        ...{ reservation: `4711~9${round}/${lineNo}`, outcome: 'confirmed', revision: 1, granted, missing: '0' },
      })
  }
  stock('')
  expect(run.state()).toBe('releasing')
  const other = ours(named(order('accepted')), named(order('on_hold')), named(order('accepted')))
  expect(other.said('reservation.requested').at(-1)).toMatchObject({ reservation: '4711~9~1/2' })
  answered(full(other), '1', ['10', '0'])
  expect(other.state(), 'what was held before the hold does not count').toBe('allocating')
})
