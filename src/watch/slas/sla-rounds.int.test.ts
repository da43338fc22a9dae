import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/postgres/database.ts'
import { bookings } from '../../model/posting/status.ts'
import { saveShipments } from '../../views/shipments.ts'
import { saveTransmissions } from '../../views/transmissions.ts'
import { periodOf } from './period.ts'
import type { Sla } from './sla.ts'
import { slaCountQuery, slaMissesQuery } from './sla-query.ts'
import { SlaRounds } from './sla-rounds.ts'
import { SlaStore } from './sla-store.ts'

const now = Date.parse('2026-04-10T12:00:00Z')
const april = periodOf(now, 'month', 'UTC')
let pool: pg.Pool
let store: SlaStore
let clock = now
let mono = 0
const failures: unknown[] = []
const declared: Sla[] = []

const sla = (more: Partial<Sla> & Pick<Sla, 'id' | 'measure'>): Sla => ({
  ...{ tenant: 'main', target: 95, withinMinutes: 30, period: 'month', timeZone: 'UTC', owner: 'finance' },
  milestone: 'delivered',
  ...more,
})
const rounds = (effectDays = 0): SlaRounds =>
  new SlaRounds({
    ...{ slas: () => declared, pool, store, now: () => clock, mono: () => mono, effectDays },
    failed: (_, error) => failures.push(error),
  })
const current = async (one: Sla) => {
  await rounds().measure(one)
  return (await store.periods('main', one.id))[0]
}

const shipment = (id: string, more: object = {}) => ({
  ...{ id, tenant: 'main', version: 1, status: 'delivered', carrier: 'DHL', trackingNumber: `T-${id}`, eta: '' },
  ...{ exceptions: [], mergedInto: '', updatedAt: '2026-04-10T11:00:00Z', beganAt: '2026-04-01T06:00:00Z' },
  ...{ exceptionAt: '', gaps: [] as string[], pickedUpAt: '', pickedUpHeardAt: '' },
  ...{ deliveredAt: '2026-04-08T10:00:00Z', deliveredHeardAt: '2026-04-08T10:10:00Z' },
  ...more,
})
const document = (id: string, more: object = {}) => ({
  ...{ id, tenant: 'main', version: 1, connection: 'acme', command: 'c', about: 'a', status: 'acknowledged' },
  ...{ set: '940', number: id, interchange: '1', sends: '1', dueAt: '', response: '', responseDueAt: '', receipt: '' },
  ...{ updatedAt: '2026-04-09T10:00:00Z', sentAt: '2026-04-09T10:00:00Z', answeredAt: '2026-04-09T10:05:00Z' },
  ...more,
})
async function effect(
  id: string,
  more: { state?: string; target?: string; from: string; until: string; tenant?: string },
) {
  const { state = 'applied', target = 'erp', from, until, tenant = 'main' } = more
  await pool.query(
    `INSERT INTO effect (effect_id, lane_id, seq, tenant, natural_key, target, key, command, external_reference, payload, class, priority, state, causation, correlation, trace, created_at, updated_at)
     VALUES ($1, $1, 1, $2, $1, $3, $1, $4, $1, '', 'bulk', 1, $5, '', '', '', $6, $7)`,
    [id, tenant, target, [...bookings][0], state, Date.parse(from), Date.parse(until)],
  )
}

/** As many of everything as make an index worth its while, one each hour. */
const crowd = `
  INSERT INTO effect (effect_id, lane_id, seq, tenant, natural_key, target, key, command, external_reference, payload, class, priority, state, causation, correlation, trace, created_at, updated_at)
    SELECT 'c' || n, 'c' || n, 1, 'crowd', 'c' || n, 'far', 'c', '${[...bookings][0]}', 'c' || n, '', 'bulk', 1, 'applied', '', '', '', ${now} - n * 3600000::bigint, ${now}
      FROM generate_series(1, 5000) n;
  INSERT INTO view_shipment (id, tenant, version, status, carrier, tracking_number, exceptions, updated_at, delivered_at, delivered_heard_at)
    SELECT 'c' || n, 'crowd', 1, 'delivered', 'DHL', '', '{}', now(), to_timestamp(${now / 1000} - n * 3600), to_timestamp(${now / 1000} - n * 3600)
      FROM generate_series(1, 5000) n;
  INSERT INTO view_transmission (id, tenant, version, connection, command, about, status, document_set, number, sends, response, updated_at, sent_at)
    SELECT 'c' || n, 'crowd', 1, 'far', '', '', 'sent', '', '', 1, '', now(), to_timestamp(${now / 1000} - n * 3600) FROM generate_series(1, 5000) n;
  ANALYZE effect; ANALYZE view_shipment; ANALYZE view_transmission`

beforeAll(async () => {
  pool = new pg.Pool({ connectionString: await testDatabase(), max: 2 })
  store = new SlaStore(pool)
  // Effects come as they ended: how they get there is the ledger's.
  await pool.query('ALTER TABLE effect DISABLE TRIGGER USER')
  await pool.query(crowd)
})
afterAll(() => pool.end())

test('postings are in time, late, still in time, or open for too long; those called off and of others do not count', async () => {
  const from = '2026-04-10T10:00:00Z'
  await effect('e_fast', { from, until: '2026-04-10T10:30:00Z' })
  await effect('e_late', { from, until: '2026-04-10T10:30:01Z' })
  await effect('e_stuck', { from, until: from, state: 'parked' })
  await effect('e_young', { from: '2026-04-10T11:45:00Z', until: '2026-04-10T11:45:00Z', state: 'queued' })
  await effect('e_off', { from, until: from, state: 'cancelled' })
  await effect('e_other', { from, until: from, target: 'wms' })
  await effect('e_theirs', { from, until: from, tenant: 'other' })
  await effect('e_march', { from: '2026-03-31T23:59:00Z', until: '2026-04-01T00:10:00Z' })
  const one = sla({ id: 'postings', measure: 'posting', connections: ['erp'] })
  expect(await current(one)).toMatchObject({ met: 1, missed: 2, open: 1, unknown: 0, startsAt: april.startsAt })
  expect((await store.periods('main', 'postings'))[1]).toMatchObject({ met: 1, missed: 0 })
  const first = await store.misses(one, april, { now, limit: 1 })
  const rest = await store.misses(one, april, { now, limit: 5, after: first[0]?.position ?? '' })
  expect([...first, ...rest].map(({ object, page }) => `${object} ${page}`)).toEqual([
    ...['e_late /effects', 'e_stuck /effects'],
  ])
})

test('news of a delivery is late or not, and unknown where nobody said the minute or a clock was ahead', async () => {
  await saveShipments(pool, [
    shipment('s_1'),
    shipment('s_2', { deliveredHeardAt: '2026-04-08T10:31:00Z' }),
    shipment('s_3', { deliveredHeardAt: '' }),
    shipment('s_4', { deliveredHeardAt: '2026-04-08T09:00:00Z' }),
    shipment('s_5', { carrier: 'UPS' }),
    shipment('s_6', { deliveredAt: '', deliveredHeardAt: '', status: 'in_transit' }),
    shipment('s_7', { tenant: 'other' }),
    shipment('s_8', { mergedInto: 's_1' }),
  ])
  const one = sla({ id: 'news', measure: 'milestone', carrier: 'dhl' })
  expect(await current(one)).toMatchObject({ met: 1, missed: 1, open: 0, unknown: 2 })
  expect((await store.misses(one, april, { now, limit: 5 })).map(({ number }) => number)).toEqual(['T-s_2'])
  const collected = await current(sla({ id: 'collected', measure: 'milestone', milestone: 'picked_up' }))
  expect(collected).toMatchObject({ met: 0, missed: 0, open: 0, unknown: 0 })
})

test('a story with holes is open for a while and missed after it', async () => {
  await saveShipments(pool, [
    shipment('s_1', { version: 2, gaps: ['proof_of_delivery'] }),
    shipment('s_2', { version: 2, gaps: ['proof_of_delivery'], deliveredAt: '2026-04-10T11:50:00Z' }),
  ])
  const one = sla({ id: 'whole', measure: 'completeness', carrier: 'DHL' })
  expect(await current(one)).toMatchObject({ met: 2, missed: 1, open: 1 })
  expect((await store.misses(one, april, { now, limit: 5 })).map(({ detail }) => detail)).toEqual([
    'DHL proof_of_delivery',
  ])
})

test('documents are answered in time or not, and one that a person closed is unknown', async () => {
  await saveTransmissions(pool, [
    document('d_1'),
    document('d_2', { answeredAt: '2026-04-09T12:00:00Z', status: 'rejected' }),
    document('d_3', { answeredAt: '', status: 'overdue' }),
    document('d_4', { answeredAt: '', status: 'closed' }),
    document('d_5', { sentAt: '', answeredAt: '' }),
    document('d_6', { connection: 'zenith' }),
  ])
  const one = sla({ id: 'answers', measure: 'acknowledgement', connections: ['acme'] })
  expect(await current(one)).toMatchObject({ met: 1, missed: 2, open: 0, unknown: 1 })
})

test('what retention has taken is neither taken back nor measured as if there had been nothing', async () => {
  const one = sla({ id: 'postings', measure: 'posting', connections: ['erp'] })
  await pool.query(`DELETE FROM effect WHERE effect_id = 'e_march'`)
  await rounds().measure(one)
  expect((await store.periods('main', 'postings'))[1]).toMatchObject({ met: 1 })
  await rounds(30).measure(sla({ id: 'young', measure: 'posting' }))
  expect(await store.periods('main', 'young')).toHaveLength(1)
  // Another promise is measured anew, also of the past.
  await rounds().measure({ ...one, withinMinutes: 1 })
  expect((await store.periods('main', 'postings'))[1]).toMatchObject({ met: 0, promise: { withinMinutes: 1 } })
})

test('a period that is over is measured until nothing in it is open', async () => {
  const one = sla({ id: 'daily', measure: 'posting', period: 'day', connections: ['slow'] })
  await effect('e_open', {
    from: '2026-04-10T11:59:00Z',
    until: '2026-04-10T11:59:00Z',
    state: 'queued',
    target: 'slow',
  })
  expect(await current(one)).toMatchObject({ open: 1, missed: 0 })
  clock = now + 3 * 86_400_000
  await rounds().measure(one)
  const past = (await store.periods('main', 'daily')).find(({ startsAt }) => startsAt === Date.parse('2026-04-10'))
  expect(past).toMatchObject({ open: 0, missed: 1 })
  clock = now
})

test('rounds take the one that waits the longest, rest after each, and one that fails keeps nobody', async () => {
  declared.push(
    sla({ id: 'broken', measure: 'posting', timeZone: 'Nowhere/Land' }),
    sla({ id: 'fine', measure: 'posting' }),
  )
  const one = rounds()
  await one.round()
  expect(failures).toHaveLength(1)
  await one.round()
  expect(await store.periods('main', 'fine')).not.toEqual([])
  await one.round()
  expect(failures).toHaveLength(1)
  mono += 60_000
  await one.round()
  expect(failures).toHaveLength(2)
})

test('every period is read by an index over its time', async () => {
  for (const [measure, index] of [
    ['posting', 'effect_asked'],
    ['milestone', 'view_shipment_delivered'],
    ['completeness', 'view_shipment_delivered'],
    ['acknowledgement', 'view_transmission_sent'],
  ] as const) {
    const one = sla({ id: 'any', measure, tenant: 'crowd' })
    const day = periodOf(now, 'day', 'UTC')
    const plans = [slaCountQuery(one, day, now), slaMissesQuery(one, day, { now, limit: 5 })]
    for (const { text, values } of plans) {
      const { rows } = await pool.query<{ 'QUERY PLAN': string }>(`EXPLAIN ${text}`, [...values])
      expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain(index)
    }
  }
})
