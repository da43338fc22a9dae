-- Up Migration
-- What every business check answered last, and what it answered before. Made from the views, so it may be dropped; only the past is lost.
CREATE TABLE watch_check (
  tenant text COLLATE "C" NOT NULL,
  check_id text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  -- Null: nobody knows.
  value double precision,
  asked bigint,
  state text NOT NULL CHECK (state IN ('green', 'amber', 'red', 'unknown', 'failed')),
  -- Since when it is in this state.
  since timestamptz NOT NULL,
  breakdown jsonb NOT NULL,
  sampled_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, check_id)
) WITH (fillfactor = 50);
CREATE TABLE watch_sample (
  tenant text COLLATE "C" NOT NULL,
  check_id text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  value double precision,
  asked bigint,
  state text NOT NULL,
  PRIMARY KEY (tenant, check_id, at)
);
CREATE INDEX watch_sample_age ON watch_sample (at);
-- What is about the hub as a whole is for every tenant to see.
ALTER TABLE watch_check ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE watch_sample ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON watch_check FOR SELECT TO interline_tenant USING (tenant IN ((SELECT current_setting('app.tenant')), '*'));
CREATE POLICY of_tenant ON watch_sample FOR SELECT TO interline_tenant USING (tenant IN ((SELECT current_setting('app.tenant')), '*'));
GRANT SELECT ON watch_check, watch_sample TO interline_tenant;

-- When a connection was heard of last, milliseconds since 1970: to the second, not to the day.
ALTER TABLE intake_count ADD COLUMN last_at bigint;

-- What checks ask of shipments: when the first news came, when the oldest open exception opened, and what nobody told of a delivered one.
ALTER TABLE view_shipment ADD COLUMN began_at timestamptz, ADD COLUMN exception_at timestamptz, ADD COLUMN gaps text[] NOT NULL DEFAULT '{}';
CREATE INDEX view_shipment_under_way ON view_shipment (tenant, carrier)
  WHERE merged_into IS NULL AND status IN ('booked', 'picked_up', 'in_transit', 'out_for_delivery', 'available_for_pickup');
CREATE INDEX view_document_status ON view_document (entity, status);
CREATE INDEX view_posting_effect ON view_posting (effect) WHERE books;

-- Down Migration
DROP INDEX view_posting_effect;
DROP INDEX view_document_status;
DROP INDEX view_shipment_under_way;
ALTER TABLE view_shipment DROP COLUMN began_at, DROP COLUMN exception_at, DROP COLUMN gaps;
ALTER TABLE intake_count DROP COLUMN last_at;
DROP TABLE watch_sample, watch_check;
