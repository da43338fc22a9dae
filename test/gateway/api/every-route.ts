import { gunzipSync } from 'node:zlib'
import { parseList } from 'structured-headers'
import { request } from 'undici'
import { describe, expect, test } from 'vitest'
import { expectProblem, jsonType } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

/** What every route promises. */
export function describeEveryRoute(hub: ApiUnderTest): void {
  describe('every route', () => {
    test('says what is left of the quota', async () => {
      const { headers } = await hub.ask('GET', '/v1/overview')
      const [[policy, limits] = [], [name, left] = []] = ['ratelimit-policy', 'ratelimit'].map(
        (header) => parseList(String(headers[header]))[0],
      )
      expect([policy, name]).toEqual(['client', 'client'])
      expect([...(limits?.keys() ?? [])]).toEqual(['q', 'w'])
      expect([...(left?.keys() ?? [])]).toEqual(['r', 't'])
    })

    test('refuses what it cannot read or answer', async () => {
      const order = (body: string | Uint8Array, headers: Record<string, string>) =>
        hub.ask('POST', '/v1/subscriptions', { body, headers: { ...hub.once(), ...headers } })
      await expectProblem(order('{', jsonType), 400, 'BODY_MALFORMED')
      await expectProblem(order('{"url":"a","url":"b"}', jsonType), 400, 'BODY_MALFORMED')
      await expectProblem(order('a=1', { 'content-type': 'text/plain' }), 415, 'CONTENT_TYPE_UNSUPPORTED')
      await expectProblem(order('{}', { ...jsonType, 'content-encoding': 'br' }), 415, 'CODING_UNSUPPORTED')
      await expectProblem(order(Buffer.alloc(1_100_000, 0x20), jsonType), 413, 'BODY_TOO_LARGE')
      await expectProblem(hub.ask('GET', '/v1/shipments', { headers: { accept: 'text/html' } }), 406, 'NOT_ACCEPTABLE')
      await expectProblem(hub.ask('GET', '/v1/nothing'), 404, 'NOT_FOUND')
      const put = await expectProblem(hub.ask('PUT', '/v1/shipments', { json: {} }), 405, 'METHOD_NOT_ALLOWED')
      expect(put.headers['allow']).toBe('GET, HEAD, OPTIONS')
      await expectProblem(hub.ask('GET', '/v1/shipments/%ff'), 400, 'REQUEST_MALFORMED')
      await expectProblem(hub.ask('GET', `/v1/shipments/${'a'.repeat(600)}`), 414, 'URL_TOO_LONG')
    })

    test('an address that is none is refused before it is stored, and keeps nobody from their subscriptions', async () => {
      for (const url of ['https://', 'http://[', 'https://a b/'])
        await expectProblem(
          hub.ask('POST', '/v1/subscriptions', { json: { url }, headers: hub.once() }),
          422,
          'REQUEST_INVALID',
        )
      expect((await hub.ask('GET', '/v1/subscriptions')).status).toBe(200)
    })

    test('lists every violation with its place', async () => {
      const answer = await expectProblem(
        hub.ask('POST', '/v1/subscriptions', {
          json: { url: 'gopher://x', types: ['A.b'], colour: 1 },
          headers: hub.once(),
        }),
        422,
        'REQUEST_INVALID',
      )
      const { errors } = answer.json() as { errors: { pointer: string }[] }
      expect(errors.map(({ pointer }) => pointer).toSorted()).toEqual(['#/colour', '#/types/0', '#/url'])
    })

    test('packs long answers for who can unpack them', async () => {
      const { headers, body } = await request(`${hub.asked.hub.url}/openapi.json`, {
        headers: { 'accept-encoding': 'gzip' },
      })
      expect(headers['content-encoding']).toBe('gzip')
      expect(JSON.parse(gunzipSync(await body.bytes()).toString())).toMatchObject({ openapi: '3.1.0' })
    })

    test('lets pages of allowed origins read answers, and no others', async () => {
      const from = (origin: string) => hub.ask('GET', '/v1/accounting', { headers: { origin } })
      expect((await from('https://tower.example')).headers['access-control-allow-origin']).toBe('https://tower.example')
      expect((await from('https://other.example')).headers['access-control-allow-origin']).toBeUndefined()
      const preflight = await hub.asked.hub.call('OPTIONS', '/v1/shipments', {
        headers: { origin: 'https://tower.example' },
      })
      expect(preflight.status).toBe(204)
      expect(preflight.headers['access-control-allow-methods']).toContain('GET')
    })
  })
}
