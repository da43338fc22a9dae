-- Up Migration

-- Who somebody is at an issuer that their tenant trusts. An issuer knows a person by one subject.
CREATE TABLE person_identity (
  tenant text COLLATE "C" NOT NULL,
  issuer text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  person text COLLATE "C" NOT NULL REFERENCES person (id),
  created_at bigint NOT NULL,
  PRIMARY KEY (tenant, issuer, subject),
  UNIQUE (tenant, person, issuer)
);

-- How a session began: by which provider, as whom, in which session there; and whether a second factor was shown, and to whom.
ALTER TABLE session
  ADD COLUMN provider text COLLATE "C",
  ADD COLUMN provider_subject text COLLATE "C",
  ADD COLUMN provider_session text COLLATE "C",
  ADD COLUMN sealed_id_token text,
  ADD COLUMN factor text COLLATE "C" NOT NULL DEFAULT 'own';
CREATE INDEX session_provider ON session (provider) WHERE provider IS NOT NULL;

-- Down Migration

DROP INDEX session_provider;
ALTER TABLE session DROP COLUMN provider, DROP COLUMN provider_subject, DROP COLUMN provider_session, DROP COLUMN sealed_id_token, DROP COLUMN factor;
DROP TABLE person_identity;
