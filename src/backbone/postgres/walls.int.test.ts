import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../test/postgres/database.ts'
import { gatewayLogin } from './roles.ts'
import { TenantPool } from './tenant-pool.ts'

let url = ''
let login = ''
let owner: pg.Client
let tenants: TenantPool

beforeAll(async () => {
  url = await testDatabase()
  login = await gatewayLogin(url, '')
  owner = new pg.Client({ connectionString: url })
  await owner.connect()
  await owner.query(`
    INSERT INTO subscription (id, tenant, body, created_at, updated_at) VALUES ('sub_a', 'a', '{}', 0, 0), ('sub_b', 'b', '{}', 0, 0);
    INSERT INTO state (subject, tenant, version, body) VALUES ('shp_a', 'a', 1, '{}'), ('shp_b', 'b', 1, '{}');
    INSERT INTO lane (lane_id, tenant, target, key, class, priority) VALUES ('a', 'a', 't', 'k', 'realtime', 1), ('b', 'b', 't', 'k', 'realtime', 1);
    INSERT INTO effect (effect_id, lane_id, seq, tenant, natural_key, target, key, command, external_reference, payload, class, priority, causation, correlation, trace, created_at, updated_at)
      SELECT 'eff_' || t, t, 0, t, 'n', 't', 'k', 'c', 'r' || t, '{}', 'realtime', 1, '', '', '', 0, 0 FROM unnest(ARRAY['a', 'b']) t;
    INSERT INTO effect_evidence (effect_id, attempt, seen_at, kind) VALUES ('eff_a', 1, 0, 'operator'), ('eff_b', 1, 0, 'operator')`)
  // One connection: whatever one tenant leaves behind, the next one finds.
  tenants = new TenantPool({ url: login, connections: 1, queryTimeoutMs: 5000, connectTimeoutMs: 5000, name: 'test' })
})
afterAll(async () => {
  await tenants.close()
  await owner.end()
})

/** Tables with a column `tenant` that are not behind the wall. */
async function unwalled(): Promise<readonly string[]> {
  const { rows } = await owner.query<{ name: string }>(`
    SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant' AND NOT a.attisdropped
     WHERE c.relkind IN ('r', 'p', 'm', 'f') AND NOT (c.relrowsecurity AND c.relforcerowsecurity
       AND (SELECT array_agg(policyname ORDER BY policyname) FROM pg_policies p WHERE p.schemaname = 'public' AND p.tablename = c.relname AND p.policyname LIKE 'of\\_%')
         @> CASE c.relname WHEN 'answer' THEN ARRAY['of_tenant', 'of_worker'] ELSE ARRAY['of_partner', 'of_tenant', 'of_worker'] END::name[]) ORDER BY c.relname`)
  return rows.map(({ name }) => name)
}

describe('the wall between tenants', () => {
  test('stands around every table with a tenant', async () => {
    const { rows } = await owner.query(`SELECT count(DISTINCT tablename)::int AS count FROM pg_policies`)
    expect(rows[0]).toMatchObject({ count: expect.any(Number) as number })
    expect((rows[0] as { count: number }).count).toBeGreaterThan(25)
    expect(await unwalled()).toEqual([])
  })

  test('a table that somebody forgot is found, and the next migration walls it in', async () => {
    await owner.query('CREATE TABLE forgotten (tenant text NOT NULL, secret text)')
    expect(await unwalled()).toEqual(['forgotten'])
    await owner.query('ALTER TABLE forgotten ENABLE ROW LEVEL SECURITY')
    expect(await unwalled()).toEqual(['forgotten'])
    await owner.query('SELECT raise_walls(), raise_partner_walls()')
    expect(await unwalled()).toEqual([])
    await owner.query('DROP TABLE forgotten')
  })

  test('no view and no function goes past it', async () => {
    const { rows } = await owner.query(`
      SELECT relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
       WHERE relkind = 'v' AND NOT coalesce(c.reloptions @> ARRAY['security_invoker=true'], false)
      UNION ALL
      SELECT proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname = 'public' WHERE prosecdef`)
    // A trigger, which nobody can call: it reads nothing, and counts up that every instance has to read the network again.
    expect(rows).toEqual([{ name: 'network_moved' }])
  })

  test('a key that is unique without its tenant is one that nobody can choose', async () => {
    const { rows } = await owner.query<{ name: string }>(`
      SELECT DISTINCT t.relname || ' ' || i.relname AS name FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
        JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = 'public'
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'tenant' AND NOT a.attisdropped
       WHERE x.indisunique AND NOT a.attnum = ANY (x.indkey) AND NOT t.relispartition ORDER BY 1`)
    const unknown = rows.map(({ name }) => name).filter((name) => reasons[name] === undefined)
    expect(unknown).toEqual([])
  })
})

/** Why a unique key without the tenant tells nobody of another tenant's row. */
const made = 'an id that the hub makes: a hash of the tenant among others, or random'
const reasons: Readonly<Record<string, string>> = {
  'alert_firing alert_firing_open': made,
  'alert_firing alert_firing_pkey': made,
  'alert_rule alert_rule_pkey': made,
  'alert_standing alert_standing_pkey': made,
  'api_client api_client_pkey': made,
  'api_key api_key_hash_key': 'hash of 200 random bits',
  'api_key api_key_pkey': made,
  'audit audit_pkey': 'counted by the database',
  'data_key data_key_pkey': made,
  'effect effect_lane_id_seq_key': 'a lane is of one tenant, and counted by the hub',
  'effect effect_pkey': made,
  'effect effect_target_external_reference_key': 'a target is of one tenant, the reference a hash',
  'job job_no_key': 'counted by the database',
  'job job_pkey': made,
  'lane lane_pkey': made,
  'parked parked_pkey': 'an offset of the log',
  'partner_certificate partner_certificate_pkey': made,
  'person person_email_key': 'an address is one person in the whole hub: it is all that is asked for at the door',
  'person person_pkey': made,
  'saved_view saved_view_pkey': made,
  'state state_pkey': made,
  'subscription subscription_pkey': made,
  'timer timer_pkey': made,
  'tracking_follower tracking_follower_pkey': made,
  'tracking_follower tracking_follower_token_key': 'random',
  'tracking_link tracking_link_hash_key': 'hash of 192 random bits',
  'tracking_link tracking_link_pkey': made,
  'view_document view_document_pkey': made,
  'view_listing view_listing_pkey': made,
  'view_notification view_notification_pkey': made,
  'view_part view_part_first': made,
  'view_part view_part_pkey': made,
  'view_process view_process_pkey': made,
  'view_recipient view_recipient_pkey': made,
  'view_shipment view_shipment_pkey': made,
  'view_stock_comparison view_stock_comparison_pkey': made,
  'view_task view_task_pkey': made,
  'view_transmission view_transmission_pkey': made,
}

describe('the front door', () => {
  const ids = async (tenant: string, table: string, column: string): Promise<readonly string[]> =>
    (await tenants.database({ tenant }).read(`SELECT ${column} AS id FROM ${table} ORDER BY 1`)).map((row) =>
      String(row['id']),
    )

  test('sees one tenant, whatever its statement asks for', async () => {
    expect(await ids('a', 'subscription', 'id')).toEqual(['sub_a'])
    expect(await ids('b', 'state', 'subject')).toEqual(['shp_b'])
    expect(await ids('a', `effect WHERE tenant = 'b' OR tenant = 'a'`, 'effect_id')).toEqual(['eff_a'])
    expect(await ids('b', 'effect_evidence', 'effect_id')).toEqual(['eff_b'])
    expect(await ids('', 'subscription', 'id')).toEqual([])
    expect(await ids('a%', 'subscription', 'id')).toEqual([])
  })

  test('shows a partner what goes through its connections, and nothing that does not say so', async () => {
    await owner.query(`
      INSERT INTO parked (part, off, tenant, connection, code, detail, at, state)
        SELECT 0, n, t, c, 'MAP_FAILED', '', 0, 'parked' FROM (VALUES (1, 'a', 'mine'), (2, 'a', 'theirs'), (3, 'b', 'mine')) v(n, t, c);
      UPDATE effect SET target = 'mine' WHERE effect_id = 'eff_a'`)
    const seen = async (table: string, connections?: readonly string[]): Promise<number> =>
      (
        await tenants
          .database({ tenant: 'a', ...(connections === undefined ? {} : { connections }) })
          .read(`SELECT 1 FROM ${table}`)
      ).length
    const counts = (table: string) =>
      Promise.all([seen(table), seen(table, ['mine', 'other']), seen(table, ['other']), seen(table, [])])
    expect(await counts('parked')).toEqual([2, 1, 0, 0])
    expect(await counts('effect')).toEqual([1, 1, 0, 0])
    expect(await counts('effect_evidence')).toEqual([1, 1, 0, 0])
    expect(await counts('state')).toEqual([1, 0, 0, 0])
    expect(await counts('subscription')).toEqual([1, 0, 0, 0])
  })

  test('sees nothing before it says whose, and nothing after', async () => {
    const client = new pg.Client({ connectionString: login })
    await client.connect()
    await expect(client.query('SELECT id FROM subscription')).rejects.toThrow(
      'unrecognized configuration parameter "app.',
    )
    await client.query(`BEGIN; SELECT set_config('app.tenant', 'a', true), set_config('app.connections', '', true)`)
    expect((await client.query('SELECT id FROM subscription')).rowCount).toBe(1)
    await client.query('COMMIT')
    expect((await client.query('SELECT id FROM subscription')).rowCount).toBe(0)
    await client.end()
  })

  test('every table that it may read shows a tenant without data nothing', async () => {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
        WHERE c.relkind IN ('r', 'p', 'v', 'm') AND has_table_privilege($1, c.oid, 'SELECT') ORDER BY 1`,
      [new URL(login).username],
    )
    const shown: string[] = []
    for (const { name } of rows) {
      const [row] = await tenants.database({ tenant: 'nobody' }).read(`SELECT count(*) AS count FROM ${name}`)
      if (row?.['count'] !== '0') shown.push(name)
    }
    // Two counters, of changes in the whole hub.
    expect(shown).toEqual(['master_revision', 'network'])
    expect(rows.length).toBeGreaterThan(25)
  })

  test('cannot write for another tenant, nor take a row away from one', async () => {
    const a = tenants.database({ tenant: 'a' })
    const insert = `INSERT INTO subscription (id, tenant, body, created_at, updated_at) VALUES ($1, $2, '{}', 0, 0)`
    await expect(a.query(insert, ['sub_c', 'b'])).rejects.toThrow(expect.objectContaining({ code: 'ROW_OF_ANOTHER' }))
    await expect(a.query(`UPDATE subscription SET tenant = 'b' WHERE id = 'sub_a'`)).rejects.toThrow(
      expect.objectContaining({ code: 'ROW_OF_ANOTHER' }),
    )
    expect(await a.query(`UPDATE subscription SET body = 'x' WHERE id = 'sub_b' RETURNING id`)).toEqual([])
    expect(await a.query(`DELETE FROM subscription WHERE id = 'sub_b' RETURNING id`)).toEqual([])
    const { rows } = await owner.query(`SELECT body FROM subscription WHERE id = 'sub_b'`)
    expect(rows).toEqual([{ body: '{}' }])
  })

  test('cannot become anybody else, and reaches nothing that is not parted by tenant', async () => {
    const a = tenants.database({ tenant: 'a' })
    const refused = [
      'SET ROLE interline_worker',
      `SET ROLE ${pg.escapeIdentifier(new URL(url).username)}`,
      `SET SESSION AUTHORIZATION ${pg.escapeIdentifier(new URL(url).username)}`,
      'SET row_security = off',
      ...['inbox', 'fact', 'dedupe', 'identifier', 'session', 'welcome', 'as2_received', 'cursor', 'budget'].map(
        (table) => `SELECT * FROM ${table}`,
      ),
      `UPDATE state SET body = ''`,
      'DELETE FROM effect',
      `UPDATE audit SET actor = 'nobody'`,
      'DELETE FROM audit',
      'ALTER TABLE state DISABLE ROW LEVEL SECURITY',
      'DROP POLICY of_tenant ON state',
      `CREATE TABLE mine AS SELECT 1 AS one`,
    ]
    const passed: string[] = []
    for (const statement of refused) {
      // Switching it off is no error: what then asks for rows is.
      const asked = statement.startsWith('SET row') ? 'SELECT * FROM state' : statement
      const client = new pg.Client({ connectionString: login })
      await client.connect()
      if (asked !== statement) await client.query(statement)
      const outcome = await client.query(asked).then(
        () => 'passed',
        (error: unknown) => (error instanceof pg.DatabaseError ? error.code : String(error)),
      )
      if (outcome !== '42501') passed.push(`${statement}: ${outcome}`)
      await client.end()
    }
    expect(passed).toEqual([])
    expect(await a.read('SELECT 1 AS one')).toEqual([{ one: 1 }])
  })

  test('finds by index what it searches in arrays, although the wall comes first', async () => {
    await owner.query(`
      INSERT INTO view_document (id, tenant, entity, version, number, status, names, mentions, parties, locations, carriers, exceptions, placed_at, due_at, updated_at, merged_into)
        SELECT 'ord_' || n, 'a', 'order', 1, n::text, 'open', '{}', ARRAY[n::text], '{}', '{}', '{}', '{}', now(), 'infinity', now(), '' FROM generate_series(1, 20000) n;
      ANALYZE view_document`)
    const plan = await tenants
      .database({ tenant: 'a' })
      .read(`EXPLAIN SELECT id FROM view_document WHERE tenant = 'a' AND entity = 'order' AND mentions && ARRAY['17']`)
    expect(plan.map((row) => String(row['QUERY PLAN'])).join('\n')).toContain('view_document_mentions')
  })
})

describe('the login of the front door', () => {
  test('is the same for every instance', async () => {
    const [one, two] = await Promise.all([gatewayLogin(url, ''), gatewayLogin(url, '')])
    expect(one).toBe(two)
    expect(one).toBe(login)
  })

  test('of an operator is refused where it could see past the wall', async () => {
    const as = (name: string): string => {
      const parts = new URL(url)
      parts.username = name
      return parts.href
    }
    await owner.query(`
      DROP ROLE IF EXISTS door_bypass, door_worker, door_stranger;
      CREATE ROLE door_bypass LOGIN BYPASSRLS IN ROLE interline_tenant;
      CREATE ROLE door_worker LOGIN IN ROLE interline_tenant, interline_worker;
      CREATE ROLE door_stranger LOGIN`)
    const refused = { code: 'DATABASE_GATEWAY_LOGIN' }
    await expect(gatewayLogin(url, url)).rejects.toMatchObject({ ...refused, values: { detail: 'it is a superuser' } })
    for (const name of ['door_bypass', 'door_worker', 'door_stranger', 'door_nobody'])
      await expect(gatewayLogin(url, as(name))).rejects.toMatchObject(refused)
    await owner.query('DROP ROLE door_bypass, door_worker, door_stranger')
  })
})
