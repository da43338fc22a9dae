-- Up Migration
-- Lists that people search; made from the log and the states, so they may be dropped and made again at any time.
CREATE TABLE view_reference (
  tenant text NOT NULL,
  entity text NOT NULL,
  scheme text NOT NULL,
  issuer text NOT NULL,
  value text NOT NULL,
  normalized text NOT NULL,
  subject text NOT NULL,
  seen_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, normalized, entity, scheme, issuer, subject)
);
CREATE INDEX view_reference_subject ON view_reference (subject);

CREATE TABLE view_shipment (
  id text PRIMARY KEY,
  tenant text NOT NULL,
  version bigint NOT NULL,
  status text NOT NULL,
  carrier text NOT NULL,
  tracking_number text NOT NULL,
  exceptions text[] NOT NULL,
  eta timestamptz,
  updated_at timestamptz NOT NULL,
  merged_into text
) WITH (fillfactor = 80);
CREATE INDEX view_shipment_recent ON view_shipment (tenant, updated_at DESC, id DESC);
CREATE INDEX view_shipment_exceptions ON view_shipment USING gin (exceptions) WHERE exceptions <> '{}';

CREATE TABLE view_balance (
  tenant text NOT NULL,
  subject text NOT NULL,
  version bigint NOT NULL,
  sku text NOT NULL,
  location text NOT NULL,
  status text NOT NULL,
  owner text NOT NULL,
  lot text NOT NULL,
  serial text NOT NULL,
  package text NOT NULL,
  on_hand numeric NOT NULL,
  uom text NOT NULL,
  as_of timestamptz NOT NULL,
  PRIMARY KEY (tenant, sku, location, status, owner, lot, serial, package)
) WITH (fillfactor = 80);

-- Down Migration
DROP TABLE view_balance;
DROP TABLE view_shipment;
DROP TABLE view_reference;
