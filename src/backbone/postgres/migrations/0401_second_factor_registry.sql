-- Up Migration

-- Since when a code is asked for besides the password.
ALTER TABLE person ADD COLUMN second_factor_at bigint;

-- What makes the codes of a person. Until it is confirmed by a first code, it asks nobody for anything.
CREATE TABLE second_factor (
  person text COLLATE "C" PRIMARY KEY REFERENCES person (id),
  sealed_secret text NOT NULL,
  -- The 30 seconds of the last code that was used: none counts twice.
  last_step bigint NOT NULL DEFAULT 0,
  -- SHA-256 in hex of the recovery codes that are left.
  recovery text[] NOT NULL DEFAULT '{}'
);

-- Down Migration

DROP TABLE second_factor;
ALTER TABLE person DROP COLUMN second_factor_at;
