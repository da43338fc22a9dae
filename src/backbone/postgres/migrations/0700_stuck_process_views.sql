-- Up Migration
-- What does not go on by itself comes first in the list of processes: the earlier of the time since when it is stuck and of its next timer.
ALTER TABLE view_process
  ADD COLUMN stuck_since timestamptz NOT NULL DEFAULT 'infinity',
  ADD COLUMN stuck_by text NOT NULL DEFAULT '',
  ADD COLUMN attention_at timestamptz NOT NULL GENERATED ALWAYS AS (least(stuck_since, next_due)) STORED;
DROP INDEX view_process_open;
CREATE INDEX view_process_open ON view_process (tenant, is_over, attention_at, id);

-- Down Migration
DROP INDEX view_process_open;
ALTER TABLE view_process DROP COLUMN attention_at, DROP COLUMN stuck_by, DROP COLUMN stuck_since;
CREATE INDEX view_process_open ON view_process (tenant, is_over, next_due, id);
