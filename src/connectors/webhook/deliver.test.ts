import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Reading } from '../kit/connector.ts'
import { answerOf } from '../kit/golden.ts'
import { deliver } from './deliver.ts'

const settings = { url: 'https://shop.example.com/hooks', secrets: ['whsec_new', 'whsec_old'] }
const request = { payload: { id: 'msg_3-17.0', data: {} }, externalReference: 'msg_3-17.0', attempt: 1 }

function read(status: number, headers: Readonly<Record<string, string>> = {}): Reading {
  return deliver.read(answerOf({ status, headers }), request, settings)
}

test('sends the event under one id on every attempt, signed with every secret of a rotation', () => {
  const ask = deliver.ask(request, settings)
  expect(ask).toMatchObject({
    method: 'POST',
    url: settings.url,
    contentType: 'application/cloudevents+json; charset=utf-8',
    body: '{"id":"msg_3-17.0","data":{}}',
    sign: { scheme: 'standard-webhooks', id: 'msg_3-17.0', secrets: ['whsec_new', 'whsec_old'] },
  })
  expect(deliver.ask({ ...request, attempt: 9 }, settings)).toEqual(ask)
})

test('counts only a 2xx as delivered, and only a 410 as the wish to hear no more', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 599 }), (status) => {
      const expected = status >= 200 && status < 300 ? 'applied' : status === 410 ? 'gone' : 'retry'
      expect(read(status).outcome).toBe(expected)
    }),
  )
})

test('follows no redirect and says where it pointed, without what an address may tell', () => {
  const moved = read(302, { location: 'https://user:secret@elsewhere.example.net/hook?token=1' })
  expect(moved).toMatchObject({ outcome: 'retry' })
  expect(JSON.stringify(moved)).toContain('elsewhere.example.net')
  expect(JSON.stringify(moved)).not.toMatch(/secret|token|hook\?/)
  for (const location of ['/relative', 'http://', '']) expect(read(307, { location }).outcome).toBe('retry')
})

test('may be repeated at once, because the receiver knows a repetition by its id', () => {
  expect(deliver.idempotency).toMatchObject({ strategy: 'native-key' })
})
