import { describe, expect, test } from 'vitest'
import { eventually } from '../../hub-process.ts'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

interface Rule {
  readonly id: string
  readonly name: string
  readonly tells: readonly string[]
  readonly muted?: { readonly reason: string }
}
interface Alert {
  readonly name: string
  readonly state: string
  readonly value: number | null
  readonly told: number
}

/** Who is told when the business stands badly. */
export function describeAlerts(api: ApiUnderTest): void {
  const post = (path: string, json: object) => api.ask('POST', `/v1/alert-rules${path}`, { json })
  const make = async (more: object): Promise<Rule> =>
    (await post('', { name: 'Always', check: 'messages-unaccounted', ...more })).json() as Rule
  const alerts = async (rule: string): Promise<readonly Alert[]> =>
    ((await api.ask('GET', `/v1/alerts?rule=${rule}`)).json() as { data: readonly Alert[] }).data

  describe('alerts', () => {
    test('fire by a condition over a check, are shown, told once, and over when the rule is gone', async () => {
      const { id, tells } = await make({ condition: 'value >= 0', holdMinutes: 0 })
      expect(tells).toEqual(['watchers'])
      const [fired] = await eventually(
        () => alerts(id),
        (list) => list[0]?.told === 1,
      )
      expect(fired).toMatchObject({ name: 'Always', state: 'firing', value: 0, told: 1 })
      const heard = await eventually(
        async () =>
          (await api.ask('GET', '/v1/notifications?event=alert_fired')).json() as { data: { number: string }[] },
        ({ data }) => data.length > 0,
      )
      expect(heard.data.map(({ number }) => number)).toEqual(['Always'])
      expect((await api.ask('DELETE', `/v1/alert-rules/${id}`)).status).toBe(204)
      await eventually(
        () => alerts(id),
        (list) => list[0]?.state === 'resolved',
      )
    })

    test('are not told while their rule is muted, with a reason and until a time', async () => {
      const { id } = await make({ name: 'Quiet', condition: 'value < 0' })
      const until = new Date(Date.now() + 3_600_000).toISOString()
      await post(`/${id}/mute`, { until, reason: 'stocktaking' })
      const read = async () => (await api.ask('GET', `/v1/alert-rules/${id}`)).json() as Rule
      expect((await read()).muted).toMatchObject({ until, reason: 'stocktaking' })
      await expectProblem(
        post(`/${id}/mute`, { until: '2020-01-01T00:00:00Z', reason: 'late' }),
        422,
        'REQUEST_INVALID',
      )
      await api.ask('DELETE', `/v1/alert-rules/${id}/mute`)
      expect((await read()).muted).toBeUndefined()
      const { data } = (await api.ask('GET', '/v1/audit?kind=alert-rule')).json() as {
        data: { change: string; name: string }[]
      }
      expect(data.filter(({ name }) => name === id).map(({ change }) => change)).toEqual(['unmute', 'mute', 'create'])
    })

    test('are tried out on the past before they are kept', async () => {
      const tested = (
        await post('/back-test', {
          name: 'Try it',
          check: 'messages-unaccounted',
          condition: 'value >= 0',
          holdMinutes: 0,
        })
      ).json()
      expect(tested).toMatchObject({ firings: [{ value: 0 }] })
      expect((await post('/back-test', { name: 'Try it', check: 'messages-unaccounted' })).json()).toMatchObject({
        firings: [],
      })
      const { data } = (await api.ask('GET', '/v1/alert-rules')).json() as { data: Rule[] }
      expect(data.map(({ name }) => name)).not.toContain('Try it')
    })

    test('are changed as they were seen, and refused when nobody could judge or hear them', async () => {
      const { id } = await make({ name: 'Changing' })
      const body = { name: 'Changed', check: 'stale-feeds', condition: 'share > 0.5' }
      const put = (version: string) =>
        api.ask('PUT', `/v1/alert-rules/${id}`, { json: body, headers: { 'if-match': version } })
      expect((await put('"v1"')).json()).toMatchObject({ name: 'Changed', holdMinutes: 5 })
      await expectProblem(put('"v1"'), 412, 'VERSION_STALE')
      const wish = { name: 'Wrong', check: 'stale-feeds' }
      await expectProblem(post('', { ...wish, condition: 'price > 1' }), 422, 'ALERT_CONDITION_INVALID')
      await expectProblem(post('', { ...wish, route: ['nobody-knows'] }), 422, 'REQUEST_INVALID')
      await expectProblem(post('', { ...wish, check: 'conjured' }), 422, 'REQUEST_INVALID')
      await expectProblem(api.ask('GET', '/v1/alert-rules/alr_none'), 404, 'NOT_FOUND')
    })
  })
}
