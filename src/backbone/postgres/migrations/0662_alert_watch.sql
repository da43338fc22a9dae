-- Up Migration

-- How far each rule is: what it waits for outlives the hub.
CREATE TABLE alert_standing (
  rule text COLLATE "C" PRIMARY KEY,
  tenant text COLLATE "C" NOT NULL,
  phase text NOT NULL CHECK (phase IN ('calm', 'pending', 'firing', 'clearing')),
  since timestamptz NOT NULL
) WITH (fillfactor = 50);

-- Each time that a rule fired. One that is open is open once.
CREATE TABLE alert_firing (
  id text COLLATE "C" PRIMARY KEY,
  tenant text COLLATE "C" NOT NULL,
  rule text COLLATE "C" NOT NULL,
  -- The rule as it was then.
  body jsonb NOT NULL,
  fired_at timestamptz NOT NULL,
  resolved_at timestamptz,
  -- The figure when it fired; null: nobody knew.
  value double precision,
  -- How often it was told, and when last.
  told integer NOT NULL DEFAULT 0,
  told_at timestamptz,
  resolved_told boolean NOT NULL DEFAULT false
) WITH (fillfactor = 70);
CREATE UNIQUE INDEX alert_firing_open ON alert_firing (rule) WHERE resolved_at IS NULL;
CREATE INDEX alert_firing_newest ON alert_firing (tenant, fired_at DESC, id DESC);
CREATE INDEX alert_firing_age ON alert_firing (resolved_at) WHERE resolved_at IS NOT NULL;

-- Written by those who watch alone.
ALTER TABLE alert_standing ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE alert_firing ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON alert_standing FOR SELECT TO interline_tenant USING (tenant = (SELECT current_setting('app.tenant')));
CREATE POLICY of_tenant ON alert_firing FOR SELECT TO interline_tenant USING (tenant = (SELECT current_setting('app.tenant')));
GRANT SELECT ON alert_standing, alert_firing TO interline_tenant;

-- Down Migration

DROP TABLE alert_firing, alert_standing;
