import { describe, expect, test } from 'vitest'
import { eventually } from '../../hub-process.ts'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

interface Sla {
  readonly id: string
  readonly percent: string
  readonly current: {
    readonly state: string
    readonly met: number
    readonly missed: number
    readonly open: number
  } | null
}

/** What was promised about time. */
export function describeSlas(api: ApiUnderTest): void {
  const one = async (): Promise<Sla> => (await api.ask('GET', '/v1/slas/erp-postings')).json() as Sla

  describe('service levels', () => {
    test('are measured soon after a start, and what is refused by everybody is open or missed and never kept', async () => {
      const { current } = await eventually(one, (sla) => (sla.current?.open ?? 0) + (sla.current?.missed ?? 0) > 0)
      expect(current?.met).toBe(0)
      const { data } = (await api.ask('GET', '/v1/slas')).json() as { data: readonly Sla[] }
      expect(data.map(({ id, percent }) => `${id} ${percent}`)).toEqual(['erp-postings 99.5'])
      const periods = (await api.ask('GET', '/v1/slas/erp-postings/periods')).json() as {
        data: { state: string; attainment: number | null; isOver: boolean }[]
      }
      // Nothing happened before: that is neither nothing nor everything.
      expect(periods.data.filter(({ isOver }) => isOver).map(({ state }) => state)).toContain('unknown')
      expect(
        periods.data.filter(({ state }) => state === 'unknown').every(({ attainment }) => attainment === null),
      ).toBe(true)
    })

    test('show what missed them, and say what cannot be asked', async () => {
      const past = await api.ask('GET', '/v1/slas/erp-postings/misses?period=2020-01-15&limit=1')
      expect(past.json()).toEqual({ data: [], page: { next: null } })
      expect((await api.ask('GET', '/v1/slas/erp-postings/misses')).status).toBe(200)
      await expectProblem(api.ask('GET', '/v1/slas/erp-postings/misses?period=2020-13-45'), 422, 'REQUEST_INVALID')
      await expectProblem(api.ask('GET', '/v1/slas/conjured'), 404, 'NOT_FOUND')
      await expectProblem(api.ask('GET', '/v1/slas/conjured/periods'), 404, 'NOT_FOUND')
      await expectProblem(api.ask('GET', '/v1/slas/conjured/misses'), 404, 'NOT_FOUND')
    })
  })
}
