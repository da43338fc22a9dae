-- Up Migration
-- What the business of a partner owes for a document, beside the receipt for it.
ALTER TABLE view_transmission ADD COLUMN response text NOT NULL DEFAULT '', ADD COLUMN response_due_at timestamptz;
CREATE INDEX view_transmission_response ON view_transmission (connection, response) WHERE response IN ('awaited', 'overdue');

-- Down Migration
DROP INDEX view_transmission_response;
ALTER TABLE view_transmission DROP COLUMN response, DROP COLUMN response_due_at;
