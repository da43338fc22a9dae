-- Up Migration

-- Systems and partners that get tokens of this hub. `credentials` is JSON: public keys, certificates, subjects, hashes of secrets.
CREATE TABLE api_client (
  id text COLLATE "C" PRIMARY KEY,
  tenant text COLLATE "C" NOT NULL,
  name text NOT NULL,
  -- Sees only what is of this partner; null for one of our own systems.
  partner text COLLATE "C",
  method text COLLATE "C" NOT NULL,
  credentials text NOT NULL,
  scopes text NOT NULL,
  -- Tokens count only with the certificate that they were given to.
  bound boolean NOT NULL,
  -- Tokens of an earlier epoch are void.
  epoch integer NOT NULL DEFAULT 1,
  created_at bigint NOT NULL,
  revoked_at bigint,
  last_used_at bigint
);
CREATE INDEX api_client_tenant ON api_client (tenant, id);

-- Proofs of identity that were used: none counts twice, on any instance.
CREATE TABLE client_assertion (
  hash text COLLATE "C" PRIMARY KEY,
  expires_at bigint NOT NULL
);
CREATE INDEX client_assertion_expiry ON client_assertion (expires_at);

-- Keys that tokens are signed with. The private half is sealed.
CREATE TABLE signing_key (
  id text COLLATE "C" PRIMARY KEY,
  public_key text NOT NULL,
  sealed_key text NOT NULL,
  created_at bigint NOT NULL
);

-- Down Migration

DROP TABLE signing_key, client_assertion, api_client;
