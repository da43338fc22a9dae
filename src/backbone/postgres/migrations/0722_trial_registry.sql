-- Up Migration

-- The newest trial of each connection, that everybody knows how far a partner is; what was tried is not kept.
CREATE TABLE partner_trial (
  tenant text COLLATE "C" NOT NULL,
  connection text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  passed boolean NOT NULL,
  -- Of the newest one that passed; null before there is one.
  passed_at bigint,
  PRIMARY KEY (tenant, connection)
);
SELECT raise_walls(), raise_partner_walls();

-- Down Migration

DROP TABLE partner_trial;
