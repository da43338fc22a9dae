-- Up Migration

-- What somebody likes to see of a list: filters, columns, order. Of one person, or shown to everybody of the tenant.
CREATE TABLE saved_view (
  id text COLLATE "C" PRIMARY KEY,
  tenant text COLLATE "C" NOT NULL,
  -- Person or key that keeps it.
  owner text COLLATE "C" NOT NULL,
  -- Address of the screen.
  list text COLLATE "C" NOT NULL,
  name text NOT NULL,
  search text NOT NULL,
  shared boolean NOT NULL,
  changed_at bigint NOT NULL,
  UNIQUE (tenant, owner, list, name)
);
CREATE INDEX saved_view_shared ON saved_view (tenant, list, name) WHERE shared;

-- Down Migration

DROP TABLE saved_view;
