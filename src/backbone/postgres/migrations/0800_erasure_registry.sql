-- Up Migration

-- People who were erased. It does not say who they were: only their objects, and prints by which a restored backup is erased again. `person`
-- is what they are known by, and is there only while the work lasts.
CREATE TABLE erasure (
  tenant text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  actor text NOT NULL,
  reason text NOT NULL,
  state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'done')),
  person text,
  objects text[] NOT NULL,
  salt text NOT NULL,
  prints text[] NOT NULL,
  -- Messages that tell of them, once they are found: what facts come from must be known before the facts are changed.
  messages text[],
  erased jsonb NOT NULL DEFAULT '{}',
  at bigint NOT NULL,
  done_at bigint,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX erasure_newest ON erasure (tenant, at DESC, id DESC);

-- States without somebody. Whoever has the partition goes on with what was true before, so he is fenced and forgets it: his next step fails,
-- and he takes the partition anew. Gives how many were as they were read.
CREATE FUNCTION erase_states(of_part smallint, subjects text[], were text[], bodies text[]) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  n integer;
BEGIN
  PERFORM FROM owner WHERE part = of_part AND consumer IN ('advance', 'translate') ORDER BY consumer FOR UPDATE;
  UPDATE state s SET body = u.body FROM unnest(subjects, were, bodies) u(subject, was, body) WHERE s.subject = u.subject AND s.body = u.was;
  GET DIAGNOSTICS n = ROW_COUNT;
  UPDATE owner SET epoch = epoch + 1, until = '-infinity' WHERE part = of_part AND consumer IN ('advance', 'translate');
  RETURN n;
END $$;

SELECT raise_walls(), raise_partner_walls();

-- Down Migration

DROP FUNCTION erase_states;
DROP TABLE erasure;
