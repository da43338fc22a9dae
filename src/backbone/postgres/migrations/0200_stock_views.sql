-- Up Migration
-- Comparisons of stock with other systems, the newest of each connection.
CREATE TABLE view_stock_comparison (
  id text PRIMARY KEY,
  tenant text NOT NULL,
  connection text NOT NULL,
  started_at timestamptz NOT NULL,
  body jsonb NOT NULL
);
CREATE INDEX view_stock_comparison_newest ON view_stock_comparison (tenant, connection, started_at DESC);
CREATE TABLE view_stock_difference (
  comparison text NOT NULL REFERENCES view_stock_comparison ON DELETE CASCADE,
  sku text COLLATE "C" NOT NULL,
  location text COLLATE "C" NOT NULL,
  status text COLLATE "C" NOT NULL,
  lot text COLLATE "C" NOT NULL,
  cause text NOT NULL,
  body jsonb NOT NULL,
  PRIMARY KEY (comparison, sku, location, status, lot)
);
-- Items are read in the order of bytes, as other systems list them.
CREATE INDEX view_balance_sku_bytes ON view_balance (tenant, sku COLLATE "C");

-- Down Migration
DROP INDEX view_balance_sku_bytes;
DROP TABLE view_stock_difference;
DROP TABLE view_stock_comparison;
