-- Up Migration
-- Orders, deliveries, receipts, returns, invoices, appointments: lists that people search, made from the log like all views.
CREATE TABLE view_document (
  id text PRIMARY KEY,
  tenant text NOT NULL,
  entity text NOT NULL,
  version bigint NOT NULL,
  number text NOT NULL,
  status text NOT NULL,
  names text[] NOT NULL,
  mentions text[] NOT NULL,
  parties text[] NOT NULL,
  locations text[] NOT NULL,
  carriers text[] NOT NULL,
  exceptions text[] NOT NULL,
  placed_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  merged_into text NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX view_document_recent ON view_document (tenant, entity, updated_at DESC, id DESC);
CREATE INDEX view_document_due ON view_document (tenant, entity, due_at) WHERE due_at < 'infinity';
CREATE INDEX view_document_mentions ON view_document USING gin (mentions);

-- Which effects of the ledger tell of which object: by hub id and by number. What became of them is in the ledger alone.
CREATE TABLE view_posting (
  tenant text NOT NULL,
  name text COLLATE "C" NOT NULL,
  effect text COLLATE "C" NOT NULL,
  command text NOT NULL,
  target text NOT NULL,
  books boolean NOT NULL,
  PRIMARY KEY (tenant, name, effect)
);

-- Down Migration
DROP TABLE view_posting;
DROP TABLE view_document;
