import { describe, expect, test } from 'vitest'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

/** What is promised about subscriptions. */
export function describeSubscriptions(hub: ApiUnderTest): void {
  describe('subscriptions', () => {
    test('are made, changed by those who saw the newest version, rotated and ended', async () => {
      const headers = hub.once()
      const order = { json: { url: 'https://customer.example/hook', types: ['shipment.*'] }, headers }
      const made = await hub.ask('POST', '/v1/subscriptions', order)
      expect(made.status).toBe(201)
      const { id, secret } = made.json() as { id: string; secret: string }
      expect((await hub.ask('POST', '/v1/subscriptions', order)).json()).toMatchObject({ id, secret })
      const path = `/v1/subscriptions/${id}`
      const tag = String((await hub.ask('GET', path)).headers['etag'])
      const patch = (ifMatch: Record<string, string>, change: object) =>
        hub.ask('PATCH', path, { json: change, headers: ifMatch })
      await expectProblem(patch({}, { state: 'paused' }), 428, 'VERSION_REQUIRED')
      const changed = await patch(
        { 'if-match': tag, 'content-type': 'application/merge-patch+json' },
        { state: 'paused' },
      )
      expect(changed.json()).toMatchObject({ state: 'paused' })
      const stale = await expectProblem(patch({ 'if-match': tag }, { state: 'active' }), 412, 'VERSION_STALE')
      expect(stale.headers['etag']).toBe(changed.headers['etag'])
      await expectProblem(patch({ 'if-match': '"something"' }, { state: 'active' }), 412, 'VERSION_STALE')
      await expectProblem(patch({ 'if-match': tag }, { colour: 'red' }), 422, 'REQUEST_INVALID')
      const rotated = (await hub.ask('POST', `${path}/rotate`, { headers: hub.once() })).json() as { secret: string }
      expect(rotated.secret).not.toBe(secret)
      // Nobody is there: what was tried is shown all the same.
      const example = await hub.ask('POST', `${path}/examples`, { headers: hub.once() })
      expect(example.json()).toMatchObject({ delivered: false, request: { url: 'https://customer.example/hook' } })
      expect((await hub.ask('GET', '/v1/subscriptions')).json()).toMatchObject({ data: [{ id }] })
      expect((await hub.ask('GET', `${path}/standing`)).json()).toMatchObject({ deliveries: {} })
      const recover = (since: string) => hub.ask('POST', `${path}/recover`, { json: { since }, headers: hub.once() })
      expect((await recover('2026-01-01T00:00:00Z')).json()).toEqual({ released: 0, skipped: 0 })
      await expectProblem(recover('then'), 422, 'REQUEST_INVALID')
      const newest = String((await hub.ask('GET', path)).headers['etag'])
      await expectProblem(hub.ask('DELETE', path, { headers: { 'if-match': tag } }), 412, 'VERSION_STALE')
      expect((await hub.ask('DELETE', path, { headers: { 'if-match': newest } })).status).toBe(204)
      await expectProblem(hub.ask('GET', path), 404, 'NOT_FOUND')
    })
  })
}
