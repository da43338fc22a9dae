import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/postgres/database.ts'
import { ExceptionClaims } from '../../registry/exception-claims.ts'
import { exceptionKinds, exceptionSources } from './all.ts'
import { type ExceptionFilter, type ExceptionPage, listQuery } from './exception-query.ts'
import { exceptionAges, exceptionRows } from './exception-rows.ts'
import { worldExceptions } from './world.ts'

const now = Date.parse('2026-04-10T12:00:00Z')
let pool: pg.Pool
let claims: ExceptionClaims
type World = Parameters<typeof worldExceptions>[0]
let world: World

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: await testDatabase(), max: 3 })
  claims = new ExceptionClaims(pool)
  world = {
    pool,
    tenants: async () => ['main', 'other'],
    feeds: () => [{ tenant: 'main', connection: 'wms-1', kind: 'wms', partner: 'acme', quietDays: 2 }],
    certificates: () => [],
    unaccounted: async () => 0,
    violations: () => [],
    compared: () => [
      {
        ...{ tenant: 'main', target: 'sap', at: now - 60_000 },
        differences: [{ kind: 'missing', subject: 'eff_9', detail: '4711' }],
      },
    ],
  }
  await pool.query(oneOfEach)
})
afterAll(() => pool.end())

/** One open thing of each kind for `main`, some closed ones beside them, and one for somebody else. */
const oneOfEach = `
  INSERT INTO intake_count (tenant, connection, day, accepted, last_at) VALUES ('main', 'wms-1', '2026-04-01', 5, ${Date.parse('2026-04-01T12:00:00Z')});
  INSERT INTO view_shipment (id, tenant, version, status, carrier, tracking_number, exceptions, updated_at, exception_at, merged_into) VALUES
    ('shp_1', 'main', 1, 'in_transit', 'DHL', '1Z1', '{weather,lost}', '2026-04-10T11:00Z', '2026-04-02T00:00Z', NULL),
    ('shp_2', 'main', 1, 'in_transit', 'UPS', '1Z2', '{summary_conflict}', '2026-04-10T11:00Z', '2026-04-10T11:30Z', NULL),
    ('shp_3', 'main', 1, 'in_transit', 'UPS', '1Z3', '{}', '2026-04-10T11:00Z', NULL, NULL),
    ('shp_4', 'other', 1, 'in_transit', 'UPS', '1Z4', '{lost}', '2026-04-10T11:00Z', '2026-04-02T00:00Z', NULL);
  INSERT INTO view_document (id, tenant, entity, version, number, status, names, mentions, parties, locations, carriers, exceptions, placed_at, due_at, updated_at, merged_into, exception_at) VALUES
    ('ord_1', 'main', 'order', 1, 'SO1', 'released', '{}', '{}', '{}', '{DC1}', '{}', '{documents_differ}', '2026-04-01Z', 'infinity', '2026-04-09Z', '', '2026-04-05Z'),
    ('dlv_1', 'main', 'delivery', 1, 'DN1', 'picking', '{}', '{}', '{}', '{DC1}', '{DHL}', '{}', '2026-04-01Z', '2026-04-10T08:00Z', '2026-04-09Z', '', NULL),
    ('dlv_2', 'main', 'delivery', 1, 'DN2', 'picking', '{}', '{}', '{}', '{DC1}', '{DHL}', '{}', '2026-04-01Z', '2026-04-11Z', '2026-04-09Z', '', NULL),
    ('apt_1', 'main', 'appointment', 1, 'AP1', 'no_show', '{}', '{}', '{}', '{DC1}', '{}', '{}', '2026-04-01Z', 'infinity', '2026-04-09Z', '', NULL);
  INSERT INTO view_process (id, tenant, version, process, definition, key, state, branches, open_tasks, is_over, next_due, started_at, updated_at) VALUES
    ('prc_1', 'main', 1, 'order-to-ship', 1, 'SO1', 'awaiting_pick', '{}', 0, false, '2026-04-10T10:00Z', '2026-04-01Z', '2026-04-01Z');
  INSERT INTO parked (part, off, tenant, connection, code, detail, at, state) VALUES
    (0, 1, 'main', 'dhl', 'MAP_FAILED', 'x', ${now - 7_200_000}, 'parked'), (0, 2, 'main', 'dhl', 'MAP_FAILED', 'x', ${now - 3_600_000}, 'parked'),
    (0, 3, 'main', 'dhl', 'CODE_UNKNOWN', 'x', ${now - 3_600_000}, 'released');
  INSERT INTO view_transmission (id, tenant, version, connection, command, about, status, document_set, number, sends, due_at, updated_at, receipt) VALUES
    ('trm_1', 'main', 1, 'acme-edi', 'send', 'ord_1', 'overdue', '850', 'PO1', 1, '2026-04-09Z', '2026-04-09Z', ''),
    ('trm_2', 'main', 1, 'acme-edi', 'send', 'ord_1', 'acknowledged', '850', 'PO2', 1, NULL, '2026-04-10T09:00Z', 'mismatched'),
    ('trm_3', 'main', 1, 'acme-edi', 'send', 'ord_1', 'closed', '850', 'PO3', 1, NULL, '2026-04-10T09:00Z', 'refused');
  INSERT INTO lane (lane_id, tenant, target, key, class, priority) SELECT 'l' || n, 'main', 'sap', 'DN' || n, 'realtime', 1 FROM generate_series(1, 3) n;
  INSERT INTO effect (effect_id, lane_id, seq, tenant, natural_key, target, key, command, external_reference, payload, class, priority, causation, correlation, trace, created_at, updated_at)
    SELECT 'eff_' || n, 'l' || n, 0, 'main', 'n' || n, 'sap', 'DN' || n, 'post_goods_issue', 'r' || n, '{}', 'realtime', 1, '', '', '', ${now - 10_000_000}, ${now - 9_000_000} FROM generate_series(1, 3) n;
  UPDATE effect SET state = 'sending' WHERE effect_id = 'eff_1';
  UPDATE effect SET state = 'refused', reason = 'period closed' WHERE effect_id = 'eff_1';
  UPDATE effect SET attempt = 4, first_sent_at = ${now - 8_000_000} WHERE effect_id = 'eff_2';
  INSERT INTO view_task (id, tenant, version, name, role, escalate_to, state, assignee, origin, objects, question, decision, overdue, due_at, opened_at, updated_at) VALUES
    ('tsk_1', 'main', 1, 'map-code', 'master-data', '', 'open', '', '', '{}', 'What is ZZ?', '', true, '2026-04-09Z', '2026-04-08Z', '2026-04-09Z'),
    ('tsk_2', 'main', 1, 'map-code', 'master-data', '', 'completed', '', '', '{}', 'What is YY?', 'map', true, '2026-04-09Z', '2026-04-08Z', '2026-04-09Z');
  INSERT INTO view_stock_comparison (id, tenant, connection, started_at, body) VALUES
    ('cmp_1', 'main', 'sap', '2026-04-08Z', '{"state":"done"}'), ('cmp_2', 'main', 'sap', '2026-04-09Z', '{"state":"done"}'), ('cmp_3', 'main', 'sap', '2026-04-10Z', '{"state":"running"}');
  INSERT INTO view_stock_difference (comparison, sku, location, status, lot, cause, body) VALUES
    ('cmp_1', 'OLD', 'DC1', '', '', 'unexplained', '{}'), ('cmp_2', 'A', 'DC1', '', '', 'unexplained', '{}'), ('cmp_2', 'B', 'DC1', '', '', 'unexplained', '{}');`

async function list(more: Partial<ExceptionFilter> = {}, page: Partial<ExceptionPage> = {}) {
  const filter = { tenant: 'main', now, ...more }
  const others = (await worldExceptions(world, now)).filter(({ tenant }) => tenant === filter.tenant)
  return exceptionRows(pool, filter, { order: 'oldest', limit: 100, ...page }, others)
}

describe('the worklist of exceptions', () => {
  test('has everything that is open, of every kind, the oldest first, and nothing that is solved or of somebody else', async () => {
    const rows = await list()
    expect(rows.map(({ id, since }) => `${since.slice(0, 16)} ${id}`)).toEqual([
      '2026-04-01T12:00 silent_feed:wms-1:wms-1:acme',
      '2026-04-02T00:00 shipment:shp_1',
      '2026-04-05T00:00 document:ord_1',
      '2026-04-09T00:00 acknowledgement:trm_1',
      '2026-04-09T00:00 missed_appointment:apt_1',
      '2026-04-09T00:00 stock_difference:sap:unexplained',
      '2026-04-09T00:00 task:tsk_1',
      '2026-04-10T08:00 late_document:dlv_1',
      '2026-04-10T09:00 transport_receipt:trm_2',
      '2026-04-10T09:30 posting:eff_1',
      '2026-04-10T09:46 failing_posting:sap:post_goods_issue',
      '2026-04-10T10:00 late_process:prc_1',
      '2026-04-10T10:00 parked:dhl:MAP_FAILED',
      '2026-04-10T11:30 shipment:shp_2',
      '2026-04-10T11:59 book_difference:sap:eff_9:',
    ])
    const found = new Set(rows.map(({ kind }) => kind))
    expect(exceptionKinds.map(({ kind }) => kind).filter((kind) => !found.has(kind))).toEqual(['certificate'])
  })

  test('says in words what is wrong, who acts, what to do and where', async () => {
    const all = new Map((await list()).map((row) => [row.id, row]))
    expect(all.get('shipment:shp_1')).toMatchObject({
      ...{ severity: 'critical', role: 'transport', carrier: 'DHL', page: '/shipments', shown: 'shp_1' },
      wrong: 'The carrier has given it up. The weather stops it.',
      action: 'Start a search with the carrier; replace the goods; open a claim.',
    })
    expect(all.get('shipment:shp_2')).toMatchObject({ severity: 'info', actor: 'carrier' })
    expect(all.get('posting:eff_1')).toMatchObject({
      ...{ severity: 'critical', role: 'finance', connection: 'sap', page: '/effects', shown: 'eff_1' },
      wrong: 'post goods issue was refused by sap: period closed',
    })
    expect(all.get('parked:dhl:MAP_FAILED')).toMatchObject({
      ...{ count: 2, page: '/parked', search: { connection: 'dhl', code: 'MAP_FAILED' } },
    })
    expect(all.get('stock_difference:sap:unexplained')).toMatchObject({ count: 2, shown: 'cmp_2', warehouse: 'DC1' })
    expect([...all.values()].filter(({ wrong, action, page }) => [wrong, action, page].includes(''))).toEqual([])
  })

  test.each(['oldest', 'newest', 'gravest'] as const)(
    'is read page by page, %s first, without a gap or a double',
    async (order) => {
      const whole = (await list({}, { order })).map(({ id }) => id)
      const paged: string[] = []
      for (let after: string | undefined; ; ) {
        const rows = await list({}, { order, limit: 3, ...(after === undefined ? {} : { after }) })
        paged.push(...rows.map(({ id }) => id))
        after = rows.at(-1)?.position
        if (rows.length < 3) break
      }
      expect(paged).toEqual(whole)
      expect(new Set(paged).size).toBe(15)
    },
  )

  test('is filtered by everything that somebody asks for', async () => {
    const ids = async (more: Partial<ExceptionFilter>) => (await list(more)).map(({ id }) => id)
    expect(await ids({ kinds: ['shipment'] })).toEqual(['shipment:shp_1', 'shipment:shp_2'])
    expect(await ids({ kinds: ['shipment'], severities: ['critical'] })).toEqual(['shipment:shp_1'])
    expect(await ids({ carrier: 'dhl' })).toEqual(['shipment:shp_1', 'late_document:dlv_1'])
    expect(await ids({ warehouse: 'DC1', role: 'warehouse' })).toEqual([
      'stock_difference:sap:unexplained',
      'late_document:dlv_1',
    ])
    expect(await ids({ connections: ['acme-edi'] })).toEqual(['acknowledgement:trm_1', 'transport_receipt:trm_2'])
    expect(await ids({ object: 'SO1' })).toEqual(['document:ord_1', 'late_process:prc_1'])
    expect(await ids({ openBefore: Date.parse('2026-04-03T00:00:00Z') })).toHaveLength(2)
    expect(await ids({ tenant: 'other' })).toEqual(['shipment:shp_4'])
  })

  test('is counted by kind, severity and age', async () => {
    const ages = await exceptionAges(pool, { tenant: 'main', now }, [])
    expect(ages.filter(({ kind }) => kind === 'shipment')).toEqual([
      { ...{ kind: 'shipment', severity: 'critical', age: 'older' }, ...counted('2026-04-02T00:00:00.000Z') },
      { ...{ kind: 'shipment', severity: 'info', age: 'hour' }, ...counted('2026-04-10T11:30:00.000Z') },
    ])
    expect(ages.reduce((sum, { open }) => sum + open, 0)).toBe(13)
  })
})

const counted = (oldest: string) => ({ open: 1, free: 1, acknowledged: 0, oldest })

describe('who works on it', () => {
  const by = (name: string, ...ids: readonly string[]) => ({
    ...{ tenant: 'main', by: `per_${name}`, name, audit: { actor: `per_${name} ${name}` } },
    about: ids.map((id) => ({ id, since: '2026-04-02T00:00:00Z' })),
  })

  test('is seen by everybody; nobody takes what another has unless they mean it; it is in the audit log', async () => {
    const both = ['shipment:shp_1', 'task:tsk_1']
    const taken = await Promise.all([claims.take(by('ada', ...both), false), claims.take(by('bo', ...both), false)])
    expect(taken.map(({ size }) => size).toSorted((a, b) => a - b)).toEqual([0, 2])
    await claims.take(by('ada', ...both), true)
    expect((await list({ takenBy: 'per_ada' })).map(({ id }) => id)).toEqual(both)
    expect((await list({ takenBy: '' })).map(({ id }) => id)).not.toContain('task:tsk_1')
    expect(await claims.release(by('bo', 'task:tsk_1'))).toEqual(new Set())
    expect(await claims.release(by('ada', 'task:tsk_1'))).toEqual(new Set(['task:tsk_1']))
    const { rows } = await pool.query(
      `SELECT change, name, split_part(actor, ' ', 2) AS who FROM audit WHERE tenant = 'main' AND kind = 'exception' ORDER BY no DESC LIMIT 1`,
    )
    expect(rows).toEqual([{ change: 'release', name: 'task:tsk_1', who: 'ada' }])
  })

  test('is known with a note, and stays in the list', async () => {
    await claims.acknowledge(by('ada', 'shipment:shp_1'), 'The claim is under way.')
    const [one] = await list({ isAcknowledged: true })
    expect(one).toMatchObject({
      id: 'shipment:shp_1',
      taken: { name: 'ada' },
      acknowledged: { name: 'ada', note: 'The claim is under way.' },
    })
    expect((await list({ isAcknowledged: false })).map(({ id }) => id)).not.toContain('shipment:shp_1')
  })

  test('is forgotten when the same thing goes wrong anew', async () => {
    await pool.query(`UPDATE exception_claim SET taken_at = '2026-04-01Z', acknowledged_at = '2026-04-01Z'`)
    const [one] = await list({ ids: ['shipment:shp_1'] })
    expect(one).not.toHaveProperty('taken')
    expect(one).not.toHaveProperty('acknowledged')
    expect(await claims.take(by('bo', 'shipment:shp_1'), false)).toEqual(new Set(['shipment:shp_1']))
  })

  test('is not kept for ever', async () => {
    await pool.query(`UPDATE exception_claim SET updated_at = now() - interval '401 days' WHERE id LIKE 'task%'`)
    await claims.trim(10)
    expect((await pool.query('SELECT id FROM exception_claim')).rows).toEqual([{ id: 'shipment:shp_1' }])
  })
})

test('a page of the oldest shipments is found by an index, however many there are', async () => {
  await pool.query(`INSERT INTO view_shipment (id, tenant, version, status, carrier, tracking_number, exceptions, updated_at, exception_at)
    SELECT 'shp_n' || n, 'many', 1, 'in_transit', 'DHL', 'T' || n, CASE WHEN n % 2 = 0 THEN '{weather}'::text[] ELSE '{}' END, now(), now() - n * interval '1 minute'
      FROM generate_series(1, 20000) n`)
  await pool.query('ANALYZE view_shipment')
  const filter = { tenant: 'many', now }
  const { text, values } = listQuery(exceptionSources, filter, { order: 'oldest', limit: 51 }, [])
  const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, [...values])
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n')
  expect(plan).toContain('view_shipment_open_exception')
  expect(plan).not.toMatch(/Seq Scan on view_shipment/)
})
