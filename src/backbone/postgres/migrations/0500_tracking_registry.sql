-- Up Migration

-- Links by which the recipient of a shipment follows it without signing in. Only the hash of what a link holds is here.
CREATE TABLE tracking_link (
  id text COLLATE "C" PRIMARY KEY,
  hash text COLLATE "C" NOT NULL UNIQUE,
  tenant text COLLATE "C" NOT NULL,
  shipment text COLLATE "C" NOT NULL,
  -- Whoever made it; 'visitor' for somebody who knew number and postcode.
  made_by text NOT NULL,
  created_at bigint NOT NULL,
  expires_at bigint NOT NULL,
  revoked_at bigint,
  seen_at bigint
) WITH (fillfactor = 80);
CREATE INDEX tracking_link_shipment ON tracking_link (tenant, shipment, id);
CREATE INDEX tracking_link_expires ON tracking_link (expires_at);

-- People who want an e-mail when something changes. The token is in each of those e-mails, so it has to be known; the row goes when they
-- have had enough, when they never agreed, or when the parcel has been there for a while.
CREATE TABLE tracking_follower (
  id text COLLATE "C" PRIMARY KEY,
  token text COLLATE "C" NOT NULL UNIQUE,
  tenant text COLLATE "C" NOT NULL,
  shipment text COLLATE "C" NOT NULL,
  email text NOT NULL,
  language text NOT NULL,
  created_at bigint NOT NULL,
  confirmed_at bigint,
  expires_at bigint NOT NULL,
  -- What they were told last, and of which version of the shipment.
  told text NOT NULL DEFAULT '',
  told_version bigint NOT NULL DEFAULT 0,
  UNIQUE (tenant, shipment, email)
) WITH (fillfactor = 80);
CREATE INDEX tracking_follower_expires ON tracking_follower (expires_at);

-- Down Migration

DROP TABLE tracking_follower, tracking_link;
