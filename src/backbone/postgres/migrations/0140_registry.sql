-- Up Migration

-- The network that is in force: counts up with every change, so that instances see that there is one.
CREATE TABLE network (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  revision bigint NOT NULL
);
INSERT INTO network (revision) VALUES (0);

-- The files that declare it, a folder each. Secrets are not in them: they are references.
CREATE TABLE network_source (
  tenant text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  revision bigint NOT NULL,
  may_declare_any boolean NOT NULL,
  files text NOT NULL,
  -- Of the folder that a start applied last: an older one must not come back with a restart.
  start_hash text,
  PRIMARY KEY (tenant, name)
);

-- Who changed what, when, from what to what. Rows are only added.
CREATE TABLE audit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at bigint NOT NULL,
  tenant text COLLATE "C" NOT NULL,
  actor text NOT NULL,
  revision bigint NOT NULL,
  source text COLLATE "C" NOT NULL,
  change text NOT NULL CHECK (change IN ('create', 'change', 'remove')),
  kind text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  before text,
  after text
);
CREATE INDEX audit_tenant ON audit (tenant, id);
CREATE INDEX audit_name ON audit (name, id);

-- Down Migration

DROP TABLE audit, network_source, network;
