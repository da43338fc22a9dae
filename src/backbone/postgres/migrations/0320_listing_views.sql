-- Up Migration
-- What each sales channel was told last of each item: a list that people search, made from the log like all views.
CREATE TABLE view_listing (
  id text PRIMARY KEY,
  tenant text NOT NULL,
  version bigint NOT NULL,
  channel text COLLATE "C" NOT NULL,
  sku text COLLATE "C" NOT NULL,
  uom text NOT NULL,
  quantity text NOT NULL,
  told text NOT NULL,
  told_at text NOT NULL,
  sequence bigint NOT NULL,
  state text NOT NULL,
  reason text NOT NULL,
  dropped bigint NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX view_listing_item ON view_listing (tenant, sku, channel, id);

-- Down Migration
DROP TABLE view_listing;
