import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { problem, type Reply, recordsIn, StubHub } from '../../../test/cli/stub-hub.ts'

const hub = new StubHub()
beforeAll(() => hub.start())
afterAll(() => hub.stop())
beforeEach(() => hub.reset())

describe('accounting', () => {
  test('fails when a message is unaccounted for, or the count is missing', async () => {
    hub.reply = () => ({ body: { received: 3, unaccounted: 1 } })
    expect((await hub.run(['accounting'])).code).toBe(1)
    hub.reply = () => ({ body: { received: 3 } })
    expect((await hub.run(['accounting', '--json'])).code).toBe(1)
  })

  test('says how long everything is kept, and what is held although it is old', async () => {
    const body = {
      keepDays: { messages: 90, facts: null },
      oldest: { messages: '2026-01-02' },
      due: { messages: 3, lanes: 1 },
      held: [{ kind: 'messages', day: '2026-01-02', reason: '2 parked messages' }],
    }
    hub.reply = () => ({ body })
    const { code, out } = await hub.run(['accounting', '--kept'])
    expect(code).toBe(0)
    expect(out).toMatch(/messages +90 +2026-01-02 +3/)
    expect(out).toMatch(/facts +for ever/)
    expect(out).toMatch(/messages +2026-01-02 +2 parked messages/)
    expect(JSON.parse((await hub.run(['accounting', '--kept', '--json'])).out)).toEqual(body)
    hub.reply = () => ({ body: { ...body, held: [] } })
    expect((await hub.run(['accounting', '--kept'])).out).toContain('Nothing is held')
  })
})

describe('show', () => {
  const listing =
    (rows: Readonly<Record<string, readonly object[]>>, page: object = {}): Reply =>
    ({ url }) => {
      const [path = ''] = url.split('?')
      const kind = path.split('/')[2] ?? ''
      return { body: path.split('/').length > 3 ? page : { data: rows[kind] ?? [], page: { next: null } } }
    }

  test('finds a document by any number, says what systems were told and what it waits for', async () => {
    const told = { command: 'post_goods_issue', target: 'erp', state: 'refused', reason: 'period closed' }
    const page = {
      ...{ id: 'dlv_1', number: '80001', status: 'staged', late: false },
      posting: { status: 'blocked', told: [told] },
      explain: [{ condition: 'no proof', owner: 'carrier' }],
      openTasks: [{ id: 'tsk_1', role: 'finance', question: 'Which period?' }],
    }
    hub.reply = listing({ deliveries: [{ id: 'dlv_1', number: '80001' }] }, page)
    const { code, out } = await hub.run(['show', '80001'])
    expect(code).toBe(0)
    expect(out).toMatch(/status +staged\nposting +blocked/)
    expect(out).toMatch(/post_goods_issue +erp +refused +.*period closed/)
    expect(out).toMatch(/no proof +carrier/)
    expect(out).toMatch(/tsk_1 +finance +Which period\?/)
    expect(recordsIn((await hub.run(['show', '80001', '--json'])).out)).toEqual([{ kind: 'deliveries', ...page }])
  })

  test('prefers the document that has the number to those that name it, and lists them where it is not clear', async () => {
    const order = { id: 'ord_1', number: 'SO-1', status: 'accepted' }
    const deliveries = [
      { id: 'dlv_1', number: '80001' },
      { id: 'dlv_2', number: '80002' },
    ]
    hub.reply = listing({ orders: [order], deliveries }, order)
    expect((await hub.run(['show', 'SO-1'])).out).toMatch(/kind +orders/)
    hub.reply = listing({ deliveries })
    expect((await hub.run(['show', 'SO-1'])).out).toMatch(/dlv_1[^]+dlv_2/)
    hub.reply = listing({})
    expect((await hub.run(['show', 'SO-9'])).code).toBe(1)
  })

  test('lists by what staff look for, and knows only the kinds that there are', async () => {
    hub.reply = listing({ orders: [{ id: 'ord_1', number: 'SO-1', parties: ['C-100'], late: true }] })
    const { out } = await hub.run(['list', 'orders', '--late', '--posting', 'blocked', '--party', 'C-100'])
    expect(out).toMatch(/ord_1 +SO-1 +.*C-100/)
    const { searchParams } = new URL(hub.asked[0]?.url ?? '', hub.url)
    expect(Object.fromEntries(searchParams)).toMatchObject({ late: 'true', posting: 'blocked', party: 'C-100' })
    expect((await hub.run(['list', 'shoes'])).code).toBe(2)
  })
})

describe('expectation list', () => {
  test('shows what is awaited, and of late things only those', async () => {
    const awaited = { object: 'tsk_1', name: 'task_due', dueAt: '2026-04-01T10:00:00.000Z', overdue: true }
    hub.reply = () => ({ body: { data: [awaited], page: { next: null } } })
    expect((await hub.run(['expectation', 'list', '--overdue'])).out).toMatch(/2026-04-01T10:00:00.000Z +true +tsk_1/)
    expect(hub.asked[0]?.url).toContain('overdue=true')
  })
})

describe('send', () => {
  const file = (name: string, text: string): string => hub.write(name, text)

  test('delivers the bytes as they are and shows what became of them', async () => {
    hub.reply = () => ({ status: 202, body: { id: 'msg_1-7', status: 'accepted' } })
    const { code, out } = await hub.run(['send', file('a.json', '{"a": 1 }\n'), '--as', 'wms/main', '--json'])
    expect(code).toBe(0)
    expect(hub.asked[0]).toMatchObject({
      method: 'POST',
      url: '/v1/inbound/wms%2Fmain',
      body: '{"a": 1 }\n',
      headers: { 'content-type': 'application/json' },
    })
    expect(JSON.parse(out)).toMatchObject({ id: 'msg_1-7', status: 'accepted' })
  })

  test('shows every message of a batch', async () => {
    hub.reply = () => ({
      status: 202,
      body: {
        results: [
          { id: 'msg_1-7', status: 'accepted' },
          { id: 'msg_1-3', status: 'duplicate' },
        ],
      },
    })
    const { out } = await hub.run(['send', file('b.ndjson', '{}\n{}\n'), '--as', 'x', '--json'])
    expect(out.trim().split('\n')).toHaveLength(2)
    expect(hub.asked[0]?.headers['content-type']).toBe('application/x-ndjson')
  })

  test('of several files goes on after a failure and says so with exit code 3', async () => {
    hub.reply = ({ body }) =>
      body === 'bad'
        ? { status: 413, body: { ...problem, detail: 'too large' } }
        : { status: 202, body: { id: 'msg_1-1', status: 'accepted' } }
    const [good, bad] = [file('good.csv', 'a;b'), file('bad.csv', 'bad')]
    expect(await hub.run(['send', bad, good, '--as', 'x'])).toMatchObject({
      code: 3,
      error: expect.stringContaining('too large'),
    })
    expect((await hub.run(['send', bad, join(hub.folder, 'nowhere'), '--as', 'x'])).code).toBe(1)
  })
})

test('trace shows message, facts and effects as a tree', async () => {
  hub.reply = () => ({
    body: {
      objects: [{ subject: 'shp_1', references: [{ scheme: 'tracking_number', value: '1Z' }] }],
      messages: [
        {
          message: 'msg_0-1',
          facts: [
            { type: 'shipment.created', occurredAt: '2026-01-01T00:00:00Z', effects: [] },
            {
              type: 'shipment.delivered',
              recordedAt: '2026-01-02T00:00:00Z',
              effects: [{ command: 'release_invoice', target: 'erp', state: 'applied', documentReference: '9001' }],
            },
          ],
        },
        { message: 'msg_0-2', facts: [] },
      ],
    },
  })
  const { out, code } = await hub.run(['trace', '1Z 9'])
  expect(code).toBe(0)
  expect(hub.asked[0]?.url).toBe('/v1/trace?reference=1Z+9')
  expect(out).toBe(
    [
      'shp_1  tracking_number 1Z',
      '├─ msg_0-1',
      '│  ├─ shipment.created  2026-01-01T00:00:00Z',
      '│  └─ shipment.delivered  2026-01-02T00:00:00Z',
      '│     └─ release_invoice → erp: applied 9001',
      '└─ msg_0-2',
      '',
    ].join('\n'),
  )
})

describe('parked', () => {
  const rows = ['msg_0-1', 'msg_0-2', 'msg_0-3'].map((message) => ({ message, code: 'MAP_FAILED', state: 'parked' }))
  const pages: Reply = ({ url: path, method }) => {
    if (method === 'POST')
      return path.includes('msg_0-2')
        ? { status: 409, body: { ...problem, detail: 'settled meanwhile' } }
        : { body: { message: path.split('/')[3], outcome: 'released' } }
    const second = path.includes('cursor=c2')
    return { body: { data: second ? rows.slice(2) : rows.slice(0, 2), page: { next: second ? null : 'c2' } } }
  }

  test('reads page after page', async () => {
    hub.reply = pages
    const { out } = await hub.run(['parked', 'ls', '--connection', 'ups', '--json'])
    expect(recordsIn(out)).toEqual(rows)
    expect(hub.asked.map((one) => one.url)).toEqual([
      '/v1/parked?connection=ups&limit=200',
      '/v1/parked?connection=ups&limit=200&cursor=c2',
    ])
  })

  test('release changes nothing without --yes', async () => {
    hub.reply = pages
    const { out, code } = await hub.run(['parked', 'release', '--code', 'MAP_FAILED', '--reason', 'map fixed'])
    expect({ code, posts: hub.asked.filter(({ method }) => method === 'POST').length }).toEqual({ code: 0, posts: 0 })
    expect(out).toContain('Would release 3; add --yes')
  })

  test('release of many tells which failed: exit code 3', async () => {
    hub.reply = pages
    const { out, error, code } = await hub.run([
      'parked',
      'release',
      '--code',
      'MAP_FAILED',
      '--reason',
      'map fixed',
      '--yes',
    ])
    expect(code).toBe(3)
    expect(error).toContain('msg_0-2: error: settled meanwhile')
    expect(out).toMatch(/msg_0-1 +released\nmsg_0-3 +released/)
    const posts = hub.asked.filter(({ method }) => method === 'POST')
    expect(posts.map(({ body }) => JSON.parse(body))).toEqual(
      Array.from({ length: 3 }, () => ({ reason: 'map fixed' })),
    )
    expect(new Set(posts.map(({ headers }) => headers['idempotency-key'])).size).toBe(3)
  })

  test('never decides about everything by accident', async () => {
    expect((await hub.run(['parked', 'skip', '--reason', 'why', '--yes'])).code).toBe(2)
    expect(hub.asked).toEqual([])
  })

  test('edit sends the corrected document', async () => {
    hub.write('fixed.json', '{"ok":true}')
    await hub.run(['parked', 'edit', 'msg_0-1', join(hub.folder, 'fixed.json'), '--reason', 'typo'])
    expect(hub.asked[0]).toMatchObject({ url: '/v1/parked/msg_0-1/edit' })
    expect(hub.json(0)).toEqual({ reason: 'typo', body: '{"ok":true}' })
  })

  test('show finds one message', async () => {
    hub.reply = pages
    expect((await hub.run(['parked', 'show', 'msg_0-3'])).out).toContain('MAP_FAILED')
    expect((await hub.run(['parked', 'show', 'msg_9-9'])).code).toBe(1)
  })
})

describe('replay', () => {
  const job = (status: string, more: object = {}) => ({
    body: { id: 'job_1', status, dryRun: true, total: 10, done: 5, failed: 0, newEffects: 0, samples: [], ...more },
  })

  test('is a dry run by default, waits for the end and says that nothing was changed', async () => {
    let polls = 0
    hub.reply = ({ method }) => job(method === 'POST' || polls++ === 0 ? 'running' : 'done')
    const { out, code } = await hub.run([
      'replay',
      '--connection',
      'ups',
      '--since',
      '2026-01-01T00:00:00Z',
      '--cause',
      'MAP_FAILED',
    ])
    expect(code).toBe(0)
    expect(hub.json(0)).toEqual({
      dryRun: true,
      connection: 'ups',
      since: '2026-01-01T00:00:00Z',
      cause: 'MAP_FAILED',
    })
    expect(hub.asked.map((one) => one.url)).toEqual(['/v1/replays', '/v1/replays/job_1', '/v1/replays/job_1'])
    expect(out).toContain('Nothing was changed; 0 new effects would leave.')
  })

  test('runs with --yes, and a failed part is exit code 3', async () => {
    hub.reply = () => job('done', { dryRun: false, failed: 2, samples: [{ effect: 'x', command: 'post' }] })
    const { out, code } = await hub.run(['replay', 'msg_0-1', '--yes'])
    expect(hub.json(0)).toEqual({ dryRun: false, messages: ['msg_0-1'] })
    expect(code).toBe(3)
    expect(out).not.toContain('Nothing was changed')
  })

  test.each([
    ['failed', 1],
    ['cancelled', 1],
    ['done', 0],
  ])('that ended as %s is exit code %d', async (status, expected) => {
    hub.reply = () => job(status)
    expect((await hub.run(['replay', 'msg_0-1', '--json'])).code).toBe(expected)
  })

  test('--detach does not wait', async () => {
    hub.reply = () => job('queued')
    expect(await hub.run(['replay', 'msg_0-1', '--yes', '--detach', '--json'])).toMatchObject({ code: 0, error: '' })
    expect(hub.asked).toHaveLength(1)
  })
})

describe('key', () => {
  test('create shows the text once and asks for what was named', async () => {
    hub.reply = () => ({ status: 201, body: { id: 'key_1', key: 'interline_live_new' } })
    const { out } = await hub.run([
      'key',
      'create',
      'warehouse',
      '--scope',
      'inbound:write:wms',
      'shipments:read',
      '--expires-days',
      '30',
    ])
    expect(out).toContain('interline_live_new')
    expect(hub.json(0)).toEqual({
      name: 'warehouse',
      scopes: ['inbound:write:wms', 'shipments:read'],
      expiresInDays: 30,
    })
  })

  test('revoke does nothing without --yes', async () => {
    await hub.run(['key', 'revoke', 'key_1'])
    expect(hub.asked).toEqual([])
    await hub.run(['key', 'revoke', 'key_1', '--yes'])
    expect(hub.asked[0]).toMatchObject({ method: 'DELETE', url: '/v1/keys/key_1' })
  })
})

describe('person', () => {
  const bo = { id: 'usr_1', email: 'bo@example.com', name: 'Bo', roles: ['viewer'], state: 'active', version: 4 }

  test('invite says the whole link, once', async () => {
    hub.reply = () => ({ status: 201, body: { id: 'usr_1', link: '/welcome#abc' } })
    const { out } = await hub.run(['person', 'invite', 'bo@example.com', 'Bo Lind', '--role', 'viewer', 'finance'])
    expect(JSON.parse(hub.asked[0]?.body ?? '')).toEqual({
      email: 'bo@example.com',
      name: 'Bo Lind',
      roles: ['viewer', 'finance'],
    })
    expect(out).toContain(`http://127.0.0.1:${hub.port}/welcome#abc`)
  })

  test('disable and change find somebody by address, and change the version that was seen', async () => {
    hub.reply = () => ({ body: { data: [bo], page: { next: null } } })
    await hub.run(['person', 'disable', 'BO@example.com'])
    expect(hub.asked.map(({ method }) => method)).toEqual(['GET'])
    await hub.run(['person', 'disable', 'BO@example.com', '--yes'])
    expect(hub.asked[2]).toMatchObject({ method: 'PATCH', url: '/v1/people/usr_1', body: '{"disabled":true}' })
    expect(hub.asked[2]?.headers['if-match']).toBe('"v4"')
    const { code, error } = await hub.run(['person', 'link', 'eve@example.com'])
    expect([code, error]).toEqual([1, expect.stringContaining('eve@example.com')])
  })
})

describe('overview', () => {
  test('shows the hub once, or as often as it is asked to', async () => {
    hub.reply = () => ({
      body: { messages: { received: 3, unaccounted: 0 }, shipments: [], exceptions: [], effects: [] },
    })
    const once = await hub.run(['overview'])
    expect(once.out).toContain('received 3')
    expect(hub.asked.filter(({ url }) => url === '/v1/overview')).toHaveLength(1)
    hub.asked.length = 0
    const { out } = await hub.run(['overview', '--watch', '--times', '2', '--json'])
    expect(recordsIn(out)).toHaveLength(2)
  })
})

describe('sim', () => {
  test('tells the simulated network what goes wrong', async () => {
    hub.write('data/sandbox.json', JSON.stringify({ port: hub.port }))
    await hub.run([
      'sim',
      'start',
      '--scenario',
      'peak-day',
      '--fault',
      'erp.lostReply=2%,late=5%',
      'parcel.outage=on',
      '--seed',
      '7',
    ])
    await hub.run(['sim', 'fault', 'erp.outage=off'])
    await hub.run(['sim', 'stop'])
    expect(hub.asked.map((one) => [one.url, JSON.parse(one.body)])).toEqual([
      [
        '/control/start',
        { scenario: 'peak-day', faults: { 'erp.lostReply': '2%', 'erp.late': '5%', 'parcel.outage': 'on' }, seed: 7 },
      ],
      ['/control/fault', { faults: { 'erp.outage': 'off' } }],
      ['/control/stop', {}],
    ])
    expect(hub.asked[0]?.headers['authorization']).toBeUndefined()
  })
})

describe('webhook', () => {
  test('register asks once more until the carrier has it, and says its number', async () => {
    const states = ['queued', 'sending', 'applied']
    hub.reply = () => ({ status: 202, body: { effect: 'eff_1', url: 'u', state: states.shift(), webhook: 'hook_1' } })
    const { code, out } = await hub.run(['webhook', 'register', 'easypost', '--at', 'https://hub.example/in'])
    expect({ code, out }).toEqual({ code: 0, out: 'applied · hook_1 · u · eff_1\n' })
    expect(hub.asked).toHaveLength(3)
    expect(JSON.parse(hub.asked[0]?.body ?? '')).toEqual({ connection: 'easypost', url: 'https://hub.example/in' })
    hub.reply = () => ({
      status: 202,
      body: { effect: 'eff_1', url: 'u', state: 'refused', reason: 'EasyPost said no' },
    })
    const refused = await hub.run(['webhook', 'register', 'easypost', '--json'])
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.out)).toMatchObject({ state: 'refused' })
    hub.reply = () => ({ status: 202, body: { effect: 'eff_1', url: 'u', state: 'queued' } })
    expect((await hub.run(['webhook', 'register', 'easypost', '--detach'])).code).toBe(0)
  })

  test('ls shows what was asked for', async () => {
    const row = {
      target: 'easypost',
      state: 'applied',
      documentReference: 'hook_1',
      naturalKey: 'register_webhook:easypost:u',
    }
    hub.reply = () => ({ body: { data: [row], page: { next: null } } })
    expect((await hub.run(['webhook', 'ls'])).out).toMatch(/easypost +applied +hook_1/)
    expect(hub.asked[0]?.url).toContain('command=register_webhook')
  })
})
