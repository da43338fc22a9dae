-- Up Migration

-- Within a tenant a partner sees only what goes through its own connections: `app.connections` names them with spaces between, and is empty
-- for whoever is no partner. Tables that do not say by which connection their rows came show a partner nothing. Restrictive: beside the
-- policy of the tenant, never instead of it.
CREATE FUNCTION raise_partner_walls() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  t record;
  everybody CONSTANT text := '(SELECT current_setting(''app.connections'')) = ''''';
  own CONSTANT text := ' OR %I = ANY (string_to_array((SELECT current_setting(''app.connections'')), '' ''))';
BEGIN
  FOR t IN
    SELECT c.oid, c.oid::regclass AS name, c.relname,
           (SELECT a.attname FROM pg_attribute a WHERE a.attrelid = c.oid AND NOT a.attisdropped
             AND (a.attname = 'connection' OR (a.attname = 'target' AND c.relname IN ('effect', 'lane')))) AS through
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant' AND NOT a.attisdropped
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
       -- Answers to repeated requests are of one client each.
       AND c.relname <> 'answer'
       AND NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = c.oid AND polname = 'of_partner')
     ORDER BY c.relname COLLATE "C"
  LOOP
    EXECUTE format('CREATE POLICY of_partner ON %s AS RESTRICTIVE TO interline_tenant USING (%s)', t.name,
                   everybody || CASE WHEN t.through IS NULL THEN '' ELSE format(own, t.through) END);
  END LOOP;
END $$;

SELECT raise_partner_walls();

-- Down Migration

DO $$
DECLARE
  t record;
BEGIN
  FOR t IN SELECT p.polrelid::regclass AS name FROM pg_policy p WHERE p.polname = 'of_partner' LOOP
    EXECUTE format('DROP POLICY of_partner ON %s', t.name);
  END LOOP;
END $$;
DROP FUNCTION raise_partner_walls;
