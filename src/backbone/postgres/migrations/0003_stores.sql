-- Up Migration

CREATE TABLE cursor (
  subscriber text COLLATE "C" NOT NULL,
  part smallint NOT NULL,
  off bigint NOT NULL,
  PRIMARY KEY (subscriber, part)
) WITH (fillfactor = 20);

CREATE TABLE subscription (
  id text COLLATE "C" PRIMARY KEY,
  tenant text NOT NULL,
  body text NOT NULL,
  version bigint NOT NULL DEFAULT 1,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL
);

-- `hash` is the SHA-256 of the secret; the secret itself is shown once and never stored.
CREATE TABLE api_key (
  id text COLLATE "C" PRIMARY KEY,
  tenant text NOT NULL,
  name text NOT NULL,
  hash text COLLATE "C" NOT NULL UNIQUE,
  scopes text NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint,
  revoked_at bigint,
  last_used_at bigint
);

CREATE TABLE answer (
  tenant text COLLATE "C" NOT NULL,
  client text COLLATE "C" NOT NULL,
  route text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  fingerprint text NOT NULL,
  until bigint NOT NULL,
  at bigint NOT NULL,
  status integer,
  headers text,
  body text,
  PRIMARY KEY (tenant, client, route, key)
);
CREATE INDEX answer_at ON answer (at);

CREATE TABLE budget (
  name text COLLATE "C" PRIMARY KEY,
  tokens double precision NOT NULL,
  at bigint NOT NULL,
  held_until bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 20);

CREATE TABLE job (
  no bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  id text COLLATE "C" PRIMARY KEY,
  tenant text NOT NULL,
  kind text COLLATE "C" NOT NULL,
  state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled')),
  spec text NOT NULL,
  progress text NOT NULL DEFAULT 'null',
  claim_epoch bigint NOT NULL DEFAULT 0,
  claimed_by text,
  until bigint NOT NULL DEFAULT 0,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL
);
CREATE INDEX job_waiting ON job (kind, no) WHERE state IN ('queued', 'running');

CREATE TABLE intake_count (
  tenant text COLLATE "C" NOT NULL,
  connection text COLLATE "C" NOT NULL,
  day date NOT NULL,
  accepted bigint NOT NULL DEFAULT 0,
  duplicate bigint NOT NULL DEFAULT 0,
  conflict bigint NOT NULL DEFAULT 0,
  refused bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, connection, day)
) WITH (fillfactor = 50);

-- Down Migration

DROP TABLE intake_count, job, budget, answer, api_key, subscription, cursor;
