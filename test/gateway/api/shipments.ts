import { beforeAll, describe, expect, test } from 'vitest'
import { type HubAnswer } from '../../hub-process.ts'
import { expectProblem } from '../asked-hub.ts'
import { trackerEvent } from '../senders.ts'
import type { ApiUnderTest } from './api-under-test.ts'

/** What readers of shipments are promised. */
export function describeShipments(hub: ApiUnderTest): void {
  describe('shipments', () => {
    let id = ''
    let scannedAt = ''
    beforeAll(async () => {
      for (const name of ['a', 'b', 'c', 'd', 'travels']) await hub.send(trackerEvent(name))
      id = await hub.shipment('PNtravels')
      scannedAt = new Date().toISOString()
    })

    test('are found by any reference and by filters, which may be repeated', async () => {
      const found = (await hub.ask('GET', '/v1/shipments?status=in_transit&status=delivered')).json() as {
        data: unknown[]
      }
      expect(found.data.length).toBeGreaterThan(3)
      expect((await hub.ask('GET', '/v1/shipments?status=lost')).json()).toMatchObject({
        data: [],
        page: { next: null },
      })
      expect(
        (await hub.ask('GET', `/v1/shipments?updatedSince=${encodeURIComponent('2026-01-01T00:00:00+02:00')}`)).status,
      ).toBe(200)
      await expectProblem(hub.ask('GET', '/v1/shipments?updatedSince=yesterday'), 422, 'REQUEST_INVALID')
      await expectProblem(hub.ask('GET', '/v1/shipments?statuss=lost'), 400, 'PARAMETER_UNKNOWN')
      await expectProblem(hub.ask('GET', '/v1/shipments?limit=201'), 422, 'REQUEST_INVALID')
    })

    test('are known to be where somebody told them to be, or where master data have a place of that name; else in words only', async () => {
      const positions = async () =>
        (
          (await hub.ask('GET', '/v1/shipments/positions?reference=PNplaced')).json() as {
            data: Record<string, unknown>[]
          }
        ).data
      const told = JSON.parse(trackerEvent('placed')) as { result: { tracking_details: object[] } }
      const [detail] = told.result.tracking_details
      told.result.tracking_details = [{ ...detail, tracking_location: { city: 'POSITION-TOWN', country: 'DE' } }]
      await hub.send(JSON.stringify(told))
      await hub.shipment('PNplaced')
      const [unknown] = await positions()
      expect(unknown).toMatchObject({
        exactness: 'unknown',
        place: 'POSITION-TOWN, DE',
        since: '2026-03-02T18:40:00.000Z',
      })
      expect(unknown).not.toHaveProperty('lat')
      const locate = (country: string) =>
        hub.ask('POST', '/v1/master-data/locations/import', {
          json: { rows: [{ code: 'POSITION-TOWN', address: { lines: [], country, geo: { lat: 50.5, lon: 7.25 } } }] },
        })
      await locate('AT')
      expect((await positions())[0]).not.toHaveProperty('lat')
      await locate('DE')
      expect(await positions()).toMatchObject([{ exactness: 'location', lat: 50.5, lon: 7.25 }])
      expect((await hub.ask('GET', '/v1/shipments/positions?status=delivered')).json()).toMatchObject({ data: [] })
      await expectProblem(hub.ask('GET', '/v1/shipments/positions?colour=red'), 400, 'PARAMETER_UNKNOWN')
    })

    test('are paged without a gap or a repetition, and a cursor fits no other query', async () => {
      const seen: string[] = []
      let path: string | undefined = '/v1/shipments?limit=2&status=in_transit'
      while (path !== undefined) {
        const answer: HubAnswer = await hub.ask('GET', path)
        seen.push(...(answer.json() as { data: { id: string }[] }).data.map((one) => one.id))
        const link = /^<(.+)>; rel="next"$/.exec(String(answer.headers['link'] ?? ''))?.[1]
        path =
          link === undefined
            ? undefined
            : new URL(link, `${hub.asked.hub.url}${path}`).href.slice(hub.asked.hub.url.length)
      }
      const whole = (await hub.ask('GET', '/v1/shipments?status=in_transit')).json() as { data: { id: string }[] }
      expect(seen).toEqual(whole.data.map((one) => one.id))
      expect(new Set(seen).size).toBe(seen.length)
      const { page } = (await hub.ask('GET', '/v1/shipments?limit=2')).json() as { page: { next: string } }
      for (const other of [
        `/v1/shipments?status=in_transit&cursor=${page.next}`,
        `/v1/effects?cursor=${page.next}`,
        '/v1/parked?cursor=forged',
      ])
        await expectProblem(hub.ask('GET', other), 400, 'CURSOR_INVALID')
    })

    test('have a version, by which a reader is spared what has not changed', async () => {
      const first = await hub.ask('GET', `/v1/shipments/${id}`)
      const tag = String(first.headers['etag'])
      expect(tag).toMatch(/^"v\d+"$/)
      for (const known of [tag, `"v0", W/${tag}`, '*'])
        expect((await hub.ask('GET', `/v1/shipments/${id}`, { headers: { 'if-none-match': known } })).status).toBe(304)
      expect((await hub.ask('GET', `/v1/shipments/${id}`, { headers: { 'if-none-match': '"v0"' } })).status).toBe(200)
      expect((await hub.ask('HEAD', `/v1/shipments/${id}`)).headers['etag']).toBe(tag)
      await expectProblem(hub.ask('GET', '/v1/shipments/shp_none'), 404, 'NOT_FOUND')
    })

    test('can be seen as of any instant, as far as was known at another', async () => {
      const at = async (query: string) =>
        (await hub.ask('GET', `/v1/shipments/${id}/timeline?${query}`)).json() as {
          shipment: { status: string } | null
          facts: unknown[]
          told: unknown[]
        }
      expect(await at('')).toMatchObject({ shipment: { status: 'in_transit' } })
      expect(await at(`knownAt=${scannedAt}`)).toMatchObject({ shipment: { status: 'in_transit' } })
      expect(await at('knownAt=2026-01-01T00:00:00Z')).toEqual({
        shipment: null,
        facts: [],
        told: [],
        truncated: false,
        forgotten: 0,
      })
      // The scan was at 18:40: a moment earlier it had not happened, at the moment itself it had.
      expect(await at('asOf=2026-03-02T18:39:59.999Z')).toMatchObject({ shipment: { status: 'planned' } })
      expect(await at('asOf=2026-03-02T18:40:00Z')).toMatchObject({ shipment: { status: 'in_transit' } })
      expect(await at('asOf=2026-03-02T20:40:00%2B02:00')).toMatchObject({ shipment: { status: 'in_transit' } })
      const lost = await expectProblem(
        hub.ask('GET', `/v1/shipments/${id}/timeline?asOf=2026-03-02T20:40:00+02:00`),
        422,
        'REQUEST_INVALID',
      )
      expect(lost.text).toContain('%2B')
      for (const query of ['knownAt=2026-02-30T00:00:00Z', 'asOf=2026-03-02', 'asOf=2026-03-02T18:40:00'])
        await expectProblem(hub.ask('GET', `/v1/shipments/${id}/timeline?${query}`), 422, 'REQUEST_INVALID')
    })

    test('are shared by links that end when somebody says so', async () => {
      const made = await hub.ask('POST', `/v1/shipments/${id}/tracking-links`, { json: {} })
      const { id: link } = made.json() as { id: string }
      expect((await hub.ask('GET', `/v1/shipments/${id}/tracking-links`)).json()).toMatchObject({
        data: [{ id: link, state: 'active' }],
      })
      expect((await hub.ask('DELETE', `/v1/shipments/${id}/tracking-links/${link}`)).status).toBe(204)
      const order = { json: { days: 1000 } }
      await expectProblem(hub.ask('POST', `/v1/shipments/${id}/tracking-links`, order), 422, 'REQUEST_INVALID')
      await expectProblem(hub.ask('DELETE', '/v1/shipments/shp_none/tracking-links/trl_none'), 404, 'NOT_FOUND')
    })

    test('are traced from message to effect, also by a message that could not be read', async () => {
      expect((await hub.ask('GET', '/v1/trace?reference=PNtravels')).json()).toMatchObject({
        objects: [{ subject: id }],
        messages: [{ connection: 'carrier' }],
      })
      const { id: message } = (await hub.send('unreadable')).json() as { id: string }
      expect((await hub.ask('GET', `/v1/messages/${message}`)).json()).toMatchObject({ status: 'parked' })
      expect((await hub.ask('GET', `/v1/messages/${message}/raw`)).text).toBe('unreadable')
      expect((await hub.ask('GET', `/v1/trace?reference=${message}`)).json()).toMatchObject({
        messages: [{ message, facts: [], parked: { code: 'JSON_MALFORMED' } }],
      })
      await expectProblem(hub.ask('GET', '/v1/trace?reference=nothing'), 404, 'NOT_FOUND')
    })
  })
}
