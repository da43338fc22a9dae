import fc from 'fast-check'
import { expect, test } from 'vitest'
import { erasedFrom } from './erase.ts'
import { cardsOf, isCardOf, learned } from './known.ts'
import { joined, noLikeness } from './likeness.ts'
import { Spotter } from './spotter.ts'

const ottilie = {
  ...noLikeness,
  sure: ['ottilie@quill.example'],
  reached: ['+49 555 0178'],
  names: ['Ottilie Quill'],
  streets: ['Marmalade Lane 7'],
  postcodes: ['89073'],
  objects: ['SO-1'],
}
const spotter = new Spotter(ottilie)
const address = { name: 'Ottilie Quill', lines: ['Marmalade Lane 7', ''], city: 'Ulm', postalCode: '89073' }

test('who it was goes from every part about them; town, postal code, goods and others stay', () => {
  const order = {
    orderNumber: 'SO-1',
    lines: [{ line: '1', sku: 'MUG', quantity: '2' }],
    parties: [
      { role: 'ship_to', address: { ...address, geo: { lat: '48.4', lon: '9.9' } } },
      { role: 'sold_to', contact: { name: 'O. Quill', email: 'Ottilie@Quill.example', language: 'de' } },
      { role: 'carrier', contact: { name: 'Barnaby Thistle', phone: '+49 555 0999' } },
    ],
    note: 'Call ottilie quill at +49 (555) 01-78 before.',
  }
  expect(erasedFrom(order, spotter, true)).toEqual({
    ...order,
    parties: [
      { role: 'ship_to', address: { ...address, name: '[erased]', lines: ['[erased]', ''] } },
      { role: 'sold_to', contact: { name: '[erased]', email: '[erased]', language: 'de' } },
      { role: 'carrier', contact: { name: 'Barnaby Thistle', phone: '+49 555 0999' } },
    ],
    note: 'Call [erased] at [erased] before.',
  })
})

test('somebody else of the same name, in another town, stays', () => {
  const other = { address: { ...address, lines: ['Hill 3'], postalCode: '10115' }, note: 'For Ottilie Quill.' }
  expect(erasedFrom(other, spotter, false)).toBe(other)
  expect(erasedFrom({ note: 'Ottilie Quill asks for SO-1.' }, spotter, false)).toEqual({
    note: '[erased] asks for SO-1.',
  })
})

test('a message that was written to them goes whole, and so does who signed for what was theirs', () => {
  const payload = {
    address: 'ottilie@quill.example',
    recipient: 'rcp_1',
    subject: 'Hello',
    text: 'Dear O',
    html: '<p>',
  }
  expect(erasedFrom({ payload }, spotter, false)).toEqual({
    payload: { ...payload, address: '[erased]', subject: '[erased]', text: '[erased]', html: '[erased]' },
  })
  expect(erasedFrom({ signedBy: 'Neighbour' }, spotter, true)).toEqual({ signedBy: '[erased]' })
  expect(erasedFrom({ signedBy: 'Neighbour' }, spotter, false)).toEqual({ signedBy: 'Neighbour' })
})

test('what stands on a card of theirs is learned, and finds their other cards', () => {
  const known = new Spotter({ ...noLikeness, sure: ['ottilie@quill.example'] })
  const [card] = cardsOf({
    shipTo: { name: 'Ottilie Quill', street: 'Marmalade Lane 7', email: 'ottilie@quill.example', postalCode: '89073' },
  })
  expect(card !== undefined && isCardOf(known, card, false)).toBe(true)
  const more = new Spotter(joined(known.likeness, card === undefined ? noLikeness : learned(card)))
  expect(more.likeness).toMatchObject({ names: ['Ottilie Quill'], streets: ['Marmalade Lane 7'], postcodes: ['89073'] })
  expect(cardsOf({ address }).map((one) => isCardOf(more, one, false))).toEqual([true])
})

test('a key that is made of data names nobody either, and two that become the same stay two', () => {
  const stock = {
    balances: { 'DC1|Ottilie@quill.example|': '3', 'DC1|ottilie@quill.example|': '4', 'DC1|L7|': '5' },
    window: [{ postings: [['DC1|ottilie@quill.example|', '-1']] }],
  }
  const made = erasedFrom(stock, spotter, true) as typeof stock
  expect(JSON.stringify(made)).not.toMatch(/ottilie/i)
  expect(Object.values(made.balances)).toEqual(['3', '4', '5'])
  expect(erasedFrom(made, spotter, true)).toEqual(made)
})

test('erasing again changes nothing, whatever the document', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.boolean(), (value, isTheirs) => {
      const once = erasedFrom({ address: value, note: 'Ottilie Quill, 89073', value }, spotter, isTheirs)
      expect(erasedFrom(once, spotter, isTheirs)).toBe(once)
      expect(JSON.stringify(once)).not.toContain('Ottilie')
    }),
  )
})

test('a number is found however its digits are parted, and never as a part of a longer one', () => {
  expect(spotter.blotted('0049555/0178, 495550178, 4955501789, SO-1')).toBe('[erased], [erased], 4955501789, SO-1')
})
