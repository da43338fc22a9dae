-- Up Migration

-- Somebody may call an erasure off. `found` is what the look for messages has found so far, so that whoever goes on with it need not begin anew;
-- `stays` what was kept all the same, and why.
ALTER TABLE erasure DROP CONSTRAINT erasure_state_check;
ALTER TABLE erasure ADD CONSTRAINT erasure_state_check CHECK (state IN ('running', 'done', 'cancelled'));
ALTER TABLE erasure ADD COLUMN found text[] NOT NULL DEFAULT '{}', ADD COLUMN stays jsonb NOT NULL DEFAULT '[]';

-- Down Migration

ALTER TABLE erasure DROP COLUMN found, DROP COLUMN stays;
UPDATE erasure SET state = 'done' WHERE state = 'cancelled';
ALTER TABLE erasure DROP CONSTRAINT erasure_state_check;
ALTER TABLE erasure ADD CONSTRAINT erasure_state_check CHECK (state IN ('running', 'done'));
