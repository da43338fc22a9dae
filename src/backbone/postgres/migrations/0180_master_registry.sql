-- Up Migration

-- Counts the changes of master data, so that instances see that there is one; whoever writes moves it, so that two never write at once.
CREATE TABLE master_revision (
  is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
  revision bigint NOT NULL
);
INSERT INTO master_revision (revision) VALUES (0);

-- Items, places, parties, carriers, services, and what other systems call them: the newest version of each.
CREATE TABLE master_data (
  tenant text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  body text NOT NULL,
  -- The code that a translation is found by, and what it is found by the other way round.
  lookup text COLLATE "C",
  reverse text COLLATE "C",
  -- The key as people compare it: letters and digits in upper case.
  plain text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  actor text NOT NULL,
  PRIMARY KEY (tenant, kind, key)
) WITH (fillfactor = 80);
CREATE INDEX master_data_lookup ON master_data (lookup) WHERE lookup IS NOT NULL;
CREATE INDEX master_data_reverse ON master_data (reverse) WHERE reverse IS NOT NULL;
CREATE INDEX master_data_plain ON master_data (tenant, kind, plain);

-- Every version that ever was, who made it and how. Rows are only added.
CREATE TABLE master_data_version (
  tenant text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  body text NOT NULL,
  at bigint NOT NULL,
  actor text NOT NULL,
  source text NOT NULL,
  PRIMARY KEY (tenant, kind, key, version)
);

CREATE INDEX parked_code ON parked (part, off) WHERE code = 'CODE_UNKNOWN';

-- Down Migration

DROP INDEX parked_code;
DROP TABLE master_data_version, master_data, master_revision;
