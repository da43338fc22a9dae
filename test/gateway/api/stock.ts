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
      await expectProblem(hub.ask('GET', '/v1/inventory/availability?sku=NONE'), 404, 'NOT_FOUND')
      await expectProblem(hub.ask('GET', '/v1/inventory/availability?sku=LAMP&at=soon'), 422, 'REQUEST_INVALID')
      await expectProblem(hub.ask('GET', '/v1/inventory/availability'), 422, 'REQUEST_INVALID')
    })
  })
}
