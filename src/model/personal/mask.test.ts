import fc from 'fast-check'
import { Type } from 'typebox'
import { expect, test } from 'vitest'
import { freeText } from '../fields/personal.ts'
import { holdsMark, maskFreeText, maskPersonal, personalDeclared } from './mask.ts'

const address = { name: 'O. Feather', lines: ['Lane 7', ''], city: 'Ulm', postalCode: '89073', country: 'DE' }

test('who and where is masked in the same shape; how the business stands is not', () => {
  const order = {
    orderNumber: 'SO-1',
    lines: [{ line: '1', sku: 'MUG', name: 'Mug, blue' }],
    parties: [
      { role: 'sold_to', partyId: 'C-1', address: { ...address, geo: { lat: 48.4, lon: 9.9 } } },
      { role: 'carrier', contact: { name: 'O. Feather', email: 'o@f.example', phone: '5', language: 'de' } },
    ],
  }
  expect(maskPersonal(order)).toEqual({
    ...order,
    parties: [
      {
        ...{ role: 'sold_to', partyId: 'C-1' },
        address: { ...address, name: '***', lines: ['***', ''], geo: { lat: '***', lon: '***' } },
      },
      { role: 'carrier', contact: { name: '***', email: '***', phone: '***', language: 'de' } },
    ],
  })
})

test('whatever else a sender says of a person is masked, and a part within says itself what is personal', () => {
  const customer = { fullName: 'O. Feather', street: ['Lane 7'], city: 'Ulm', contact: { language: 'de', fax: '5' } }
  expect(maskPersonal({ customer, billTo: 'C-1', signedBy: 'B. Thistle' })).toEqual({
    customer: { fullName: '***', street: ['***'], city: 'Ulm', contact: { language: 'de', fax: '***' } },
    billTo: 'C-1',
    signedBy: '***',
  })
})

test('a message to somebody, who hears it, and a document in the standard of a partner', () => {
  const payload = {
    address: 'o@f.example',
    name: 'O',
    recipient: 'rcp_1',
    language: 'de',
    subject: 's',
    text: 't',
    html: 'h',
  }
  const masked = {
    address: '***',
    name: '***',
    recipient: 'rcp_1',
    language: 'de',
    subject: '***',
    text: '***',
    html: '***',
  }
  expect(maskPersonal({ payload })).toEqual({ payload: masked })
  expect(maskPersonal({ to: { address: 'o@f.example', name: 'O', language: 'de' } })).toEqual({
    to: { address: '***', name: '***', language: 'de' },
  })
  expect(maskPersonal({ payload: { set: '940', number: '7', text: 'ST*940', sends: 1 } })).toEqual({
    payload: { set: '940', number: '7', text: '***', sends: 1 },
  })
  expect(maskPersonal({ data: { text: 'Seen.' }, to: { location: 'W1' } })).toEqual({
    ...{ data: { text: 'Seen.' }, to: { location: 'W1' } },
  })
})

test('free text is masked where the schema says so, and by its name where the schema leaves it open', () => {
  const schema = Type.Object({
    question: freeText(Type.String()),
    detail: Type.String(),
    evidence: freeText(Type.Record(Type.String(), Type.Unknown())),
    labels: Type.Record(Type.String(), Type.String()),
    steps: Type.Array(Type.Union([Type.Null(), Type.Object({ why: freeText(Type.String()), reason: Type.String() })])),
    content: Type.Unknown(),
  })
  const labels = { note: 'a word of ours' }
  const told = {
    ...{ question: 'Is O. at home?', detail: '3 of 4', evidence: { said: ['O. was out'], count: 2 }, labels },
    steps: [null, { why: 'O. asked', reason: 'late' }],
    content: { sku: 'MUG', gift_message: 'For O.', lines: [{ deliveryInstructions: 'Ring O.' }], deliveryNote: '80' },
  }
  expect(maskFreeText(told, schema)).toEqual({
    ...{ question: '***', detail: '3 of 4', evidence: { said: ['***'], count: '***' }, labels },
    steps: [null, { why: '***', reason: 'late' }],
    content: { sku: 'MUG', gift_message: '***', lines: [{ deliveryInstructions: '***' }], deliveryNote: '80' },
  })
})

test('a code of ours in the place of a free text is shown, and words are not', () => {
  expect(maskFreeText({ data: { reason: 'bounced' } })).toEqual({ data: { reason: 'bounced' } })
  expect(maskFreeText({ data: { reason: 'O. Feather moved' } })).toEqual({ data: { reason: '***' } })
})

test('what is given back with a mark is noticed only where a personal value or a free text belongs', () => {
  expect(holdsMark({ addresses: [{ ...address, name: '***' }] })).toBe(true)
  expect(holdsMark(maskPersonal({ contact: { name: 'O' } }))).toBe(true)
  expect(holdsMark({ note: '***' })).toBe(true)
  expect(holdsMark({ addresses: [address], sku: '***' })).toBe(false)
})

test('any value is masked without an error, and again to the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const once = maskPersonal({ address: value, value })
      expect(maskPersonal(once)).toEqual(once)
    }),
  )
})

test('the declarations are read', () => {
  // More would hide what is harmless: the subject of a fact is a hub id, and of a message its first line.
  expect([...personalDeclared.anywhere].toSorted()).toEqual(['email', 'phone', 'signedBy'])
  expect([...(personalDeclared.parts.get('address')?.words ?? [])]).toEqual(
    expect.arrayContaining(['address', 'addresses', 'shipTo']),
  )
})
