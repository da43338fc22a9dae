-- Up Migration
-- Documents to partners and what became of them: a list that people search, made from the log like all views.
CREATE TABLE view_transmission (
  id text PRIMARY KEY,
  tenant text NOT NULL,
  version bigint NOT NULL,
  connection text NOT NULL,
  command text NOT NULL,
  about text NOT NULL,
  status text NOT NULL,
  document_set text NOT NULL,
  number text NOT NULL,
  interchange bigint,
  sends integer NOT NULL,
  due_at timestamptz,
  updated_at timestamptz NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX view_transmission_recent ON view_transmission (tenant, updated_at DESC, id DESC);
CREATE INDEX view_transmission_about ON view_transmission (about);
CREATE INDEX view_transmission_open ON view_transmission (connection, status) WHERE status NOT IN ('acknowledged', 'closed');

-- Down Migration
DROP TABLE view_transmission;
