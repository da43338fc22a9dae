import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { routes } from '../../src/gateway/all.ts'
import { PartnersOfOne, partnerNames } from './matrix/partners-of-one.ts'
import { bodies, paths } from './matrix/requests.ts'

let hub: PartnersOfOne
beforeAll(async () => {
  hub = await PartnersOfOne.start()
}, 90_000)
afterAll(() => hub.stop())

/** The same partners as people who are signed in, and as programs with a token. */
const otherwise = ['warehouse-red', 'carrier-red', 'customer-red'].flatMap((name) => [
  `person ${name}`,
  `client ${name}`,
])

/** Which partner sees which object; everything that is not here is not seen. */
const seen: Readonly<Record<string, readonly string[]>> = {
  '/v1/shipments': ['carrier', 'warehouse'],
  '/v1/deliveries': ['warehouse', 'customer'],
  '/v1/receipts': ['warehouse', 'supplier'],
  '/v1/orders': ['customer'],
  '/v1/returns': ['customer'],
  '/v1/freight-invoices': ['carrier'],
  '/v1/invoices': [],
  '/v1/appointments': [],
  '/v1/inventory/balances': ['warehouse'],
}
const objectOf: Readonly<Record<string, string>> = {
  '/v1/shipments': 'shipment',
  '/v1/deliveries': 'delivery',
  '/v1/receipts': 'goods_receipt',
  '/v1/orders': 'order',
  '/v1/returns': 'return',
  '/v1/freight-invoices': 'freight_invoice',
}

async function data(asker: string, path: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const { status, text } = await hub.ask(asker, 'GET', path)
  expect([asker, path, status, text]).toEqual([asker, path, 200, expect.any(String) as string])
  return (JSON.parse(text) as { data: Readonly<Record<string, unknown>>[] }).data
}

describe.each([
  ['as it is', false],
  ['turned round, so that row-level security alone holds', true],
])('with the first wall %s', (_, isTurned) => {
  beforeAll(() => {
    hub.isTurned = isTurned
  })
  afterAll(() => {
    hub.isTurned = false
  })

  test('each partner lists what it has a part in, all of it, and nothing else, whatever it asks with', async () => {
    for (const name of [...partnerNames, ...otherwise]) {
      const [role = '', colour = ''] = name.replace(/^\w+ /, '').split('-')
      for (const [path, roles] of Object.entries(seen)) {
        const rows = JSON.stringify(await data(name, path))
        const own = hub.ids.get(`${objectOf[path] ?? 'stock'}-${colour}`) ?? 'none'
        const isSeen = rows.includes(path.endsWith('balances') ? `SKU-${colour}` : own)
        expect([name, path, isSeen]).toEqual([name, path, roles.includes(role)])
        const other = colour === 'red' ? 'blue' : 'red'
        expect([name, path, rows.toLowerCase().includes(other)]).toEqual([name, path, false])
        if (!roles.includes(role)) expect([name, path, rows]).toEqual([name, path, '[]'])
      }
    }
  })

  test('each partner reads those objects, and to it the others are what nobody has', async () => {
    for (const name of [...partnerNames, ...otherwise]) {
      const [role = '', colour = ''] = name.replace(/^\w+ /, '').split('-')
      for (const [path, object] of Object.entries(objectOf)) {
        for (const of of ['red', 'blue']) {
          const id = hub.ids.get(`${object}-${of}`) ?? ''
          const { status } = await hub.ask(name, 'GET', `${path}/${id}`)
          const isSeen = of === colour && seen[path]?.includes(role) === true
          expect([name, path, of, status]).toEqual([name, path, of, isSeen ? 200 : 404])
        }
      }
    }
  })

  test('a reference finds only what is theirs', async () => {
    const search = async (name: string, number: string): Promise<number> =>
      (await data(name, `/v1/deliveries?reference=${number}`)).length
    expect([await search('warehouse-red', 'SO-red'), await search('warehouse-red', 'SO-blue')]).toEqual([1, 0])
    expect(await data('carrier-red', '/v1/shipments?reference=1ZBLUE')).toEqual([])
    expect(await data('carrier-red', '/v1/shipments?reference=1ZRED')).toHaveLength(1)
  })

  test('messages are those of their own connections, whatever is asked for', async () => {
    const from = async (name: string, query = ''): Promise<readonly unknown[]> => [
      ...new Set((await data(name, `/v1/messages${query}`)).map(({ connection }) => connection)),
    ]
    expect(await from('warehouse-red')).toEqual(['wms-red'])
    expect(await from('warehouse-red', '?connection=wms-blue&connection=gone')).toEqual([])
    expect(await from('warehouse-red', '?partner=warehouse-blue')).toEqual([])
    expect(await from('carrier-red')).toEqual([])
    expect(await from('staff', '?partner=warehouse-blue')).toEqual(['wms-blue'])
  })

  test.each(['warehouse-red', ...otherwise])(
    'every route shows %s nothing of the other colour, and is closed where it does not say that it is open',
    async (asker) => {
      const wrong: string[] = []
      for (const route of routes) {
        if (route.scope === 'public' || ['followStream', 'acceptInbound'].includes(route.operationId)) continue
        if (changesOwn.has(route.operationId)) continue
        const body = bodies[route.operationId]?.(hub.ids)
        for (const of of ['red', 'blue']) {
          const path = route.path.replaceAll(/\{(\w+)\}/g, (__, parameter: string) => {
            const named = paths[route.operationId]?.[parameter] ?? 'none'
            return encodeURIComponent(hub.ids.get(`${named}-${of}`) ?? named.replace(/^=/, ''))
          })
          const { status, text } = await hub.ask(asker, route.method, path, body)
          if (route.partners !== true && route.scope !== 'signed-in' && status !== 403)
            wrong.push(`${route.operationId} is open: ${status}`)
          // No route may lean on the second wall: what it refuses is a fault of the first.
          if (!isTurned && text.includes('"ROW_OF_ANOTHER"')) wrong.push(`${route.operationId} writes rows of others`)
          if (/blue/i.test(text.replaceAll(path, ''))) wrong.push(`${route.operationId}: ${text.slice(0, 200)}`)
        }
      }
      expect(wrong).toEqual([])
    },
    60_000,
  )

  test('what is not theirs of an object is left out: money of others, names of others, the books', async () => {
    const read = async (name: string, path: string, object: string): Promise<string> =>
      (await hub.ask(name, 'GET', `${path}/${hub.ids.get(object)}`)).text
    const delivery = await read('warehouse-red', '/v1/deliveries', 'delivery-red')
    expect(delivery).toContain('SKU-red')
    for (const hidden of ['66.66', '"C-red"', '"posting"', '"told"', '"customer"'])
      expect(delivery).not.toContain(hidden)
    expect(await read('customer-red', '/v1/orders', 'order-red')).toContain('66.66')
    expect(await read('carrier-red', '/v1/freight-invoices', 'freight_invoice-red')).toContain('66.66')
    expect(await read('supplier-red', '/v1/receipts', 'goods_receipt-red')).not.toContain('66.66')
    expect(await read('staff', '/v1/deliveries', 'delivery-red')).toContain('66.66')
    const asked = await hub.ask('warehouse-red', 'GET', '/v1/deliveries?posting=none')
    expect(asked.status).toBe(400)
  })

  test('a key of a partner makes keys of that partner alone, and sees no others', async () => {
    const made = await hub.ask('carrier-red', 'POST', '/v1/keys', {
      name: `own ${isTurned}`,
      scopes: ['shipments:read'],
    })
    // With the first wall turned round it asks for a key of ours, which the second refuses.
    expect(made.status >= 400).toBe(isTurned)
    const other = { name: 'theirs', scopes: ['shipments:read'], partner: 'carrier-blue' }
    expect((await hub.ask('carrier-red', 'POST', '/v1/keys', other)).status).toBeGreaterThanOrEqual(400)
    const keys = await data('carrier-red', '/v1/keys')
    expect(keys.length).toBeGreaterThan(0)
    expect(new Set(keys.map(({ partner }) => partner))).toEqual(new Set(['carrier-red']))
    expect((await hub.ask('carrier-red', 'DELETE', '/v1/keys/key_carrier-blue')).status).toBe(404)
    expect((await hub.ask('carrier-red', 'DELETE', '/v1/keys/key_staff')).status).toBe(404)
  })
})

test('a document is tried rule by rule, in the words of whoever sends it, and nothing comes of it', async () => {
  const attempt = async (content: string, contentType = 'application/json', connection = 'wms-red') => {
    const json = { content: Buffer.from(content).toString('base64'), contentType }
    const { status, text } = await hub.ask('warehouse-red', 'POST', `/v1/connections/${connection}/trials`, json)
    return { status, ...(JSON.parse(text) as { passed: boolean; rules: Record<string, string>[] }) }
  }
  const count = async (): Promise<unknown> => hub.rows('SELECT sum(next_off) AS sum FROM inbox_head')
  const before = await count()
  const receipt = { receiptNumber: 'GR-1', location: 'DC-red', lines: [{ sku: 'LAMP', quantity: '1', uom: 'EA' }] }
  const event = { eventId: 'T-1', type: 'receipt.posted', occurredAt: '2026-04-01T11:00:00Z', data: receipt }
  const good = await attempt(JSON.stringify(event))
  expect(good.passed).toBe(true)
  expect(good.rules.map(({ rule, result }) => [rule, result])).toEqual([
    ['size', 'passed'],
    ['format', 'passed'],
    ['meaning', 'passed'],
    ['codes', 'passed'],
  ])
  expect(good.rules[2]?.['detail']).toContain('GR-1')
  // Too large to be read between two answers.
  const large = await attempt(`${JSON.stringify(event)}${' '.repeat(300_000)}`)
  expect(large.rules.slice(1)).toEqual(good.rules.slice(1))
  const wrong = await attempt(
    JSON.stringify({ ...event, data: { ...receipt, lines: [{ sku: 'LAMP', quantity: 'many', uom: 'EA' }] } }),
  )
  expect(wrong.rules.at(-1)).toMatchObject({ rule: 'meaning', result: 'failed', place: 'data.lines[0].quantity' })
  expect(wrong.rules.at(-1)?.['nextAction']).toBe('Correct this field and send the document again.')
  expect((await attempt('{"half":')).rules.at(-2)).toMatchObject({ rule: 'format', result: 'failed' })
  const edi = [
    'ISA*00*          *00*          *ZZ*PRED           *ZZ*HUB            *260601*1200*U*00401*000000001*0*P*>~',
    'GS*RE*PRED*HUB*20260601*1200*1*X*004010~ST*944*0001~W17*F*20260601*R-1~SE*9*0001~GE*1*1~IEA*1*000000001~',
  ].join('')
  const interchange = await attempt(edi, 'application/edi-x12', 'edi-red')
  expect(interchange.passed).toBe(false)
  const fault = interchange.rules.find(({ rule, result }) => rule === 'structure' && result === 'failed')
  expect(fault?.['place']).toMatch(/SE|segment/)
  expect((await attempt('{}', 'application/json', 'wms-blue')).status).toBe(404)
  expect((await attempt('{}', 'application/json', 'erp')).status).toBe(404)
  expect(await count()).toEqual(before)
})

test('every example that a partner is offered passes its trial; those of others are not shown', async () => {
  const own = ['wms-red', 'edi-red']
  for (const connection of own) {
    const { status, text } = await hub.ask('warehouse-red', 'GET', `/v1/connections/${connection}/examples`)
    expect(status).toBe(200)
    const { data: offered } = JSON.parse(text) as { data: { file: string; content: string; contentType: string }[] }
    expect(offered.length).toBeGreaterThan(5)
    for (const { file, content, contentType } of offered) {
      const json = { content, contentType }
      const tried = await hub.ask('warehouse-red', 'POST', `/v1/connections/${connection}/trials`, json)
      expect([file, JSON.parse(tried.text)]).toMatchObject([file, { passed: true }])
    }
  }
  const edi = Buffer.from(
    (await data('warehouse-red', '/v1/connections/edi-red/examples')).find(({ file }) => file === '945-004010.edi')?.[
      'content'
    ] as string,
    'base64',
  )
  expect(edi.toString('latin1')).toContain('*Pred ')
  expect((await hub.ask('warehouse-red', 'GET', '/v1/connections/wms-blue/examples')).status).toBe(404)
})

test('a partner sees the quotas of its own keys and connections, and of nobody else', async () => {
  const own = await data('warehouse-red', '/v1/quota-use')
  expect(own.map(({ client }) => client)).toEqual(expect.arrayContaining(['key_warehouse-red', 'wms-red']))
  expect(new Set(own.map(({ partner }) => partner))).toEqual(new Set(['warehouse-red']))
  expect(await data('warehouse-red', '/v1/quota-use?partner=warehouse-blue')).toEqual(
    own.map((one) => ({ ...one, used: expect.anything(), secondsUntilFull: expect.anything() })),
  )
  expect((await data('staff', '/v1/quota-use?partner=warehouse-blue')).map(({ partner }) => partner)).toContain(
    'warehouse-blue',
  )
})

test('a partner sees its messages with what it does about each, and how it stands', async () => {
  const sent = await hub.ask('staff', 'POST', '/v1/inbound/wms-red', {
    eventId: 'bad-1',
    type: 'receipt.posted',
    data: {},
  })
  const { id } = JSON.parse(sent.text) as { id: string }
  const { eventually } = await import('../hub-process.ts')
  const found = await eventually(
    async () => {
      const rows = await data('warehouse-red', '/v1/connections/wms-red/messages')
      return rows.find((one) => one['id'] === id)
    },
    (one) => one?.['problem'] !== undefined,
  )
  expect(found).toMatchObject({ status: 'parked', problem: { nextAction: expect.stringContaining('send') as string } })
  expect((await hub.ask('warehouse-red', 'GET', '/v1/connections/wms-blue/messages')).status).toBe(404)
  // What came through the door is counted every few seconds.
  const standing = await eventually(
    async () =>
      JSON.parse((await hub.ask('warehouse-red', 'GET', '/v1/partners/warehouse-red/standing')).text) as {
        checklist: { step: string; done: boolean; nextAction: string }[]
        silentDays?: number
      },
    ({ silentDays }) => silentDays !== undefined,
  )
  expect(standing).toMatchObject({ id: 'warehouse-red', parked: 1, silentDays: 0, isLate: false })
  expect(standing.checklist.find(({ step }) => step === 'nothing_waits')).toMatchObject({ done: false })
  expect(standing.checklist.find(({ step }) => step === 'credentials')).toMatchObject({ done: true, nextAction: '' })
  expect((await hub.ask('warehouse-red', 'GET', '/v1/partners/warehouse-blue/standing')).status).toBe(404)
  expect((await data('warehouse-red', '/v1/partner-standings')).map((one) => one['id'])).toEqual(['warehouse-red'])
  expect((await data('staff', '/v1/partner-standings')).map((one) => one['id'])).toHaveLength(partnerNames.length)
})

test('what a partner has is counted whole, however many others have some', async () => {
  const credentials = async (): Promise<unknown> =>
    (
      JSON.parse((await hub.ask('staff', 'GET', '/v1/partners/warehouse-red/standing')).text) as Record<string, unknown>
    )['credentials']
  const before = await credentials()
  expect(before).toBeGreaterThan(1)
  await hub.rows(
    `INSERT INTO api_client (id, tenant, name, method, credentials, scopes, bound, created_at)
     SELECT 'cli_000' || lpad(n::text, 6, '0'), 'main', 'other', 'client_secret_basic', '[]', '[]', false, 0 FROM generate_series(1, 300) n`,
  )
  expect(await credentials()).toBe(before)
})

/** Routes that change whoever calls them; tests of their own call them. */
const changesOwn = new Set(['createKey', 'revokeKey', 'endSession', 'endOtherSessions', 'changePassword', 'showCode'])

test('whoever tells of an object that somebody else has told of gets no part in it', async () => {
  await hub.tell('wms-blue', 'shipment.confirmed', {
    ...{ deliveryNumber: 'DN-red', orderNumber: 'SO-red' },
    lines: [{ line: '1', sku: 'SKU-red', quantity: '2', uom: 'EA' }],
    packages: [{ trackingNumber: '1ZRED' }],
  })
  const id = await hub.tell('erp', 'order.created', { orderNumber: 'SO-last', customer: 'C-red', lines: [] })
  expect(id).not.toBe('')
  const { eventually } = await import('../hub-process.ts')
  await eventually(
    () => hub.rows(`SELECT id FROM view_document WHERE number = 'SO-last'`),
    (rows) => rows.length === 1,
  )
  for (const path of ['/v1/shipments', '/v1/deliveries', '/v1/orders'])
    expect(JSON.stringify(await data('warehouse-blue', path))).not.toMatch(/red/i)
})
