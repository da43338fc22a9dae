-- Up Migration

-- What is wrong with the receipt of the transport; '' where nothing is, or nothing is known yet.
ALTER TABLE view_transmission ADD COLUMN receipt text NOT NULL DEFAULT '';
CREATE INDEX view_transmission_receipt ON view_transmission (tenant, id) WHERE receipt <> '';

-- Down Migration

DROP INDEX view_transmission_receipt;
ALTER TABLE view_transmission DROP COLUMN receipt;
