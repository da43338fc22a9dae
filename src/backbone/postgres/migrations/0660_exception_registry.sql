-- Up Migration

-- Who works on an open exception, and what they said about it. What is open is asked of the lists and the ledger; only the words of people are
-- kept here. Words that are older than the exception were about an earlier one.
CREATE TABLE exception_claim (
  tenant text COLLATE "C" NOT NULL,
  -- Kind and object: `shipment:shp_…`.
  id text COLLATE "C" NOT NULL,
  -- Id and name of whoever took it, and when; null: nobody has it.
  taken_by text,
  taken_name text,
  taken_at timestamptz,
  -- Whoever knows about it, and why it may stay open.
  acknowledged_by text,
  acknowledged_name text,
  acknowledged_at timestamptz,
  note text NOT NULL DEFAULT '',
  updated_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, id)
) WITH (fillfactor = 70);
CREATE INDEX exception_claim_age ON exception_claim (updated_at);

-- Since when the oldest open exception of a document is open. Of documents that have not changed since: when they changed last.
ALTER TABLE view_document ADD COLUMN exception_at timestamptz;

-- What is open, by age. These indexes hold only what needs somebody.
CREATE INDEX view_shipment_open_exception ON view_shipment (tenant, (coalesce(exception_at, updated_at)), id) WHERE merged_into IS NULL AND exceptions <> '{}';
CREATE INDEX view_document_open_exception ON view_document (tenant, (coalesce(exception_at, updated_at)), id) WHERE merged_into = '' AND exceptions <> '{}';
CREATE INDEX view_document_late ON view_document (tenant, due_at, id) WHERE due_at < 'infinity' AND merged_into = '' AND entity IN ('delivery', 'goods_receipt', 'order');
CREATE INDEX view_transmission_overdue ON view_transmission (tenant, id) WHERE status = 'overdue' OR response = 'overdue';
CREATE INDEX effect_held ON effect (tenant, (to_timestamp(updated_at / 1000.0)), effect_id) WHERE state IN ('refused', 'parked');
CREATE INDEX effect_failing ON effect (tenant, target, command) WHERE state IN ('queued', 'awaiting', 'unknown') AND attempt >= 3;
CREATE INDEX parked_open ON parked (tenant, connection, code, at) WHERE state <> 'released';

-- Down Migration

DROP INDEX parked_open, effect_failing, effect_held, view_transmission_overdue, view_document_late, view_document_open_exception, view_shipment_open_exception;
ALTER TABLE view_document DROP COLUMN exception_at;
DROP TABLE exception_claim;
