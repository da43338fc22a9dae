-- Up Migration

-- Keys of tenants, each sealed by a master key that is not in the database. The newest of a tenant seals; tenant '' is the hub itself.
CREATE TABLE data_key (
  id text COLLATE "C" PRIMARY KEY,
  tenant text COLLATE "C" NOT NULL,
  sealed text NOT NULL,
  created_at bigint NOT NULL
);
CREATE INDEX data_key_tenant ON data_key (tenant, created_at, id);

-- Behind the wall, and without a grant: the front door's own login has no business with it.
ALTER TABLE data_key ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON data_key TO interline_tenant USING (tenant = (SELECT current_setting('app.tenant')));

-- Down Migration

DROP TABLE data_key;
