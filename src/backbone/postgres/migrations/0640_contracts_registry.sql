-- Up Migration

-- What was agreed when, as the declarations of this hub said it. Contracts of the hub with everybody are of tenant `*`, for all to read.
CREATE TABLE contract_version (
  tenant text COLLATE "C" NOT NULL,
  contract text COLLATE "C" NOT NULL,
  major integer NOT NULL,
  minor integer NOT NULL,
  -- Of the parts, to see at once that nothing is new.
  hash text COLLATE "C" NOT NULL,
  parts text NOT NULL,
  -- Of the program that declared it first.
  hub_version text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (tenant, contract, major, minor)
);
CREATE POLICY of_tenant ON contract_version FOR SELECT TO interline_tenant USING (tenant IN ((SELECT current_setting('app.tenant')), '*'));
GRANT SELECT ON contract_version TO interline_tenant;

-- What a tenant has decided about a contract. Without a row it stands as it is declared.
CREATE TABLE contract_standing (
  tenant text COLLATE "C" NOT NULL,
  contract text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  state text NOT NULL CHECK (state IN ('draft', 'published', 'deprecated', 'sunset', 'retired')),
  deprecated_at bigint,
  sunset_at bigint,
  successor text,
  link text,
  reason text,
  owner text,
  changed_at bigint NOT NULL,
  PRIMARY KEY (tenant, contract)
);

-- Who used what on which day, in UTC. Written in batches; a few seconds may be missing after a crash.
CREATE TABLE contract_use (
  tenant text COLLATE "C" NOT NULL,
  contract text COLLATE "C" NOT NULL,
  -- Key, client, person or subscription; `other` past the limit.
  principal text COLLATE "C" NOT NULL,
  day date NOT NULL,
  name text NOT NULL,
  partner text,
  uses bigint NOT NULL,
  last_at bigint NOT NULL,
  PRIMARY KEY (tenant, contract, principal, day)
) WITH (fillfactor = 70);
CREATE INDEX contract_use_day ON contract_use (day);

-- Down Migration

DROP TABLE contract_use, contract_standing, contract_version;
