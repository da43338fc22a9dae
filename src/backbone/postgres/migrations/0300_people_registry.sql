-- Up Migration

-- Who signs in. An e-mail address is one person in the whole hub: it is all that is asked for at the door.
CREATE TABLE person (
  id text COLLATE "C" PRIMARY KEY,
  tenant text COLLATE "C" NOT NULL,
  email text COLLATE "C" NOT NULL UNIQUE,
  name text NOT NULL,
  roles text NOT NULL,
  -- PHC string of argon2id; null until the first link is followed.
  password text,
  version integer NOT NULL DEFAULT 1,
  created_at bigint NOT NULL,
  disabled_at bigint
);
CREATE INDEX person_tenant ON person (tenant, id);

-- A browser that is signed in. Only the hash of what its cookie holds is here.
CREATE TABLE session (
  hash text COLLATE "C" PRIMARY KEY,
  person text COLLATE "C" NOT NULL REFERENCES person (id),
  created_at bigint NOT NULL,
  seen_at bigint NOT NULL,
  expires_at bigint NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX session_person ON session (person);

-- Links that may be followed once: the first administrator, an invitation, a password that was forgotten.
CREATE TABLE welcome (
  hash text COLLATE "C" PRIMARY KEY,
  -- Null for the link of the first administrator: it makes the person.
  person text COLLATE "C" REFERENCES person (id),
  expires_at bigint NOT NULL,
  used_at bigint
);

-- Down Migration

DROP TABLE welcome, session, person;
