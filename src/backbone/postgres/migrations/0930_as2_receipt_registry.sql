-- Up Migration

-- Which document a message carries, and what its document has heard of the receipt: '' nothing yet.
ALTER TABLE as2_sent
  ADD COLUMN document text COLLATE "C" NOT NULL DEFAULT '',
  ADD COLUMN told text NOT NULL DEFAULT '' CHECK (told IN ('', 'overdue', 'refused', 'mismatched', 'confirmed')),
  ADD COLUMN mismatched boolean NOT NULL DEFAULT false;
CREATE INDEX as2_sent_refused ON as2_sent (at) WHERE state = 'refused' AND document <> '' AND told IN ('', 'overdue');
CREATE INDEX as2_sent_late ON as2_sent (at) WHERE state = 'confirmed' AND told = 'overdue';
-- What a person has sent again before its receipt came is the same message under the same Message-ID, by another name of the ledger.
CREATE INDEX as2_sent_unanswered ON as2_sent (document, content_hash) WHERE state = 'waiting' AND document <> '';
CREATE TABLE as2_sent_again (
  connection text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  message_id text COLLATE "C" NOT NULL REFERENCES as2_sent (message_id) ON DELETE CASCADE,
  PRIMARY KEY (connection, name)
);
CREATE INDEX as2_sent_again_message ON as2_sent_again (message_id);

-- Down Migration

DROP TABLE as2_sent_again;
DROP INDEX as2_sent_unanswered, as2_sent_late, as2_sent_refused;
ALTER TABLE as2_sent DROP COLUMN document, DROP COLUMN told, DROP COLUMN mismatched;
