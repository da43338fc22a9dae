-- Up Migration

-- What was measured of each service level in each period, with the promise as it was then.
CREATE TABLE watch_sla (
  tenant text COLLATE "C" NOT NULL,
  sla text COLLATE "C" NOT NULL,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  promise jsonb NOT NULL,
  met bigint NOT NULL,
  missed bigint NOT NULL,
  open bigint NOT NULL,
  unknown bigint NOT NULL,
  measured_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, sla, starts_at)
) WITH (fillfactor = 70);
CREATE INDEX watch_sla_age ON watch_sla (ends_at);
ALTER TABLE watch_sla ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON watch_sla FOR SELECT TO interline_tenant USING (tenant = (SELECT current_setting('app.tenant')));
GRANT SELECT ON watch_sla TO interline_tenant;

-- Down Migration

DROP TABLE watch_sla;
