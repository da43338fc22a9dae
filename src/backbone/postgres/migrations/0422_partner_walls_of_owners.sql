-- Up Migration

-- An owner who may make roles is a member of both, so the policies of the front door count for it, too, while it works: without a word
-- about connections nobody is a partner. The front door says one with every statement.
CREATE OR REPLACE FUNCTION raise_partner_walls() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  t record;
  everybody CONSTANT text := '(SELECT coalesce(current_setting(''app.connections'', true), '''')) = ''''';
  own CONSTANT text := ' OR %I = ANY (string_to_array((SELECT coalesce(current_setting(''app.connections'', true), '''')), '' ''))';
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

DO $$
DECLARE
  t record;
BEGIN
  FOR t IN SELECT p.polrelid::regclass AS name FROM pg_policy p WHERE p.polname = 'of_partner' LOOP
    EXECUTE format('DROP POLICY of_partner ON %s', t.name);
  END LOOP;
END $$;

SELECT raise_partner_walls();

-- Down Migration

SELECT 1;
