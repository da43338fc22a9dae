import { describe, expect, test } from 'vitest'
import { eventually } from '../../hub-process.ts'
import { expectProblem } from '../asked-hub.ts'
import type { ApiUnderTest } from './api-under-test.ts'

interface Row {
  readonly recipient: string
  readonly event: string
  readonly number: string
  readonly status: string
}

/** What customers and colleagues are told. */
export function describeNotifications(api: ApiUnderTest): void {
  const data = async (path: string): Promise<readonly Row[]> =>
    ((await api.ask('GET', path)).json() as { data: readonly Row[] }).data
  const suppress = (json: object) => api.ask('POST', '/v1/notifications/suppressions', { json, headers: api.once() })

  describe('notifications', () => {
    test('of a new task are listed with the recipient by id; no address is shown', async () => {
      const release = { name: 'release', label: 'Release', consequence: 'The goods can be sold.' }
      const json = { name: 'inspect-lot', role: 'quality', question: 'Is lot L2 dry?', decisions: [release] }
      const { id } = (await api.ask('POST', '/v1/tasks', { json, headers: api.once() })).json() as { id: string }
      const [row] = await eventually(
        () => data(`/v1/notifications?number=${id}`),
        (rows) => rows.length > 0,
      )
      expect(row).toMatchObject({ event: 'task_opened', channel: 'post-office', rule: 'desk', object: id })
      expect(JSON.stringify(row)).not.toContain('desk@company.example')
      expect(await data('/v1/notifications?status=told')).toEqual([])
      const pages = (await api.ask('GET', '/v1/notifications?limit=1')).json() as { data: object[]; page: object }
      expect(pages.data).toHaveLength(1)
    })

    test('stop for a recipient who wants no more, and go on when a person says so', async () => {
      const [row] = await data('/v1/notifications?event=task_opened')
      const recipient = row?.recipient ?? ''
      const suppressed = () => data('/v1/notifications/suppressions')
      expect((await suppress({ recipient })).json()).toMatchObject({ recipient })
      expect(await eventually(suppressed, (rows) => rows.length > 0)).toMatchObject([
        { recipient, channel: 'post-office', reason: 'unsubscribed' },
      ])
      await api.ask('DELETE', `/v1/notifications/suppressions/${recipient}`)
      await eventually(suppressed, (rows) => rows.length === 0)
      const byAddress = await suppress({ channel: 'post-office', address: 'Desk@Company.example' })
      expect(byAddress.json()).toMatchObject({ recipient })
      await eventually(suppressed, (rows) => rows.length === 1)
      await api.ask('DELETE', `/v1/notifications/suppressions/${recipient}`)
      const nobody = `rcp_${'0'.repeat(26)}`
      await expectProblem(suppress({ recipient: nobody }), 404, 'NOT_FOUND')
      await expectProblem(suppress({ channel: 'nobody', address: 'a@b.example' }), 404, 'CONNECTION_UNKNOWN')
      await expectProblem(api.ask('DELETE', `/v1/notifications/suppressions/${nobody}`), 404, 'NOT_FOUND')
    })

    test('can be looked at before anybody gets them, in the words of the tenant', async () => {
      const preview = async (json: object) => (await api.ask('POST', '/v1/notifications/preview', { json })).json()
      const values = { number: 'SO-9' }
      expect(await preview({ event: 'shipment_lost', locale: 'fr-CA', values })).toMatchObject({
        ...{ subject: 'Perdu : SO-9', locale: 'fr' },
      })
      expect(await preview({ event: 'shipment_lost', locale: 'de', values })).toMatchObject({
        subject: 'Ihre Bestellung SO-9 ist verloren',
      })
      await expectProblem(
        api.ask('POST', '/v1/notifications/preview', { json: { event: 'nothing_of_the_kind' } }),
        404,
        'NOT_FOUND',
      )
      expect((await data('/v1/notifications/events')).length).toBeGreaterThan(15)
    })
  })
}
