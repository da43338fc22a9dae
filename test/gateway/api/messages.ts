import { hash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { eventually } from '../../hub-process.ts'
import { expectProblem } from '../asked-hub.ts'
import { trackerEvent } from '../senders.ts'
import type { ApiUnderTest } from './api-under-test.ts'

/** What is promised about parked messages and replays. */
export function describeMessages(hub: ApiUnderTest): void {
  describe('parked messages', () => {
    const park = async (text: string): Promise<string> => ((await hub.send(text)).json() as { id: string }).id

    test('are looked at segment by segment where they are EDI; what is wrong is told at its byte', async () => {
      const isa =
        'ISA*00*          *00*          *02*NORTH          *ZZ*HUB            *260301*0800*U*00401*000000905*0*P*>~'
      const text = `${isa}GS*QM*NORTH*HUB*20260301*0800*7*X*004010~ST*214*0001~B10*PRO1*SHP1*NRTH~SE*9*0001~GE*1*7~IEA*1*000000905~`
      const view = (await hub.ask('GET', `/v1/messages/${await park(text)}/segments?from=2`)).json() as {
        segments: { tag: string; start: number }[]
        verdicts: { start: number; at: string }[]
      }
      expect(view).toMatchObject({ syntax: 'x12', bytes: text.length, total: 5 })
      expect(view.segments.map(({ tag }) => tag)).toEqual(['ST', 'B10', 'SE'])
      expect(view.verdicts.map(({ start, at }) => text.slice(start, start + at.length) === at)).not.toContain(false)
      expect(view.verdicts.length).toBeGreaterThan(0)
      const other = await hub.ask('GET', `/v1/messages/${await park('no EDI')}/segments`)
      expect(other.json()).toMatchObject({ syntax: null, segments: [] })
      await expectProblem(hub.ask('GET', '/v1/messages/msg_0-999999/segments'), 404, 'NOT_FOUND')
    })

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

    test('a correction is written in the characters of the original, or refused with the one that it cannot have', async () => {
      const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1')
      const original = latin1('{"city": "K\u00f6ln", }')
      const message = ((await hub.send(original)).json() as { id: string }).id
      expect((await hub.ask('GET', `/v1/messages/${message}`)).json()).toMatchObject({ charset: 'windows-1252' })
      const edit = (json: object) =>
        hub.ask('POST', `/v1/parked/${message}/edit`, { json: { reason: 'mended', ...json }, headers: hub.once() })
      await expectProblem(edit({ body: 'Köln ☃' }), 422, 'CORRECTION_UNWRITABLE')
      const { correctedBy, charset } = (await edit({ body: '{"city": "Köln"' })).json() as Record<string, string>
      expect(charset).toBe('windows-1252')
      const raw = await hub.ask('GET', `/v1/messages/${correctedBy}`)
      expect(raw.json()).toMatchObject({ sha256: hash('sha256', latin1('{"city": "K\u00f6ln"')) })
      const again = (await edit({ body: '{"city": "Köln ☃"', charset: 'utf-8' })).json() as Record<string, string>
      expect(again['charset']).toBe('utf-8')
    })

    test('a correction that is sent twice is made once', async () => {
      const message = await park('not json 4')
      const headers = hub.once()
      const order = { json: { reason: 'mended', body: trackerEvent('mended') }, headers }
      const first = (await hub.ask('POST', `/v1/parked/${message}/edit`, order)).json()
      expect((await hub.ask('POST', `/v1/parked/${message}/edit`, order)).json()).toEqual(first)
    })
  })

  describe('messages', () => {
    interface Page {
      readonly data: readonly Readonly<Record<string, string>>[]
      readonly page: { readonly next: string | null; readonly lookedBackTo?: string }
    }
    const list = async (query: string): Promise<Page> => (await hub.ask('GET', `/v1/messages?${query}`)).json() as Page
    const send = async (text: string): Promise<string> => ((await hub.send(text)).json() as { id: string }).id

    test('are listed the newest first over all connections, each as its page says, and page by page', async () => {
      await hub.move('M-LIST', 'SKU-LIST')
      const first = await send(trackerEvent('listed-first'))
      const parked = await send('not json, to be listed')
      const second = await send(trackerEvent('listed-second'))
      await hub.shipment('PNlisted-second')
      const { data } = await list('limit=200')
      const places = [second, parked, first].map((id) => data.findIndex((one) => one['id'] === id))
      expect(places).toEqual(places.toSorted((a, b) => a - b))
      expect(places).not.toContain(-1)
      expect(new Set(data.map(({ connection }) => connection)).size).toBeGreaterThan(1)
      const times = data.map(({ receivedAt }) => receivedAt ?? '')
      expect(times).toEqual(times.toSorted().toReversed())
      for (const row of data.slice(0, 5)) {
        const one = (await hub.ask('GET', `/v1/messages/${row['id']}`)).json()
        const { id, connection, receivedAt, status, identity, contentType, bytes } = row
        expect(one).toMatchObject({ id, connection, receivedAt, status, identity, contentType, bytes })
      }
      expect(data.find(({ id }) => id === parked)).toMatchObject({ status: 'parked', code: 'JSON_MALFORMED' })
      const { subjects, names } = data.find(({ id }) => id === second) as unknown as {
        subjects: string[]
        names: Record<string, string>
      }
      expect(subjects).toEqual([expect.stringMatching(/^shp_/)])
      expect(Object.keys(names)).toEqual(subjects)
      const ids: (string | undefined)[] = []
      for (let cursor: string | null = ''; cursor !== null; ) {
        const page: Page = await list(`limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`)
        ids.push(...page.data.map(({ id }) => id))
        cursor = page.page.next
      }
      expect(ids.slice(0, data.length)).toEqual(data.map(({ id }) => id))
      expect(new Set(ids).size).toBe(ids.length)
    })

    test('are filtered by where they come from, what became of them, when, their kind and their identity', async () => {
      const parked = await send('not json, to be filtered')
      await hub.move('M-FILTER', 'SKU-FILTER')
      await hub.shipment('PNlisted-second')
      const of = async (query: string, member: string): Promise<readonly unknown[]> => [
        ...new Set((await list(`limit=200&${query}`)).data.map((row) => row[member])),
      ]
      expect(await of('connection=warehouse', 'connection')).toEqual(['warehouse'])
      expect(new Set(await of('connection=warehouse&connection=carrier', 'connection'))).toEqual(
        new Set(['carrier', 'warehouse']),
      )
      expect(await of('connection=gone', 'connection')).toEqual([])
      expect(await of('partner=nobody', 'connection')).toEqual([])
      for (const state of ['parked', 'applied']) expect(await of(`state=${state}`, 'status')).toEqual([state])
      expect(await of('state=parked', 'id')).toContain(parked)
      expect(await of('state=applied', 'id')).not.toContain(parked)
      const { data } = await list('limit=200')
      const row = data.find(({ id }) => id === parked)
      const at = row?.['receivedAt'] ?? ''
      const after = new Date(Date.parse(at) + 1).toISOString()
      expect(await of(`receivedFrom=${at}&receivedTo=${after}`, 'id')).toContain(parked)
      expect(await of(`receivedTo=${at}`, 'id')).toEqual(
        data.filter(({ receivedAt }) => (receivedAt ?? '') < at).map(({ id }) => id),
      )
      expect(await of(`receivedFrom=${after}`, 'id')).toEqual(
        data.filter(({ receivedAt }) => (receivedAt ?? '') > at).map(({ id }) => id),
      )
      expect(await of(`identity=${encodeURIComponent(row?.['identity'] ?? '')}`, 'id')).toEqual([parked])
      expect(await of('contentType=APPLICATION/json', 'id')).toContain(parked)
      expect(await of('contentType=text/plain', 'id')).not.toContain(parked)
    })

    test('are a file, too; what cannot be asked is refused', async () => {
      const { text } = await hub.ask('GET', '/v1/messages?state=parked', { headers: { accept: 'text/csv' } })
      expect(text).toMatch(/^id,connection,receivedAt,status,identity/)
      expect(text.split('\r\n').filter((line) => line.startsWith('msg_')).length).toBeGreaterThan(0)
      await expectProblem(hub.ask('GET', '/v1/messages?state=lost'), 422, 'REQUEST_INVALID')
      await expectProblem(hub.ask('GET', '/v1/messages?receivedFrom=then'), 422, 'REQUEST_INVALID')
      const { page } = await list('limit=1')
      await expectProblem(
        hub.ask('GET', `/v1/messages?limit=1&state=parked&cursor=${page.next}`),
        400,
        'CURSOR_INVALID',
      )
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
