-- Up Migration
-- What people have stopped: the translation of what a connection takes in, or what is sent to it. And whose breaker was reset when.
CREATE TABLE flow_control (
  tenant text COLLATE "C" NOT NULL,
  connection text COLLATE "C" NOT NULL,
  stage text COLLATE "C" NOT NULL CHECK (stage IN ('translate', 'dispatch')),
  -- Null: it goes on. Milliseconds since 1970.
  paused_at bigint,
  actor text NOT NULL,
  reason text NOT NULL,
  reset_at bigint,
  PRIMARY KEY (tenant, connection, stage)
);
-- What was held back by a pause goes on when that has ended, whichever instance finds it.
CREATE INDEX parked_paused ON parked (part, off) WHERE code = 'CONNECTION_PAUSED' AND state = 'parked';

-- Each instance of the hub, as it says of itself every few seconds. It is of no tenant, and no tenant reads it.
CREATE TABLE hub_instance (
  instance text COLLATE "C" PRIMARY KEY,
  started_at bigint NOT NULL,
  seen_at bigint NOT NULL,
  body jsonb NOT NULL
);

-- Down Migration
DROP TABLE hub_instance;
DROP INDEX parked_paused;
DROP TABLE flow_control;
