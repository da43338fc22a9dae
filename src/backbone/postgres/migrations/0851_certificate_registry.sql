-- Up Migration

-- Certificates that partners have uploaded for themselves, and what became of them. Only public halves: whatever holds a private key is
-- refused before it comes here.
CREATE TABLE partner_certificate (
  id text COLLATE "C" PRIMARY KEY,
  tenant text COLLATE "C" NOT NULL,
  partner text COLLATE "C" NOT NULL,
  -- What it is for: signatures of the partner, encryption to it, both, or TLS of one of its clients.
  use text COLLATE "C" NOT NULL CHECK (use IN ('signing', 'encryption', 'both', 'mtls')),
  -- Id of the connection, or of the client where it is for TLS.
  target text COLLATE "C" NOT NULL,
  -- The certificate first, then whoever issued it, in PEM.
  pem text NOT NULL,
  subject text NOT NULL,
  fingerprint text COLLATE "C" NOT NULL,
  valid_from bigint NOT NULL,
  valid_to bigint NOT NULL,
  state text COLLATE "C" NOT NULL CHECK (state IN ('pending', 'accepted', 'refused', 'withdrawn', 'ended')),
  uploaded_at bigint NOT NULL,
  uploaded_by text NOT NULL,
  decided_at bigint,
  decided_by text,
  reason text
);
CREATE INDEX partner_certificate_partner ON partner_certificate (tenant, partner, id);
CREATE INDEX partner_certificate_accepted ON partner_certificate (id) WHERE state = 'accepted';
-- One and the same waits or counts once for a target.
CREATE UNIQUE INDEX partner_certificate_once ON partner_certificate (tenant, target, use, fingerprint) WHERE state IN ('pending', 'accepted');

CREATE POLICY of_partner ON partner_certificate AS RESTRICTIVE TO interline_tenant
  USING ((SELECT coalesce(current_setting('app.connections', true), '')) = ''
    OR 'partner:' || partner = ANY (string_to_array((SELECT coalesce(current_setting('app.parts', true), '')), chr(31))));
SELECT raise_walls(), raise_partner_walls();

-- What comes into force on a connection, or leaves it, changes the network: every instance reads it anew. Whoever decides works for one tenant
-- and may not write there, and both happen or neither.
CREATE FUNCTION network_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE network SET revision = revision + 1;
  RETURN NULL;
END $$;
CREATE TRIGGER partner_certificate_decided AFTER UPDATE OF state ON partner_certificate FOR EACH ROW
  WHEN (new.use <> 'mtls' AND new.state IN ('accepted', 'ended') AND new.state <> old.state) EXECUTE FUNCTION network_moved();

-- Down Migration

DROP TABLE partner_certificate;
DROP FUNCTION network_moved;
