-- Up Migration

-- One chain per tenant: each row carries the hash of itself and of the one before. `no` counts 1, 2, 3 without holes.
ALTER TABLE audit DROP CONSTRAINT audit_change_check;
ALTER TABLE audit
  ADD COLUMN no bigint,
  ADD COLUMN hash bytea,
  -- Where it was asked for from, as the connection said it.
  ADD COLUMN address text,
  ADD COLUMN trace text,
  ADD COLUMN reason text,
  ADD CONSTRAINT audit_change_name CHECK (change ~ '^[a-z][a-z_]{1,39}$') NOT VALID;

-- The head of each chain. What was cut off at the end of a chain is found by it, and by checkpoints that left the hub.
CREATE TABLE audit_chain (
  tenant text COLLATE "C" PRIMARY KEY,
  no bigint NOT NULL,
  hash bytea NOT NULL
) WITH (fillfactor = 50);

-- Behind the wall like its rows. The front door counts the chain on and deletes nothing.
ALTER TABLE audit_chain ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON audit_chain TO interline_tenant USING (tenant = (SELECT current_setting('app.tenant')));
GRANT SELECT, INSERT, UPDATE ON audit_chain TO interline_tenant;

-- Length and value, so that no two rows read the same. src/backbone/audit-chain.ts writes the same text.
CREATE FUNCTION audit_part(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN value IS NULL THEN '-,' ELSE octet_length(convert_to(value, 'UTF8')) || ':' || value || ',' END
$$;

CREATE FUNCTION audit_hash(previous bytea, r audit) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT sha256(previous || convert_to(
    'audit 1,' || audit_part(r.tenant) || audit_part(r.no::text) || audit_part(r.at::text) || audit_part(r.actor) || audit_part(r.address)
      || audit_part(r.trace) || audit_part(r.revision::text) || audit_part(r.source) || audit_part(r.change) || audit_part(r.kind)
      || audit_part(r.name) || audit_part(r.reason) || audit_part(r.before) || audit_part(r.after), 'UTF8'))
$$;

-- In the transaction of the act: whoever writes next in this tenant waits for its end, so that the chain has no fork.
CREATE FUNCTION chain_audit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last record;
BEGIN
  INSERT INTO audit_chain AS c (tenant, no, hash) VALUES (NEW.tenant, 1, decode(repeat('00', 32), 'hex'))
    ON CONFLICT (tenant) DO UPDATE SET no = c.no + 1 RETURNING c.no, c.hash INTO last;
  NEW.no := last.no;
  NEW.hash := audit_hash(last.hash, NEW);
  UPDATE audit_chain SET hash = NEW.hash WHERE tenant = NEW.tenant;
  RETURN NEW;
END $$;

-- What was written before there was a chain becomes its beginning.
DO $$
DECLARE
  r audit;
  last record;
BEGIN
  FOR r IN SELECT * FROM audit ORDER BY tenant, id LOOP
    INSERT INTO audit_chain AS c (tenant, no, hash) VALUES (r.tenant, 1, decode(repeat('00', 32), 'hex'))
      ON CONFLICT (tenant) DO UPDATE SET no = c.no + 1 RETURNING c.no, c.hash INTO last;
    r.no := last.no;
    r.hash := audit_hash(last.hash, r);
    UPDATE audit SET no = r.no, hash = r.hash WHERE id = r.id;
    UPDATE audit_chain SET hash = r.hash WHERE tenant = r.tenant;
  END LOOP;
END $$;
CREATE UNIQUE INDEX audit_no ON audit (tenant, no);

CREATE TRIGGER audit_chained BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION chain_audit();

CREATE FUNCTION guard_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is only added to' USING ERRCODE = 'IL020';
END $$;
CREATE TRIGGER audit_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION guard_audit();

-- Outcomes as before, and a row of the audit log for each that ends a booking. Older releases call the function without it.
CREATE FUNCTION conclude_effects(conclusions jsonb, bookings text[]) RETURNS boolean[] LANGUAGE plpgsql AS $$
DECLARE
  results boolean[] := conclude_effects(conclusions);
BEGIN
  INSERT INTO audit (at, tenant, actor, revision, source, change, kind, name, trace, reason, before, after)
    SELECT e.updated_at, e.tenant, 'the hub', (SELECT revision FROM network), e.target, 'post', 'posting', e.effect_id, e.trace, c.row ->> 'reason',
           json_build_object('state', c.row ->> 'was')::text,
           json_build_object('state', e.state, 'command', e.command, 'naturalKey', e.natural_key, 'documentReference', e.document_reference,
             'payloadHash', encode(sha256(convert_to(e.payload, 'UTF8')), 'hex'))::text
      FROM jsonb_array_elements(conclusions) WITH ORDINALITY c(row, no) JOIN effect e ON e.effect_id = c.row ->> 'effect'
     WHERE results[c.no] AND c.row ->> 'becomes' IN ('applied', 'refused') AND e.command = ANY (bookings)
     ORDER BY e.tenant, c.no;
  RETURN results;
END $$;

-- What a person decides about an effect, as before, with the row of the audit log that says so.
CREATE FUNCTION decide_effect_told(
  id text, action text, new_payload text, document text, why text, decided_by text,
  fact_part smallint, fact_bytes bytea, fact_subject integer, fact_origin_part smallint, fact_origin bigint, address text, asked_trace text
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  was record;
  made record;
  result text;
BEGIN
  PERFORM FROM fact_head WHERE part = fact_part FOR UPDATE;
  PERFORM FROM lane WHERE lane_id = (SELECT lane_id FROM effect WHERE effect_id = id) FOR UPDATE;
  SELECT * INTO was FROM effect WHERE effect_id = id;
  result := decide_effect(id, action, new_payload, document, why, decided_by, fact_part, fact_bytes, fact_subject, fact_origin_part, fact_origin);
  IF result = 'done' THEN
    SELECT * INTO made FROM effect WHERE effect_id = id;
    INSERT INTO audit (at, tenant, actor, revision, source, change, kind, name, address, trace, reason, before, after)
      VALUES (made.updated_at, made.tenant, decided_by, (SELECT revision FROM network), made.target,
        CASE action WHEN 'applied' THEN 'settle' ELSE action END, 'posting', id, address, asked_trace, why,
        json_build_object('state', was.state, 'documentReference', was.document_reference,
          'payloadHash', encode(sha256(convert_to(was.payload, 'UTF8')), 'hex'))::text,
        json_build_object('state', made.state, 'command', made.command, 'naturalKey', made.natural_key, 'documentReference', made.document_reference,
          'payloadHash', encode(sha256(convert_to(made.payload, 'UTF8')), 'hex'))::text);
  END IF;
  RETURN result;
END $$;

-- Down Migration

DROP FUNCTION decide_effect_told;
DROP FUNCTION conclude_effects(jsonb, text[]);
DROP TRIGGER audit_only_added ON audit;
DROP TRIGGER audit_chained ON audit;
DROP FUNCTION guard_audit, chain_audit;
DROP FUNCTION audit_hash, audit_part;
DROP INDEX audit_no;
DROP TABLE audit_chain;
ALTER TABLE audit DROP CONSTRAINT audit_change_name, DROP COLUMN no, DROP COLUMN hash, DROP COLUMN address, DROP COLUMN trace, DROP COLUMN reason;
DELETE FROM audit WHERE change NOT IN ('create', 'change', 'remove');
ALTER TABLE audit ADD CONSTRAINT audit_change_check CHECK (change IN ('create', 'change', 'remove'));
