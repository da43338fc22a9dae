-- Up Migration

-- What AS2 partners have sent, and the receipt that each of them got: the same bytes again for whoever asks again. A message that was
-- taken has one row; one that was refused has one for each different content, so that nobody can spoil an identifier beforehand.
CREATE TABLE as2_received (
  as2_from text COLLATE "C" NOT NULL,
  as2_to text COLLATE "C" NOT NULL,
  message_id text COLLATE "C" NOT NULL,
  wire_hash text COLLATE "C" NOT NULL,
  taken boolean NOT NULL,
  connection text COLLATE "C" NOT NULL,
  disposition text NOT NULL,
  mic text NOT NULL,
  at bigint NOT NULL,
  fields text NOT NULL,
  body bytea NOT NULL,
  url text NOT NULL DEFAULT '',
  due bigint,
  attempts integer NOT NULL DEFAULT 0,
  PRIMARY KEY (as2_from, as2_to, message_id, wire_hash)
);
CREATE UNIQUE INDEX as2_received_taken ON as2_received (as2_from, as2_to, message_id) WHERE taken;
CREATE INDEX as2_received_due ON as2_received (due) WHERE due IS NOT NULL;
CREATE INDEX as2_received_at ON as2_received (at);

-- What was sent by AS2: the same bytes for every attempt, and what the partner's receipt said.
CREATE TABLE as2_sent (
  connection text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  message_id text COLLATE "C" NOT NULL UNIQUE,
  content_hash text NOT NULL,
  mic text NOT NULL,
  fields text NOT NULL,
  body bytea NOT NULL,
  at bigint NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'confirmed', 'refused')),
  said text NOT NULL DEFAULT '',
  receipt bytea,
  due bigint NOT NULL,
  PRIMARY KEY (connection, name)
);
CREATE INDEX as2_sent_waiting ON as2_sent (due) WHERE state = 'waiting';
CREATE INDEX as2_sent_at ON as2_sent (at);

-- Down Migration

DROP TABLE as2_sent, as2_received;
