import { describe, expect, test } from 'vitest'
import { eventually } from '../../hub-process.ts'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

/** What readers of stock are promised. */
export function describeStock(hub: ApiUnderTest): void {
  describe('stock', () => {
    test('balances and what may be promised', async () => {
      await hub.move('W-1', 'LAMP')
      const balances = await eventually(
        async () => (await hub.ask('GET', '/v1/inventory/balances?sku=LAMP')).json() as { data: { onHand: string }[] },
        ({ data }) => data.length > 0,
      )
      expect(balances.data).toMatchObject([{ sku: 'LAMP', location: 'N-1', onHand: '7' }])
      expect((await hub.ask('GET', '/v1/inventory/availability?sku=LAMP&location=N-1')).json()).toMatchObject({
        availableToPromise: '7',
      })
      const ledger = (await hub.ask('GET', '/v1/inventory/ledger?sku=LAMP&location=N-1')).json()
      expect(ledger).toMatchObject({ data: [{ changes: [{ location: 'N-1', delta: '7' }] }], truncated: false })
      expect((await hub.ask('GET', '/v1/inventory/ledger?sku=LAMP&location=N-9')).json()).toMatchObject({ data: [] })
      await expectProblem(hub.ask('GET', '/v1/inventory/ledger?sku=NONE'), 404, 'NOT_FOUND')
      const many = await hub.ask('POST', '/v1/inventory/availability', {
        json: {
          skus: ['LAMP', 'NONE'],
          locations: ['N-1', 'N-2'],
          at: ['2026-03-02T00:00:00Z', '2030-01-01T00:00:00Z'],
        },
      })
      expect(many.json()).toMatchObject({
        data: [
          { sku: 'LAMP', location: 'N-1', at: '2026-03-02T00:00:00Z', availableToPromise: '7' },
          { sku: 'LAMP', location: 'N-1', at: '2030-01-01T00:00:00Z', availableToPromise: '7' },
          { sku: 'LAMP', location: 'N-2', availableToPromise: '0' },
          { sku: 'LAMP', location: 'N-2', availableToPromise: '0' },
        ],
        unknown: ['NONE'],
      })
      const published = await eventually(
        async () => (await hub.ask('GET', '/v1/inventory/published?sku=LAMP')).json() as { data: object[] },
        ({ data }) => data.length > 0,
      )
      expect(published.data).toMatchObject([{ channel: 'shop', quantity: '7', state: 'pending', sequence: 1 }])
      expect((await hub.ask('GET', '/v1/inventory/published?state=refused')).json()).toMatchObject({ data: [] })
      await expectProblem(hub.ask('GET', '/v1/inventory/availability?sku=NONE'), 404, 'NOT_FOUND')
      await expectProblem(hub.ask('GET', '/v1/inventory/availability?sku=LAMP&at=soon'), 422, 'REQUEST_INVALID')
      await expectProblem(hub.ask('GET', '/v1/inventory/availability'), 422, 'REQUEST_INVALID')
    })

    test('no piece is promised twice: reserved, confirmed, given back', async () => {
      await hub.move('W-VASE', 'VASE')
      const post = (json: object, path = '') =>
        hub.ask('POST', `/v1/inventory/reservations${path}`, { json, headers: hub.once() })
      const wish = { sku: 'VASE', quantity: '5', uom: 'EA', kind: 'soft', expiresAt: '2100-01-01T00:00:00Z' }
      const made = await post({ ...wish, reservation: 'cart-1' })
      expect(made.status).toBe(201)
      const { id } = made.json() as { id: string }
      expect(made.json()).toMatchObject({ state: 'held', granted: '5', places: [{ location: 'N-1', quantity: '5' }] })
      expect((await post({ ...wish, reservation: 'cart-2' })).json()).toMatchObject({ state: 'held', granted: '2' })
      await expectProblem(post({ ...wish, reservation: 'cart-3' }), 409, 'RESERVATION_REFUSED')
      const changed = await post({ ...wish, reservation: 'cart-3', revision: 2, wait: true })
      expect(changed.json()).toMatchObject({ state: 'queued', missing: '5' })
      const { id: waiting } = changed.json() as { id: string }
      const ended = await hub.ask('DELETE', `/v1/inventory/reservations/${waiting}`)
      expect(ended.json()).toMatchObject({ state: 'released' })
      await expectProblem(post({ ...wish, quantity: '0' }), 422, 'REQUEST_INVALID')
      const firm = await post({ kind: 'hard' }, `/${id}/confirm`)
      expect(firm.json()).toMatchObject({ kind: 'hard', granted: '5' })
      expect(firm.json()).not.toHaveProperty('expiresAt')
      expect((await hub.ask('GET', '/v1/inventory/availability?sku=VASE')).json()).toMatchObject({
        ...{ available: '7', allocated: '5', reserved: '2', availableToPromise: '0' },
      })
      expect((await hub.ask('DELETE', `/v1/inventory/reservations/${id}`)).json()).toMatchObject({ state: 'released' })
      expect((await hub.ask('GET', `/v1/inventory/reservations/${id}`)).json()).toMatchObject({ state: 'released' })
      await expectProblem(post({}, `/${id}/confirm`), 409, 'RESERVATION_OVER')
      await expectProblem(hub.ask('GET', '/v1/inventory/reservations/rsv_x'), 404, 'NOT_FOUND')
    })

    test('is compared with that of the ERP: what differs is listed with its cause, and is a case for a person', async () => {
      const post = (connection: string) => hub.ask('POST', '/v1/stock-comparisons', { json: { connection } })
      const begun = await post('erp')
      expect(begun.status).toBe(202)
      const { id } = begun.json() as { id: string }
      const ended = await eventually(
        async () => (await hub.ask('GET', `/v1/stock-comparisons/${id}`)).json() as { state: string },
        ({ state }) => state !== 'running',
      )
      expect(ended).toMatchObject({ state: 'done', lines: 1, takenAt: '2026-04-02T00:00:00.000Z' })
      const { data } = (await hub.ask('GET', '/v1/stock-comparisons?connection=erp')).json() as { data: object[] }
      expect(data).toMatchObject([{ id, connection: 'erp' }])
      const found = await hub.ask('GET', `/v1/stock-comparisons/${id}/differences?sku=LAMP`)
      expect(found.json()).toMatchObject({
        data: [
          {
            sku: 'LAMP',
            ours: '7',
            theirs: '6',
            difference: '1',
            cause: 'unexplained',
            repairs: ['recount', 'post_at_erp', 'adjust_here'],
          },
        ],
      })
      await eventually(
        async () =>
          (await hub.ask('GET', '/v1/tasks?name=stock-difference')).json() as { data: { question: string }[] },
        (page) => page.data.some(({ question }) => question.includes('LAMP')),
      )
      await expectProblem(post('nobody'), 404, 'CONNECTION_UNKNOWN')
      await expectProblem(post('warehouse'), 422, 'OPERATION_UNKNOWN')
      await expectProblem(hub.ask('GET', '/v1/stock-comparisons/cmp_x'), 404, 'NOT_FOUND')
      await expectProblem(hub.ask('GET', '/v1/stock-comparisons/cmp_x/differences'), 404, 'NOT_FOUND')
    })
  })
}
