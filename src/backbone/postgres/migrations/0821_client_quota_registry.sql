-- Up Migration

-- What one client may send, where it is not what everybody may: a key, a client, a person or a connection.
CREATE TABLE client_quota (
  tenant text COLLATE "C" NOT NULL,
  client text COLLATE "C" NOT NULL,
  per_second integer NOT NULL CHECK (per_second > 0),
  burst integer NOT NULL CHECK (burst > 0),
  version integer NOT NULL,
  changed_at bigint NOT NULL,
  PRIMARY KEY (tenant, client)
);
SELECT raise_walls(), raise_partner_walls();

-- Down Migration

DROP TABLE client_quota;
