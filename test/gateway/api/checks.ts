import { describe, expect, test } from 'vitest'
import { eventually } from '../../hub-process.ts'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

interface Check {
  readonly id: string
  readonly state: string
  readonly value: number | null
  readonly asked: number | null
  readonly metric: string
  readonly breakdown: readonly { readonly labels: Record<string, string>; readonly value: number }[]
}

/** What the hub asks itself about the business. */
export function describeChecks(api: ApiUnderTest): void {
  const all = async (query = ''): Promise<readonly Check[]> =>
    ((await api.ask('GET', `/v1/checks${query}`)).json() as { data: readonly Check[] }).data

  describe('business checks', () => {
    test('are all answered soon after a start, and the unknown is not zero', async () => {
      const answered = await eventually(all, (list) => list.every(({ state }) => state !== 'silent'))
      expect(answered.length).toBeGreaterThan(20)
      expect(answered.filter(({ state }) => state === 'failed')).toEqual([])
      const unknown = answered.filter(({ state }) => state === 'unknown')
      expect(unknown.length).toBeGreaterThan(3)
      expect(unknown.every(({ value }) => value === null)).toBe(true)
      expect(answered.find(({ id }) => id === 'messages-unaccounted')).toMatchObject({ value: 0, state: 'green' })
    })

    test('are listed by part of the business, and one is read by itself', async () => {
      const transport = await all('?area=transport')
      expect(transport.map(({ id }) => id)).toContain('shipments-without-tracking')
      expect((await api.ask('GET', '/v1/checks/posting-lag')).json()).toMatchObject({
        ...{ unit: 'seconds', metric: 'interline_business_posting_lag_seconds', amber: 900, red: 3600 },
        labels: ['warehouse', 'carrier', 'region'],
      })
      await expectProblem(api.ask('GET', '/v1/checks?area=moon'), 422, 'REQUEST_INVALID')
      await expectProblem(api.ask('GET', '/v1/checks/conjured'), 404, 'NOT_FOUND')
      await expectProblem(api.ask('GET', '/v1/checks/conjured/rows'), 404, 'NOT_FOUND')
    })

    test('show what is behind the figure, and what they answered before', async () => {
      const blocked = (await api.ask('GET', '/v1/checks/postings-blocked/rows?limit=2')).json() as {
        data: { object: string; labels: Record<string, string>; page: string }[]
      }
      expect(blocked.data[0]).toMatchObject({ object: expect.stringMatching(/^eff_/), page: '/effects' })
      const command = blocked.data[0]?.labels['command'] ?? ''
      const same = (await api.ask('GET', `/v1/checks/postings-blocked/rows?label=command=${command}`)).json() as {
        data: { labels: Record<string, string> }[]
      }
      expect(new Set(same.data.map(({ labels }) => labels['command']))).toEqual(new Set([command]))
      const { data } = (await api.ask('GET', '/v1/checks/messages-unaccounted/history?hours=1')).json() as {
        data: { value: number }[]
      }
      expect(data.map(({ value }) => value)).toContain(0)
      await expectProblem(api.ask('GET', '/v1/checks/posting-lag/history?hours=0'), 422, 'REQUEST_INVALID')
    })

    test('are metrics, each with its tenant, and absent while nobody knows', async () => {
      const text = (await api.asked.hub.call('GET', '/metrics')).text
      const answers = await all()
      for (const { metric, value } of answers) {
        expect(text).toContain(`# TYPE ${metric} gauge`)
        expect(new RegExp(`^${metric}\\{`, 'm').test(text), metric).toBe(value !== null)
      }
      expect(text).toMatch(/^interline_check_state\{tenant="\*",check="messages-unaccounted"\} 0$/m)
    })
  })
}
