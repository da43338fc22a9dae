-- Up Migration
-- A job can be paused, and what it could not do is kept as long as the job.
ALTER TABLE job DROP CONSTRAINT job_state_check;
ALTER TABLE job ADD CONSTRAINT job_state_check CHECK (state IN ('queued', 'running', 'paused', 'done', 'failed', 'cancelled'));

CREATE TABLE job_failure (
  tenant text COLLATE "C" NOT NULL,
  job text COLLATE "C" NOT NULL REFERENCES job (id) ON DELETE CASCADE,
  item text COLLATE "C" NOT NULL,
  code text NOT NULL,
  detail text NOT NULL,
  PRIMARY KEY (tenant, job, item)
);
CREATE INDEX job_failure_item ON job_failure (job, item);

ALTER TABLE job_failure ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON job_failure TO interline_tenant USING (tenant = (SELECT current_setting('app.tenant')));
GRANT SELECT ON job_failure TO interline_tenant;

-- Down Migration
DROP TABLE job_failure;
UPDATE job SET state = 'queued' WHERE state = 'paused';
ALTER TABLE job DROP CONSTRAINT job_state_check;
ALTER TABLE job ADD CONSTRAINT job_state_check CHECK (state IN ('queued', 'running', 'done', 'failed', 'cancelled'));
