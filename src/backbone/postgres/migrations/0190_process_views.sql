-- Up Migration
-- Processes under way and over: a list that people search, made from the log like all views.
CREATE TABLE view_process (
  id text PRIMARY KEY,
  tenant text NOT NULL,
  version bigint NOT NULL,
  process text NOT NULL,
  definition bigint NOT NULL,
  key text NOT NULL,
  state text NOT NULL,
  branches text[] NOT NULL,
  open_tasks bigint NOT NULL,
  is_over boolean NOT NULL,
  next_due timestamptz NOT NULL,
  started_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX view_process_open ON view_process (tenant, is_over, next_due, id);
CREATE INDEX view_process_key ON view_process (tenant, process, key);

-- Down Migration
DROP TABLE view_process;
