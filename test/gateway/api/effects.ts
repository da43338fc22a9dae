import { describe, expect, test } from 'vitest'
import { eventually } from '../../hub-process.ts'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

/** What is promised about effects, and about the books of the ERP that they end in. */
export function describeEffects(hub: ApiUnderTest): void {
  describe('effects', () => {
    test('are listed, explained, and decided once', async () => {
      await hub.move('W-2', 'SHADE', { movement: 'adjust_gain', reason: 'counted' })
      const { data } = await eventually(
        async () =>
          (await hub.ask('GET', '/v1/effects?target=erp')).json() as { data: { id: string; state: string }[] },
        (page) => page.data.some(({ state }) => state === 'refused'),
      )
      const effect = data.find(({ state }) => state === 'refused')
      const whole = (await hub.ask('GET', `/v1/effects/${effect?.id}`)).json()
      expect(whole).toMatchObject({ attemptRows: [{ attempt: 1, wire: true, status: 400 }] })
      const decide = (headers: Record<string, string>, order: object) =>
        hub.ask('POST', `/v1/effects/${effect?.id}/decisions`, { json: order, headers })
      const order = { action: 'applied', reason: 'entered by hand', documentReference: '4711' }
      await expectProblem(decide({ 'idempotency-key': '' }, order), 400, 'IDEMPOTENCY_KEY_REQUIRED')
      const headers = hub.once()
      expect((await decide(headers, order)).json()).toMatchObject({ state: 'applied' })
      const again = await decide(headers, { documentReference: '4711', reason: 'entered by hand', action: 'applied' })
      expect(again.headers['idempotency-replayed']).toBe('true')
      expect(again.json()).toMatchObject({ state: 'applied' })
      await expectProblem(decide(headers, { ...order, reason: 'something else' }), 422, 'IDEMPOTENCY_KEY_REUSED')
      await expectProblem(decide(hub.once(), { ...order, action: 'release' }), 409, 'DECISION_NOT_ALLOWED')
      await expectProblem(hub.ask('GET', '/v1/effects/eff_none'), 404, 'NOT_FOUND')
      await expectProblem(hub.ask('GET', '/v1/effects?state=asleep'), 422, 'REQUEST_INVALID')
    })
  })

  describe('the books of the ERP', () => {
    test('are compared with the ledger, and the last comparison is kept', async () => {
      const made = (await hub.ask('POST', '/v1/reconciliations', { json: { connection: 'erp' } })).json()
      const unexpected = { kind: 'unexpected', externalReference: 'ILBYHAND', documentNumbers: ['4900000001'] }
      expect(made).toMatchObject({ connection: 'erp', complete: true, booked: 1, count: 1, differences: [unexpected] })
      expect((await hub.ask('GET', '/v1/reconciliations')).json()).toEqual({ data: [made] })
      const metrics = (await hub.ask('GET', '/metrics')).text
      expect(metrics).toContain('interline_reconciliation_differences{target="erp",kind="unexpected"} 1')
      const post = (json: object) => hub.ask('POST', '/v1/reconciliations', { json })
      await expectProblem(post({ connection: 'nobody' }), 404, 'CONNECTION_UNKNOWN')
      await expectProblem(post({ connection: 'warehouse' }), 422, 'OPERATION_UNKNOWN')
      await expectProblem(post({ connection: 'erp', since: 'yesterday' }), 422, 'REQUEST_INVALID')
    })
  })
}
