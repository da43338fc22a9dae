import { expect, test } from 'vitest'
import { Faults } from './faults.ts'

test.each([
  ['2%', 0.02],
  ['0.5', 0.5],
  ['100%', 1],
  ['on', 1],
])('a share of %s strikes that often', (text, share) => {
  const faults = new Faults()
  faults.set({ 'erp.lostReply': text })
  expect(faults.share('erp.lostReply')).toBe(share)
})

test('off and 0 end a fault and leave the others', () => {
  const faults = new Faults()
  faults.set({ 'erp.lostReply': '2%', 'erp.locked': '1%', 'erp.outage': 'on' })
  faults.set({ 'erp.outage': 'off', 'erp.locked': '0' })
  expect(faults.inForce).toEqual({ 'erp.lostReply': 0.02 })
})

test('an unknown fault is answered with the known ones, and changes nothing', () => {
  const faults = new Faults()
  expect(() => faults.set({ 'erp.lostReply': '2%', 'erp.fire': 'on' })).toThrow(/erp\.fire.*erp\.lostReply/)
  expect(faults.inForce).toEqual({})
})

test.each(['200%', '-1', 'often', 'NaN', '1.01'])('%s is not a share', (text) => {
  expect(() => new Faults().set({ 'erp.outage': text })).toThrow(/share/)
})
