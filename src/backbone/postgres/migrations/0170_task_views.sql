-- Up Migration
-- What people have to decide: a list that people search, made from the log like all views.
CREATE TABLE view_task (
  id text PRIMARY KEY,
  tenant text NOT NULL,
  version bigint NOT NULL,
  name text NOT NULL,
  role text NOT NULL,
  escalate_to text NOT NULL,
  state text NOT NULL,
  assignee text NOT NULL,
  origin text NOT NULL,
  objects text[] NOT NULL,
  question text NOT NULL,
  decision text NOT NULL,
  overdue boolean NOT NULL,
  due_at timestamptz NOT NULL,
  opened_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX view_task_due ON view_task (tenant, state, due_at, id);
CREATE INDEX view_task_objects ON view_task USING gin (objects);

-- Down Migration
DROP TABLE view_task;
