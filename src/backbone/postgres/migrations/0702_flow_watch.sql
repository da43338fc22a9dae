-- Up Migration
-- How much came and went, one row a minute: the past of the flow. May be dropped; only the past is lost.
CREATE TABLE flow_sample (
  tenant text COLLATE "C" NOT NULL,
  connection text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  -- All that was ever accepted, as far as counters are kept.
  accepted_total bigint NOT NULL,
  -- Since the row before.
  sent bigint NOT NULL,
  failed bigint NOT NULL,
  PRIMARY KEY (tenant, connection, at)
);
CREATE INDEX flow_sample_age ON flow_sample (at);
ALTER TABLE flow_sample ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON flow_sample FOR SELECT TO interline_tenant USING (tenant = (SELECT current_setting('app.tenant')));
GRANT SELECT ON flow_sample TO interline_tenant;

-- Down Migration
DROP TABLE flow_sample;
