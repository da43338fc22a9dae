-- Up Migration

-- The head of a chain was written twice for every row. Now a statement reads it once, counts on in memory of its transaction
-- (`app.audit_head`: no, hash, tenant), and writes it once for each tenant at the end. The head stays locked from the first row to the
-- end of the transaction, so that a chain has no fork.
CREATE FUNCTION write_audit_head() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  held text := coalesce(current_setting('app.audit_head', true), '');
BEGIN
  IF held = '' THEN
    RETURN;
  END IF;
  UPDATE audit_chain SET no = split_part(held, ' ', 1)::bigint, hash = decode(split_part(held, ' ', 2), 'hex')
   WHERE tenant = substr(held, length(split_part(held, ' ', 1)) + length(split_part(held, ' ', 2)) + 3);
  PERFORM set_config('app.audit_head', '', true);
END $$;

CREATE OR REPLACE FUNCTION chain_audit() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  held text := coalesce(current_setting('app.audit_head', true), '');
  last record;
BEGIN
  IF held <> '' AND substr(held, length(split_part(held, ' ', 1)) + length(split_part(held, ' ', 2)) + 3) = NEW.tenant THEN
    NEW.no := split_part(held, ' ', 1)::bigint + 1;
    NEW.hash := audit_hash(decode(split_part(held, ' ', 2), 'hex'), NEW);
  ELSE
    PERFORM write_audit_head();
    SELECT c.no, c.hash INTO last FROM audit_chain c WHERE c.tenant = NEW.tenant FOR UPDATE;
    IF NOT FOUND THEN
      -- Two that begin a chain at once: the second waits here for the end of the first.
      INSERT INTO audit_chain (tenant, no, hash) VALUES (NEW.tenant, 0, decode(repeat('00', 32), 'hex')) ON CONFLICT (tenant) DO NOTHING;
      SELECT c.no, c.hash INTO last FROM audit_chain c WHERE c.tenant = NEW.tenant FOR UPDATE;
    END IF;
    NEW.no := last.no + 1;
    NEW.hash := audit_hash(last.hash, NEW);
  END IF;
  PERFORM set_config('app.audit_head', NEW.no || ' ' || encode(NEW.hash, 'hex') || ' ' || NEW.tenant, true);
  RETURN NEW;
END $$;

-- Before a statement: what a statement around it has counted is written first, so that both count in one row.
CREATE FUNCTION write_audit_head_now() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM write_audit_head();
  RETURN NULL;
END $$;

CREATE TRIGGER audit_head_before BEFORE INSERT ON audit FOR EACH STATEMENT EXECUTE FUNCTION write_audit_head_now();
CREATE TRIGGER audit_head_after AFTER INSERT ON audit FOR EACH STATEMENT EXECUTE FUNCTION write_audit_head_now();

-- Down Migration

DROP TRIGGER audit_head_before ON audit;
DROP TRIGGER audit_head_after ON audit;
DROP FUNCTION write_audit_head_now;
CREATE OR REPLACE FUNCTION chain_audit() RETURNS trigger LANGUAGE plpgsql AS $$
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
DROP FUNCTION write_audit_head;
