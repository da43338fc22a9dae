import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { problem, type Reply, recordsIn, StubHub } from '../../../test/cli/stub-hub.ts'

const hub = new StubHub()
beforeAll(() => hub.start())
afterAll(() => hub.stop())
beforeEach(() => hub.reset())

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

test('list messages shows what arrived and what it became, with the filters of the hub', async () => {
  const row = { id: 'msg_1-7', connection: 'carrier', status: 'applied', subjects: ['shp_1', 'shp_2'] }
  hub.reply = () => ({ body: { data: [row], page: { next: null } } })
  const filters = [
    '--connection',
    'carrier',
    '--state',
    'applied',
    '--since',
    '2026-04-01T00:00:00Z',
    '--type',
    'text/csv',
  ]
  const { code, out } = await hub.run(['list', 'messages', ...filters])
  expect(code).toBe(0)
  expect(out).toMatch(/msg_1-7 +carrier .*applied .*shp_1, shp_2/)
  const asked = new URL(hub.asked[0]?.url ?? '', hub.url)
  expect(asked.pathname).toBe('/v1/messages')
  expect(Object.fromEntries(asked.searchParams)).toMatchObject({
    ...{ connection: 'carrier', state: 'applied', receivedFrom: '2026-04-01T00:00:00Z', contentType: 'text/csv' },
  })
  expect(JSON.parse((await hub.run(['list', 'messages', '--json'])).out)).toEqual(row)
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

  test('says what to do once for each cause', async () => {
    const rowOf = (message: string, code: string) => ({ message, code, state: 'parked', nextAction: `Mend ${code}.` })
    const data = [rowOf('msg_0-1', 'MAP_FAILED'), rowOf('msg_0-2', 'MAP_FAILED'), rowOf('msg_0-3', 'CODE_UNKNOWN')]
    hub.reply = () => ({ body: { data, page: { next: null } } })
    const { out } = await hub.run(['parked'])
    expect(out.match(/Mend [A-Z_]+\./g)).toEqual(['Mend MAP_FAILED.', 'Mend CODE_UNKNOWN.'])
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

  test('edit reads a file that is no UTF-8 in the characters of the original, or in those that are named', async () => {
    writeFileSync(join(hub.folder, 'fixed.edi'), Buffer.from('K\u00f6ln \u00a4', 'latin1'))
    hub.reply = ({ method }) => (method === 'GET' ? { body: { id: 'msg_0-1', charset: 'iso-8859-15' } } : { body: {} })
    const edit = ['parked', 'edit', 'msg_0-1', join(hub.folder, 'fixed.edi'), '--reason', 'typo']
    await hub.run(edit)
    expect(hub.json(1)).toEqual({ reason: 'typo', body: 'Köln €' })
    await hub.run([...edit, '--charset', 'iso-8859-1'])
    expect(hub.json(2)).toEqual({ reason: 'typo', body: 'Köln ¤', charset: 'iso-8859-1' })
    expect((await hub.run([...edit, '--charset', 'klingon'])).code).not.toBe(0)
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

  test('keeps why it is done with the job', async () => {
    hub.reply = () => job('done')
    await hub.run(['replay', '--connection', 'ups', '--reason', 'the map of March was wrong'])
    expect(hub.json(0)).toEqual({ dryRun: true, connection: 'ups', reason: 'the map of March was wrong' })
  })

  test('watches on when the hub comes back: the work goes on there', async () => {
    const replies: ReturnType<Reply>[] = [
      job('running'),
      { status: 503, body: problem },
      job('running', { done: 7 }),
      job('done', { done: 10 }),
    ]
    hub.reply = () => replies.shift() ?? job('done')
    expect(await hub.run(['replay', 'msg_0-1', '--yes'])).toMatchObject({ code: 0, error: '' })
    expect(hub.asked).toHaveLength(4)
    const refused: ReturnType<Reply>[] = [job('running'), { status: 403, body: { ...problem, detail: 'not yours' } }]
    hub.reply = () => refused.shift() ?? job('done')
    expect(await hub.run(['replay', 'msg_0-1', '--yes'])).toMatchObject({
      code: 1,
      error: expect.stringContaining('not yours'),
    })
  })

  test('accounts for each message that it looked at', async () => {
    hub.reply = () => job('done', { total: 10, done: 6, failed: 1, skipped: 2, missing: 1, newFacts: 4 })
    const { out } = await hub.run(['replay', '--connection', 'ups'])
    expect(out).toMatch(/^total +10\ndone +6\nfailed +1\nskipped +2\nmissing +1\nnewFacts +4$/m)
    hub.reply = () => job('done', { dryRun: false, newFacts: 0 })
    expect((await hub.run(['replay', '--connection', 'ups', '--yes'])).out).not.toContain('newFacts')
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
