import { describe, expect, test } from 'vitest'
import { eventually } from '../../hub-process.ts'
import { expectProblem } from '../asked-hub.ts'
import { trackerEvent } from '../senders.ts'
import type { ApiUnderTest } from './api-under-test.ts'

/** What is promised about parked messages and replays. */
export function describeMessages(hub: ApiUnderTest): void {
  describe('parked messages', () => {
    const park = async (text: string): Promise<string> => ((await hub.send(text)).json() as { id: string }).id

    test('are listed with what to do, released, corrected and skipped', async () => {
      const [released, corrected, skipped] = [
        await park('not json 1'),
        await park('not json 2'),
        await park('not json 3'),
      ]
      const { data } = (
        await hub.ask('GET', '/v1/parked?code=JSON_MALFORMED&connection=carrier&state=parked')
      ).json() as {
        data: { message: string }[]
      }
      expect(data.map(({ message }) => message)).toEqual(expect.arrayContaining([released, corrected, skipped]))
      const reason = { reason: 'for the test' }
      expect(
        (await hub.ask('POST', `/v1/parked/${released}/release`, { json: reason, headers: hub.once() })).status,
      ).toBe(202)
      const edit = { ...reason, body: trackerEvent('corrected') }
      expect((await hub.ask('POST', `/v1/parked/${corrected}/edit`, { json: edit, headers: hub.once() })).status).toBe(
        202,
      )
      expect((await hub.ask('POST', `/v1/parked/${skipped}/skip`, { json: reason, headers: hub.once() })).status).toBe(
        200,
      )
      await hub.shipment('PNcorrected')
      await expectProblem(
        hub.ask('POST', `/v1/parked/${skipped}/skip`, { json: reason, headers: hub.once() }),
        404,
        'NOT_FOUND',
      )
    })

    test('are one line for a cause and a connection, however many they are', async () => {
      const newest = await park('not json, the newest')
      const { data } = (await hub.ask('GET', '/v1/parked-groups')).json() as {
        data: { code: string; connection: string; count: number; days: Record<string, number> }[]
      }
      const group = data.find(({ code, connection }) => code === 'JSON_MALFORMED' && connection === 'carrier')
      expect(group).toMatchObject({ sample: newest, nextAction: expect.any(String) as unknown })
      expect(Object.values(group?.days ?? {}).reduce((sum, count) => sum + count, 0)).toBe(group?.count)
    })

    test('a correction that is sent twice is made once', async () => {
      const message = await park('not json 4')
      const headers = hub.once()
      const order = { json: { reason: 'mended', body: trackerEvent('mended') }, headers }
      const first = (await hub.ask('POST', `/v1/parked/${message}/edit`, order)).json()
      expect((await hub.ask('POST', `/v1/parked/${message}/edit`, order)).json()).toEqual(first)
    })
  })

  describe('replays', () => {
    test('are dry unless somebody says otherwise, can be watched and cancelled', async () => {
      const headers = hub.once()
      const order = { json: { connection: 'carrier', since: '2026-01-01T00:00:00Z' }, headers }
      const made = await hub.ask('POST', '/v1/replays', order)
      const { id } = made.json() as { id: string }
      expect(made.headers['location']).toBe(`/v1/jobs/${id}`)
      expect(made.json()).toMatchObject({ dryRun: true })
      expect((await hub.ask('POST', '/v1/replays', order)).json()).toMatchObject({ id })
      const done = await eventually(
        async () => (await hub.ask('GET', `/v1/replays/${id}`)).json() as { status: string; done: number },
        ({ status }) => status === 'done',
      )
      expect(done).toMatchObject({ newEffects: 0 })
      expect(done.done).toBeGreaterThan(5)
      const slow = await hub.ask('POST', '/v1/replays', {
        json: { connection: 'carrier', dryRun: false, perSecond: 1 },
        headers: hub.once(),
      })
      const job = (slow.json() as { id: string }).id
      for (const [verb, status] of [
        ['pause', 'paused'],
        ['resume', 'queued'],
      ])
        expect((await hub.ask('POST', `/v1/jobs/${job}/${verb}`)).json()).toMatchObject({
          status: expect.stringMatching(status === 'queued' ? /queued|running/ : 'paused'),
        })
      expect((await hub.ask('GET', `/v1/jobs/${job}`)).json()).toMatchObject({ id: job, failed: 0 })
      expect((await hub.ask('GET', '/v1/jobs')).status).toBe(200)
      expect((await hub.ask('GET', `/v1/jobs/${job}/failures`)).text).toBe('')
      expect((await hub.ask('POST', `/v1/jobs/${job}/cancel`)).json()).toMatchObject({ status: 'cancelled' })
      expect((await hub.ask('POST', `/v1/replays/${job}/cancel`)).json()).toMatchObject({ status: 'cancelled' })
      await expectProblem(hub.ask('GET', '/v1/replays/job_none'), 404, 'NOT_FOUND')
      await expectProblem(hub.ask('POST', '/v1/replays', { json: {}, headers: hub.once() }), 422, 'REQUEST_INVALID')
      await expectProblem(
        hub.ask('POST', '/v1/replays', { json: { connection: 'carrier', since: 'then' }, headers: hub.once() }),
        422,
        'REQUEST_INVALID',
      )
    })
  })
}
