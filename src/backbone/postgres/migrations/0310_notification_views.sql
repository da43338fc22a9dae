-- Up Migration
-- What was told to whom, or why not: lists that people search, made from the log like all views. No address and no name is in them.
CREATE TABLE view_notification (
  id text PRIMARY KEY,
  tenant text NOT NULL,
  version bigint NOT NULL,
  recipient text NOT NULL,
  rule text NOT NULL,
  channel text NOT NULL,
  event text NOT NULL,
  object text NOT NULL,
  number text NOT NULL,
  status text NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX view_notification_newest ON view_notification (tenant, at DESC, id DESC);
CREATE INDEX view_notification_number ON view_notification (tenant, number, at DESC);
CREATE INDEX view_notification_recipient ON view_notification (tenant, recipient, at DESC);
CREATE TABLE view_recipient (
  id text PRIMARY KEY,
  tenant text NOT NULL,
  version bigint NOT NULL,
  channel text NOT NULL,
  reason text NOT NULL,
  said_by text NOT NULL,
  since timestamptz NOT NULL
) WITH (fillfactor = 80);
CREATE INDEX view_recipient_suppressed ON view_recipient (tenant, since DESC, id DESC) WHERE reason <> '';

-- Down Migration
DROP TABLE view_recipient;
DROP TABLE view_notification;
