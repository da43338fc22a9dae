import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventually, LivingNetwork } from './living-network.ts'

interface Status {
  readonly told: number
  readonly sent: number
  readonly underway: number
  readonly erpDocuments: number
  readonly erpDoubles: number
  readonly webhooks: number
  readonly harborOrders: number
  readonly harborAcknowledged: number
}
interface Accounting {
  readonly received: number
  readonly applied: number
  readonly pending: number
  readonly unaccounted: number
}
interface Page<T> {
  readonly data: readonly T[]
}

let network: LivingNetwork

beforeAll(async () => {
  network = await LivingNetwork.start()
  await network.simulate('start', { scenario: 'quiet-day', seed: 5, speed: 6000 })
})

afterAll(async () => {
  await network.stop()
})

describe('a newcomer who has typed npm start', () => {
  test('sees orders, warehouse and carriers become shipments, stock, postings and webhooks', {
    timeout: 180_000,
  }, async () => {
    const status = await eventually(
      () => network.simulate<Status>('status'),
      ({ erpDocuments, webhooks }) => erpDocuments > 100 && webhooks > 50,
    )
    expect(status.erpDocuments).toBeGreaterThan(100)
    expect(status.webhooks).toBeGreaterThan(50)
    const shipments = await eventually(
      () => network.get<Page<{ status: string }>>('/v1/shipments?limit=200'),
      ({ data }) => new Set(data.map((one) => one.status)).size > 1,
    )
    expect(new Set(shipments.data.map((one) => one.status)).size).toBeGreaterThan(1)
    const overview = await eventually(
      () => network.get<{ shipments: readonly unknown[]; effects: readonly { target: string }[] }>('/v1/overview'),
      ({ shipments: counted }) => counted.length > 1,
    )
    expect(overview.shipments.length).toBeGreaterThan(1)
    expect(overview.effects.map(({ target }) => target)).toContain('erp')
    const stock = await network.get<Page<{ onHand: string }>>('/v1/inventory/balances?limit=10')
    expect(stock.data.length).toBeGreaterThan(0)
  })

  test('sees a warehouse that speaks EDI get orders, answer them, ship them, and be answered', {
    timeout: 180_000,
  }, async () => {
    const status = await eventually(
      () => network.simulate<Status>('status'),
      ({ harborOrders, harborAcknowledged }) => harborOrders > 1 && harborAcknowledged > 5,
    )
    expect(status.harborOrders).toBeGreaterThan(1)
    expect(status.harborAcknowledged).toBeGreaterThan(5)
    const { data } = await network.get<Page<{ id: string; connections: readonly { id: string }[] }>>('/v1/partners')
    expect(data.map(({ id, connections }) => [id, ...connections.map((one) => one.id)])).toEqual([
      ['baltica', 'baltica'],
      ['harbor', 'harbor'],
      ['northgate', 'northgate'],
    ])
    const tested = await network.post<{ failed: number; passed: number }>('/v1/partners/harbor/tests', {})
    expect(tested).toMatchObject({ failed: 0, passed: 4 })
  })

  test('takes the ERP away, watches the hub hold everything, and sees it drain with nothing doubled', {
    timeout: 180_000,
  }, async () => {
    await network.simulate('fault', { faults: { 'erp.unavailable': 'on' } })
    const held = await eventually(
      () => network.get<Page<unknown>>('/v1/effects?state=queued&limit=50'),
      ({ data }) => data.length > 5,
    )
    expect(held.data.length).toBeGreaterThan(5)
    await network.simulate('stop')
    await network.simulate('fault', { faults: { 'erp.unavailable': 'off' } })
    const left = await eventually(
      () => network.get<Page<unknown>>('/v1/effects?state=queued&limit=50'),
      ({ data }) => data.length === 0,
    )
    const status = await network.simulate<Status>('status')
    expect(status.erpDoubles).toBe(0)
    expect(left.data.length).toBeLessThan(held.data.length + 1)
  })

  test('finds every input accounted for', { timeout: 180_000 }, async () => {
    await eventually(
      () => network.simulate<Status>('status'),
      ({ underway }) => underway === 0,
    )
    const accounting = await eventually(
      () => network.get<Accounting>('/v1/accounting'),
      ({ pending }) => pending === 0,
    )
    expect(accounting.unaccounted).toBe(0)
    expect(accounting.received).toBeGreaterThan(200)
  })

  test('replays everything that the warehouse sent without a single new effect', { timeout: 180_000 }, async () => {
    const before = await network.simulate<Status>('status')
    const dry = await network.post<{ id: string }>('/v1/replays', { connection: 'wms' })
    const planned = await eventually(
      () =>
        network.get<{ status: string; done: number; newEffects: number; knownEffects: number }>(
          `/v1/replays/${dry.id}`,
        ),
      ({ status }) => status === 'done',
    )
    expect(planned).toMatchObject({ status: 'done', newEffects: 0 })
    expect(planned.done).toBeGreaterThan(50)
    const run = await network.post<{ id: string }>('/v1/replays', { connection: 'wms', dryRun: false })
    const done = await eventually(
      () => network.get<{ status: string; done: number }>(`/v1/replays/${run.id}`),
      ({ status }) => status === 'done',
    )
    expect(done.done).toBe(planned.done)
    await eventually(
      () => network.get<Accounting>('/v1/accounting'),
      ({ pending }) => pending === 0,
    )
    const after = await network.simulate<Status>('status')
    expect(after.erpDocuments - before.erpDocuments).toBeLessThanOrEqual(0)
  })
})

describe('bad input', () => {
  const inbound = async (body: string | Buffer, headers: Record<string, string> = {}) => {
    const answer = await fetch(`${network.url}/v1/inbound/wms`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${network.key}`, 'content-type': 'application/json', ...headers },
    })
    return { status: answer.status, body: (await answer.json()) as { code?: string; id?: string } }
  }

  test('that is not JSON is stored, parked with a reason, and disturbs nobody', { timeout: 180_000 }, async () => {
    const { status, body } = await inbound('{"eventId": "x1", ')
    expect(status).toBe(202)
    const message = await eventually(
      () => network.get<{ status: string; parked?: { code: string } }>(`/v1/messages/${body.id}`),
      (one) => one.status === 'parked',
    )
    expect(message.parked?.code).toBe('JSON_MALFORMED')
  })

  test('5,000 levels deep is parked as too deep', { timeout: 180_000 }, async () => {
    const { status, body } = await inbound('['.repeat(5000) + ']'.repeat(5000))
    expect(status).toBe(202)
    const message = await eventually(
      () => network.get<{ parked?: { code: string } }>(`/v1/messages/${body.id}`),
      (one) => one.parked !== undefined,
    )
    expect(message.parked?.code).toBe('JSON_TOO_DEEP')
  })

  test('with NUL in a text is parked, not lost', { timeout: 180_000 }, async () => {
    const { status, body } = await inbound(
      JSON.stringify({
        eventId: 'x2',
        type: 'movement',
        occurredAt: '2026-01-01T00:00:00Z',
        data: { movement: 'move\u0000', sku: 'S', quantity: '1', uom: 'EA', document: { kind: 'a', id: 'b' } },
      }),
    )
    expect(status).toBe(202)
    const message = await eventually(
      () => network.get<{ parked?: { code: string } }>(`/v1/messages/${body.id}`),
      (one) => one.parked !== undefined,
    )
    expect(message.parked?.code).toBe('TEXT_UNSTORABLE')
  })

  test('with a wrong signature, to an unknown connection, too large or a bomb is refused with its own code', {
    timeout: 180_000,
  }, async () => {
    const post = async (path: string, init: RequestInit) => {
      const answer = await fetch(`${network.url}${path}`, { method: 'POST', ...init })
      return [answer.status, ((await answer.json()) as { code: string }).code]
    }
    expect(
      await post('/v1/inbound/easypost', { body: '{}', headers: { 'x-hmac-signature': 'hmac-sha256-hex=00' } }),
    ).toEqual([401, 'SIGNATURE_INVALID'])
    expect(await post('/v1/inbound/nobody', { body: '{}' })).toEqual([404, 'CONNECTION_UNKNOWN'])
    expect(await post('/v1/inbound/wms', { body: '{}' })).toEqual([401, 'AUTHENTICATION_REQUIRED'])
    const { gzipSync } = await import('node:zlib')
    const bomb = await inbound(gzipSync(Buffer.alloc(60_000_000)), { 'content-encoding': 'gzip' })
    expect([bomb.status, bomb.body.code]).toEqual([413, 'BODY_TOO_LARGE'])
    expect((await inbound('{}', { 'content-encoding': 'br' })).body.code).toBe('CODING_UNSUPPORTED')
  })

  test('that comes ten times is one message, and the same identity with other bytes is parked beside it', {
    timeout: 180_000,
  }, async () => {
    const body = JSON.stringify({
      eventId: 'x3',
      type: 'movement',
      occurredAt: '2026-01-01T00:00:00Z',
      data: {
        movement: 'adjust_gain',
        sku: 'BAD-1',
        quantity: '1',
        uom: 'EA',
        to: { location: 'W1' },
        document: { kind: 'a', id: 'x3' },
      },
    })
    const answers = await Promise.all(Array.from({ length: 10 }, () => inbound(body)))
    expect(new Set(answers.map((one) => one.body.id)).size).toBe(1)
    const other = await inbound(body.replace('"1"', '"2"'))
    expect(other.status).toBe(202)
    expect(other.body.id).not.toBe(answers[0]?.body.id)
    const message = await eventually(
      () => network.get<{ parked?: { code: string } }>(`/v1/messages/${other.body.id}`),
      (one) => one.parked !== undefined,
    )
    expect(message.parked?.code).toBe('IDENTITY_REUSED')
  })
})
