-- Up Migration

-- Where the chain of a tenant begins, once its oldest rows were trimmed: the last row that went, by its number and hash, and the signed
-- checkpoint that says so and has left the hub.
CREATE TABLE audit_start (
  tenant text COLLATE "C" PRIMARY KEY,
  no bigint NOT NULL CHECK (no > 0),
  hash bytea NOT NULL,
  checkpoint text NOT NULL CHECK (checkpoint <> ''),
  trimmed_at bigint NOT NULL
);
ALTER TABLE audit_start ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON audit_start TO interline_tenant USING (tenant = (SELECT current_setting('app.tenant')));
GRANT SELECT ON audit_start TO interline_tenant;
SELECT raise_walls(), raise_partner_walls();

-- A chain that began later never begins earlier again.
CREATE FUNCTION guard_audit_start() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.tenant = OLD.tenant AND NEW.no > OLD.no THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'the start of an audit chain only moves on' USING ERRCODE = 'IL020';
END $$;
CREATE TRIGGER audit_start_moves_on BEFORE UPDATE OR DELETE ON audit_start FOR EACH ROW EXECUTE FUNCTION guard_audit_start();

-- Rows go only from before the start.
CREATE FUNCTION guard_audit_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.no <= (SELECT s.no FROM audit_start s WHERE s.tenant = OLD.tenant) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'the audit log is only added to' USING ERRCODE = 'IL020';
END $$;
DROP TRIGGER audit_only_added ON audit;
CREATE TRIGGER audit_only_added BEFORE UPDATE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION guard_audit();
CREATE TRIGGER audit_only_trimmed BEFORE DELETE ON audit FOR EACH ROW EXECUTE FUNCTION guard_audit_row();
CREATE INDEX audit_at ON audit (tenant, at);

-- Some of what is before the start; gives how many went.
CREATE FUNCTION trim_audit(of_tenant text, most integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  n integer;
BEGIN
  DELETE FROM audit a USING (
    SELECT r.id FROM audit r JOIN audit_start s ON s.tenant = r.tenant WHERE r.tenant = of_tenant AND r.no <= s.no ORDER BY r.no LIMIT most) old
   WHERE a.id = old.id;
  GET DIAGNOSTICS n = ROW_COUNT;
  RETURN n;
END $$;

-- Down Migration

DROP FUNCTION trim_audit;
DROP INDEX audit_at;
DROP TRIGGER audit_only_trimmed ON audit;
DROP TRIGGER audit_only_added ON audit;
CREATE TRIGGER audit_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION guard_audit();
DROP FUNCTION guard_audit_row;
DROP TABLE audit_start;
DROP FUNCTION guard_audit_start;
