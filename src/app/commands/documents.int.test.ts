import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Reply, recordsIn, StubHub } from '../../../test/cli/stub-hub.ts'

const hub = new StubHub()
beforeAll(() => hub.start())
afterAll(() => hub.stop())
beforeEach(() => hub.reset())

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
