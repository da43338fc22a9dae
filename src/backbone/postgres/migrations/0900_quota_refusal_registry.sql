-- Up Migration

-- Requests that were refused because a quota was used up, by hour and operation: what people ask who are told "too many requests".
CREATE TABLE quota_refusal (
  tenant text COLLATE "C" NOT NULL,
  -- Id of a key, a client or a person, or name of a connection.
  client text COLLATE "C" NOT NULL,
  -- Whose it is; null for our own and for connections.
  partner text COLLATE "C",
  operation text COLLATE "C" NOT NULL,
  -- Begin of the hour, ms since 1970.
  hour bigint NOT NULL,
  refused integer NOT NULL,
  last_at bigint NOT NULL,
  PRIMARY KEY (tenant, client, hour, operation)
);
CREATE INDEX quota_refusal_by_hour ON quota_refusal (hour);
SELECT raise_walls(), raise_partner_walls();

-- A partner sees those of its own keys and clients, and of its own connections.
DROP POLICY of_partner ON quota_refusal;
CREATE POLICY of_partner ON quota_refusal AS RESTRICTIVE TO interline_tenant
  USING ((SELECT coalesce(current_setting('app.connections', true), '')) = ''
    OR client = ANY (string_to_array((SELECT coalesce(current_setting('app.connections', true), '')), ' '))
    OR 'partner:' || partner = ANY (string_to_array((SELECT coalesce(current_setting('app.parts', true), '')), chr(31))));

-- Down Migration

DROP TABLE quota_refusal;
