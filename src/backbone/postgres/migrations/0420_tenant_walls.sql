-- Up Migration

-- The second wall. Whoever works for one tenant (`interline_tenant`, the front door) sees and writes only rows of the tenant that its
-- transaction names with set_config('app.tenant', …, true); without a name it sees nothing. Whoever works for all (`interline_worker`)
-- sees everything. Run after every migration: a table with a column `tenant` is behind the wall without anybody thinking of it.
CREATE FUNCTION raise_walls() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  t record;
BEGIN
  FOR t IN
    SELECT c.oid, c.oid::regclass AS name, c.relname LIKE 'view\_%' OR c.relname = ANY (ARRAY['audit', 'effect', 'intake_count', 'lane', 'network_source', 'parked', 'state', 'timer']) AS is_kept
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant' AND NOT a.attisdropped
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY c.relname COLLATE "C"
  LOOP
    IF NOT (SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = t.oid) THEN
      EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t.name);
    END IF;
    IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = t.oid AND polname = 'of_tenant') THEN
      -- Asked for once in a statement, not once in a row.
      EXECUTE format('CREATE POLICY of_tenant ON %s TO interline_tenant USING (tenant = (SELECT current_setting(''app.tenant'')))', t.name);
      EXECUTE format('GRANT SELECT ON %s TO interline_tenant', t.name);
      -- The log, the ledger and the lists are written by workers alone.
      IF NOT t.is_kept THEN
        EXECUTE format('GRANT INSERT, UPDATE, DELETE ON %s TO interline_tenant', t.name);
      END IF;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = t.oid AND polname = 'of_worker') THEN
      EXECUTE format('CREATE POLICY of_worker ON %s TO interline_worker USING (true) WITH CHECK (true)', t.name);
    END IF;
  END LOOP;
END $$;

SELECT raise_walls();
GRANT USAGE ON SCHEMA public TO interline_tenant;

-- What the front door writes beside.
GRANT INSERT ON audit TO interline_tenant;
GRANT SELECT ON network TO interline_tenant;
GRANT SELECT, UPDATE ON master_revision TO interline_tenant;

-- Rows that belong to a row of a tenant are seen by whoever sees that one.
ALTER TABLE effect_attempt ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE effect_evidence ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE view_stock_difference ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON effect_attempt FOR SELECT TO interline_tenant USING (EXISTS (SELECT FROM effect e WHERE e.effect_id = effect_attempt.effect_id));
CREATE POLICY of_tenant ON effect_evidence FOR SELECT TO interline_tenant USING (EXISTS (SELECT FROM effect e WHERE e.effect_id = effect_evidence.effect_id));
CREATE POLICY of_tenant ON view_stock_difference FOR SELECT TO interline_tenant
  USING (EXISTS (SELECT FROM view_stock_comparison c WHERE c.id = view_stock_difference.comparison));
CREATE POLICY of_worker ON effect_attempt TO interline_worker USING (true) WITH CHECK (true);
CREATE POLICY of_worker ON effect_evidence TO interline_worker USING (true) WITH CHECK (true);
CREATE POLICY of_worker ON view_stock_difference TO interline_worker USING (true) WITH CHECK (true);
GRANT SELECT ON effect_attempt, effect_evidence, view_stock_difference TO interline_tenant;

-- Down Migration

DO $$
DECLARE
  t record;
BEGIN
  FOR t IN SELECT p.polname, p.polrelid::regclass AS name FROM pg_policy p WHERE p.polname IN ('of_tenant', 'of_worker') LOOP
    EXECUTE format('DROP POLICY %I ON %s', t.polname, t.name);
    EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY', t.name);
    EXECUTE format('REVOKE ALL ON %s FROM interline_tenant', t.name);
  END LOOP;
END $$;
REVOKE ALL ON network, master_revision FROM interline_tenant;
REVOKE ALL ON SCHEMA public FROM interline_tenant;
DROP FUNCTION raise_walls;
