import fc from 'fast-check'
import { expect, test } from 'vitest'
import { add } from '../../base/decimal.ts'
import { InterlineError } from '../../base/errors.ts'
import { Reading } from '../kit/reading.ts'
import { fit, isAsWanted, type Move, quantityWrites, type WantedLine, wantedLines } from './wanted.ts'

const move = (id: number, sku: string, quantity: string, unit = 'u'): Move => ({
  id,
  sku,
  quantity,
  unit,
  state: 'draft',
})
const line = (sku: string, quantity: string, uom = 'EA'): WantedLine => ({ sku, quantity, uom, place: 'lines[0]' })

test('spreads what was shipped over the moves of an item, oldest first', () => {
  const found = fit([move(2, 'LAMP', '5'), move(1, 'LAMP', '4'), move(3, 'BULB', '2')], [line('LAMP', '6')], 'refuse')
  expect('moves' in found && found.moves.map((one) => [one.move.id, one.quantity])).toEqual([
    [1, '4'],
    [2, '2'],
    [3, '0'],
  ])
})

test('what was not planned does not fit; more than planned goes nowhere, or into the last move', () => {
  expect(fit([move(1, 'LAMP', '4')], [line('SHADE', '1')], 'last')).toEqual({
    problem: 'Tryton plans no move of SHADE.',
  })
  const more = [line('LAMP', '7')]
  expect(fit([move(1, 'LAMP', '4')], more, 'refuse')).toEqual({ problem: 'There is 3 of LAMP more than Tryton plans.' })
  const taken = fit([move(1, 'LAMP', '4')], more, 'last')
  expect('moves' in taken && quantityWrites(taken)).toEqual([[1], { quantity: 7 }])
})

test('other units of the same kind are converted exactly, others are not guessed', () => {
  expect(isAsWanted([move(1, 'RICE', '2.5', 'kg')], [line('RICE', '2500', 'GRM')])).toBe(true)
  expect(() => isAsWanted([move(1, 'RICE', '2.5', 'kg')], [line('RICE', '2', 'BX')])).toThrow(InterlineError)
})

test('lots and serial numbers are not dropped without a word', () => {
  const payload = new Reading({ lines: [{ sku: 'LAMP', quantity: '1', uom: 'EA', lot: 'L1' }] })
  expect(() => wantedLines(payload, { lots: 'refuse' })).toThrow('no lot or serial number')
  expect(wantedLines(payload, { lots: 'ignore' })).toMatchObject([{ sku: 'LAMP', quantity: '1' }])
})

test('whatever fits is afterwards as it was wanted, in whatever order it is told', () => {
  const quantities = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(quantities, quantities, (planned, shipped) => {
      const moves = planned.map((quantity, index) => move(index + 1, 'LAMP', String(quantity)))
      const wanted = shipped.map((quantity) => line('LAMP', String(quantity)))
      const sum = (list: readonly number[]): string => list.reduce((total, one) => add(total, String(one)), '0')
      const found = fit(moves, wanted, 'refuse')
      expect('problem' in found).toBe(Number(sum(shipped)) > Number(sum(planned)))
      if ('problem' in found) return
      const after = found.moves.map(({ move: one, quantity }) => ({ ...one, quantity }))
      expect(isAsWanted(after, wanted)).toBe(true)
      expect(fit(moves, wanted.toReversed(), 'refuse')).toEqual(found)
    }),
  )
})
