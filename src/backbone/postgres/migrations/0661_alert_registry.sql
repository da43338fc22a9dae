-- Up Migration

-- When somebody wants to be told how the business stands. `body` is what they declared; a mute ends by itself.
CREATE TABLE alert_rule (
  id text COLLATE "C" PRIMARY KEY,
  tenant text COLLATE "C" NOT NULL,
  body jsonb NOT NULL,
  muted_until timestamptz,
  muted_reason text NOT NULL DEFAULT '',
  muted_by text NOT NULL DEFAULT '',
  version bigint NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 70);
CREATE INDEX alert_rule_tenant ON alert_rule (tenant, id);

-- Down Migration

DROP TABLE alert_rule;
