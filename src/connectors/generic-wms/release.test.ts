import { expect, test } from 'vitest'
import { releaseDelivery } from './release.ts'

const request = { payload: { deliveryNumber: 'D/1', lines: [] }, externalReference: 'IL1', attempt: 1 }

function answered(status: number): string {
  return releaseDelivery.read({ status, headers: {}, body: new Uint8Array(), json: undefined }, request, {}).outcome
}

test('releases a delivery under its own number, the same request on every attempt', () => {
  const first = releaseDelivery.ask(request, {})
  expect(first).toMatchObject({ method: 'PUT', path: '/deliveries/D%2F1' })
  expect(JSON.parse(first.body ?? '')).toEqual({ deliveryNumber: 'D/1', lines: [], externalReference: 'IL1' })
  expect(releaseDelivery.ask({ ...request, attempt: 2 }, {})).toEqual(first)
})

test('takes a no for a no, and everything that is neither yes nor no for not knowing', () => {
  expect([200, 201, 204].map(answered)).toEqual(['applied', 'applied', 'applied'])
  expect([400, 403, 404, 409, 413, 415, 422].map(answered)).toEqual(Array.from({ length: 7 }, () => 'refused'))
  expect([202, 302, 408, 500, 502, 504].map(answered)).toEqual(Array.from({ length: 6 }, () => 'unclear'))
})

test('does not ask for a delivery that has no number', () => {
  expect(() => releaseDelivery.ask({ ...request, payload: {} }, {})).toThrow('deliveryNumber')
})
