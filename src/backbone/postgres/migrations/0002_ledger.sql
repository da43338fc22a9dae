-- Up Migration

-- Milliseconds since 1970 by the clock of the database. Of the statement, so that it can be the condition of an index scan.
CREATE FUNCTION now_ms() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT (extract(epoch FROM statement_timestamp()) * 1000)::bigint
$$;

-- One (tenant, target, key): mutex, schedule and head pointer. `class` and `priority` are those of the head.
CREATE TABLE lane (
  lane_id text COLLATE "C" PRIMARY KEY,
  tenant text NOT NULL,
  target text COLLATE "C" NOT NULL,
  key text NOT NULL,
  head_seq bigint,
  next_seq bigint NOT NULL DEFAULT 0,
  next_at bigint,
  hold_until bigint,
  claim_epoch bigint NOT NULL DEFAULT 0,
  claim_until bigint,
  claimed_by text,
  class text NOT NULL,
  priority integer NOT NULL,
  CHECK (next_at IS NULL OR head_seq IS NOT NULL)
) WITH (fillfactor = 70);
CREATE INDEX lane_due ON lane (target, priority, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX lane_open ON lane (target) WHERE head_seq IS NOT NULL;

CREATE TABLE effect (
  effect_id text COLLATE "C" PRIMARY KEY,
  lane_id text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  tenant text NOT NULL,
  natural_key text COLLATE "C" NOT NULL,
  target text COLLATE "C" NOT NULL,
  key text NOT NULL,
  command text COLLATE "C" NOT NULL,
  external_reference text COLLATE "C" NOT NULL,
  payload text NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  class text NOT NULL,
  priority integer NOT NULL,
  state text COLLATE "C" NOT NULL DEFAULT 'queued',
  attempt integer NOT NULL DEFAULT 0,
  ambiguous integer NOT NULL DEFAULT 0,
  process_deaths integer NOT NULL DEFAULT 0,
  first_sent_at bigint,
  send_deadline bigint,
  not_before bigint,
  next_at bigint,
  expires_at bigint,
  document_reference text,
  reason text,
  causation text COLLATE "C" NOT NULL,
  correlation text COLLATE "C" NOT NULL,
  trace text NOT NULL,
  created_at bigint NOT NULL,
  updated_at bigint NOT NULL,
  UNIQUE (lane_id, seq),
  UNIQUE (tenant, natural_key),
  UNIQUE (target, external_reference)
) WITH (fillfactor = 70);
CREATE INDEX effect_correlation ON effect (correlation);
CREATE INDEX effect_causation ON effect (causation);
CREATE INDEX effect_unsettled ON effect (target, command, state) WHERE state NOT IN ('applied', 'cancelled');

-- One row an attempt, made before anything leaves; its end is filled in once.
CREATE TABLE effect_attempt (
  effect_id text COLLATE "C" NOT NULL,
  attempt integer NOT NULL,
  claim_epoch bigint NOT NULL,
  intent_at bigint NOT NULL,
  send_deadline bigint NOT NULL,
  payload_hash bytea NOT NULL,
  wire boolean,
  ended_at bigint,
  outcome text,
  status integer,
  PRIMARY KEY (effect_id, attempt)
);

-- Facts about the world. Append-only, never fenced.
CREATE TABLE effect_evidence (
  no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  effect_id text COLLATE "C" NOT NULL,
  attempt integer NOT NULL,
  seen_at bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('answer', 'read_back', 'operator')),
  document_reference text,
  detail text
);
CREATE INDEX effect_evidence_effect ON effect_evidence (effect_id, no);

-- The legal state graph: the second wall behind src/backbone/transitions.ts. A row may not be born in the middle of it either.
CREATE FUNCTION guard_effect_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state = 'queued' THEN
      RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an effect begins as queued, not as %', NEW.state USING ERRCODE = 'IL006';
  END IF;
  IF NEW.state = OLD.state AND OLD.state NOT IN ('queued', 'sending', 'applied', 'cancelled', 'refused', 'parked') THEN
    RETURN NEW;
  END IF;
  IF (OLD.state, NEW.state) NOT IN (
    ('queued', 'sending'), ('queued', 'parked'), ('queued', 'cancelled'),
    ('sending', 'queued'), ('sending', 'applied'), ('sending', 'refused'), ('sending', 'awaiting'), ('sending', 'unknown'), ('sending', 'parked'),
    ('awaiting', 'applied'), ('awaiting', 'refused'), ('awaiting', 'unknown'),
    ('unknown', 'applied'), ('unknown', 'queued'), ('unknown', 'parked'),
    ('refused', 'queued'), ('refused', 'unknown'), ('refused', 'applied'), ('refused', 'cancelled'),
    ('parked', 'queued'), ('parked', 'unknown'), ('parked', 'applied'), ('parked', 'cancelled')
  ) THEN
    RAISE EXCEPTION 'an effect cannot go from % to %', OLD.state, NEW.state USING ERRCODE = 'IL006';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER effect_state BEFORE INSERT OR UPDATE OF state ON effect FOR EACH ROW EXECUTE FUNCTION guard_effect_state();

-- Inserts what is not there by natural key, each at the end of its lane; lanes are locked in order of their ids.
CREATE FUNCTION add_effects(
  ids text[], lanes text[], tenants text[], natural_keys text[], targets text[], keys text[], commands text[], refs text[], payloads text[],
  classes text[], priorities integer[], causations text[], correlations text[], traces text[], expiries bigint[]
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  now_at bigint := now_ms();
BEGIN
  INSERT INTO lane (lane_id, tenant, target, key, class, priority)
    SELECT DISTINCT ON (u.lane COLLATE "C") u.lane, u.tenant, u.target, u.key, u.class, u.priority
      FROM unnest(lanes, tenants, targets, keys, classes, priorities) u(lane, tenant, target, key, class, priority)
     ORDER BY u.lane COLLATE "C"
    ON CONFLICT DO NOTHING;
  PERFORM FROM lane WHERE lane_id = ANY (lanes) ORDER BY lane_id FOR UPDATE;
  WITH fresh AS MATERIALIZED (
    SELECT DISTINCT ON (u.tenant, u.natural_key) u.*
      FROM unnest(ids, lanes, tenants, natural_keys, targets, keys, commands, refs, payloads, classes, priorities, causations, correlations, traces, expiries)
             WITH ORDINALITY u(id, lane, tenant, natural_key, target, key, command, ref, payload, class, priority, causation, correlation, trace, expiry, no)
     WHERE NOT EXISTS (SELECT FROM effect e WHERE e.tenant = u.tenant AND e.natural_key = u.natural_key)
     ORDER BY u.tenant, u.natural_key, u.no
  ), placed AS (
    INSERT INTO effect (effect_id, lane_id, seq, tenant, natural_key, target, key, command, external_reference, payload, class, priority,
                        causation, correlation, trace, expires_at, created_at, updated_at)
      SELECT f.id, f.lane, l.next_seq + row_number() OVER (PARTITION BY f.lane ORDER BY f.no) - 1, f.tenant, f.natural_key, f.target, f.key, f.command,
             f.ref, f.payload, f.class, f.priority, f.causation, f.correlation, f.trace, f.expiry, now_at, now_at
        FROM fresh f JOIN lane l ON l.lane_id = f.lane
    RETURNING lane_id, seq, class, priority
  ), added AS (
    SELECT lane_id, count(*) AS n, min(seq) AS first, (array_agg(class ORDER BY seq))[1] AS class, (array_agg(priority ORDER BY seq))[1] AS priority
      FROM placed GROUP BY lane_id
  )
  UPDATE lane l SET
      next_seq = l.next_seq + a.n,
      head_seq = coalesce(l.head_seq, a.first),
      next_at = CASE WHEN l.head_seq IS NULL THEN greatest(now_at, l.hold_until) ELSE l.next_at END,
      class = CASE WHEN l.head_seq IS NULL THEN a.class ELSE l.class END,
      priority = CASE WHEN l.head_seq IS NULL THEN a.priority ELSE l.priority END
    FROM added a WHERE l.lane_id = a.lane_id;
END $$;

-- Due lanes, most urgent first; only the head of each is ever worked on.
CREATE FUNCTION claim_lanes(node text, seconds double precision, most integer, excluded text[], wanted text[], classes text[])
RETURNS TABLE (lane_id text, claim_epoch bigint, claim_until bigint, head_seq bigint)
LANGUAGE sql AS $$
  WITH c AS (
    SELECT l.lane_id FROM lane l
     WHERE l.next_at <= now_ms() AND (l.claim_until IS NULL OR l.claim_until < now_ms())
       AND (wanted IS NULL OR l.target = ANY (wanted)) AND (excluded IS NULL OR l.target <> ALL (excluded))
       AND (classes IS NULL OR l.class = ANY (classes))
     ORDER BY l.priority, l.next_at, l.lane_id LIMIT most FOR UPDATE SKIP LOCKED
  )
  UPDATE lane l SET claim_epoch = l.claim_epoch + 1, claim_until = now_ms() + (seconds * 1000)::bigint, claimed_by = node
    FROM c WHERE l.lane_id = c.lane_id
  RETURNING l.lane_id, l.claim_epoch, l.claim_until, l.head_seq
$$;

-- queued -> sending. The time is that of the clock, not of the statement: it may have waited for a lock.
CREATE FUNCTION intend_effects(lanes text[], epochs bigint[], effects text[], reserves bigint[])
RETURNS TABLE (no integer, attempt integer, send_deadline bigint, ms_left double precision)
LANGUAGE plpgsql AS $$
DECLARE
  at bigint;
BEGIN
  PERFORM FROM lane WHERE lane.lane_id = ANY (lanes) ORDER BY lane.lane_id FOR UPDATE;
  at := (extract(epoch FROM clock_timestamp()) * 1000)::bigint;
  RETURN QUERY
    WITH going AS (
      UPDATE effect e SET state = 'sending', attempt = e.attempt + 1, send_deadline = l.claim_until - u.reserve,
             first_sent_at = coalesce(e.first_sent_at, at), updated_at = at
        FROM unnest(lanes, epochs, effects, reserves) WITH ORDINALITY u(lane, epoch, effect, reserve, no)
        JOIN lane l ON l.lane_id = u.lane
       WHERE e.effect_id = u.effect AND e.lane_id = u.lane AND e.seq = l.head_seq AND e.state = 'queued'
         AND l.claim_epoch = u.epoch AND l.claim_until - u.reserve > at
      RETURNING u.no, u.epoch, e.effect_id, e.attempt, e.send_deadline, e.payload
    ), noted AS (
      INSERT INTO effect_attempt (effect_id, attempt, claim_epoch, intent_at, send_deadline, payload_hash)
        SELECT g.effect_id, g.attempt, g.epoch, at, g.send_deadline, sha256(convert_to(g.payload, 'UTF8')) FROM going g
    )
    SELECT g.no::integer, g.attempt, g.send_deadline, g.send_deadline - extract(epoch FROM clock_timestamp())::double precision * 1000 FROM going g;
END $$;

-- Where a lane stands after its head came to `state`.
CREATE FUNCTION move_lane(id text, state text, at bigint, due bigint) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  head record;
BEGIN
  IF state IN ('refused', 'parked') THEN
    UPDATE lane SET claim_until = NULL, claimed_by = NULL, next_at = NULL WHERE lane_id = id;
  ELSIF state NOT IN ('applied', 'cancelled') THEN
    UPDATE lane SET claim_until = NULL, claimed_by = NULL, next_at = coalesce(due, at) WHERE lane_id = id;
  ELSE
    SELECT e.seq, e.class, e.priority, e.state IN ('refused', 'parked') AS held INTO head
      FROM effect e JOIN lane l ON l.lane_id = e.lane_id
     WHERE e.lane_id = id AND e.seq > l.head_seq AND e.state NOT IN ('applied', 'cancelled') ORDER BY e.seq LIMIT 1;
    UPDATE lane SET
        claim_until = NULL, claimed_by = NULL, head_seq = head.seq,
        next_at = CASE WHEN head.seq IS NOT NULL AND NOT head.held THEN greatest(at, hold_until) END,
        class = coalesce(head.class, class), priority = coalesce(head.priority, priority)
      WHERE lane_id = id;
  END IF;
END $$;

-- Outcomes, fenced by the claim. Heads of the fact log are locked before lanes, as in a step. Gives one boolean a row.
CREATE FUNCTION conclude_effects(conclusions jsonb) RETURNS boolean[]
LANGUAGE plpgsql AS $$
DECLARE
  at bigint := now_ms();
  c record;
  l record;
  results boolean[] := '{}';
  f_parts smallint[] := '{}';
  f_bytes bytea[] := '{}';
  f_subjects integer[] := '{}';
  f_origin_parts smallint[] := '{}';
  f_origins bigint[] := '{}';
BEGIN
  PERFORM FROM fact_head WHERE part IN (SELECT (value ->> 'fact_part')::smallint FROM jsonb_array_elements(conclusions)) ORDER BY part FOR UPDATE;
  PERFORM FROM lane WHERE lane_id IN (SELECT value ->> 'lane' FROM jsonb_array_elements(conclusions)) ORDER BY lane_id FOR UPDATE;
  FOR c IN
    SELECT * FROM jsonb_to_recordset(conclusions) AS r(
      lane text, epoch bigint, effect text, was text, becomes text, next_at bigint, not_before bigint, hold_until bigint, document text, reason text,
      ambiguous integer, deaths integer, wire boolean, outcome text, status integer, ended_at bigint,
      fact_part smallint, fact_bytes text, fact_subject integer, fact_origin_part smallint, fact_origin bigint)
  LOOP
    SELECT * INTO l FROM lane WHERE lane_id = c.lane AND claim_epoch = c.epoch AND claim_until IS NOT NULL;
    IF FOUND THEN
      UPDATE effect e SET
          state = c.becomes, updated_at = at, ambiguous = e.ambiguous + c.ambiguous, process_deaths = e.process_deaths + c.deaths,
          next_at = coalesce(c.next_at, e.next_at), not_before = coalesce(c.not_before, e.not_before),
          document_reference = coalesce(c.document, e.document_reference), reason = coalesce(c.reason, e.reason)
        WHERE e.effect_id = c.effect AND e.lane_id = c.lane AND e.seq = l.head_seq AND e.state = c.was;
    END IF;
    results := results || FOUND;
    CONTINUE WHEN NOT FOUND;
    IF c.outcome IS NOT NULL THEN
      UPDATE effect_attempt a SET wire = c.wire, outcome = c.outcome, status = c.status, ended_at = c.ended_at
        FROM effect e WHERE e.effect_id = c.effect AND a.effect_id = c.effect AND a.attempt = e.attempt;
    END IF;
    IF c.hold_until IS NOT NULL THEN
      UPDATE lane SET hold_until = greatest(hold_until, c.hold_until) WHERE lane_id = c.lane;
    END IF;
    PERFORM move_lane(c.lane, c.becomes, at, c.next_at);
    IF c.fact_part IS NOT NULL THEN
      f_parts := f_parts || c.fact_part;
      f_bytes := f_bytes || decode(c.fact_bytes, 'base64');
      f_subjects := f_subjects || c.fact_subject;
      f_origin_parts := f_origin_parts || c.fact_origin_part;
      f_origins := f_origins || c.fact_origin;
    END IF;
  END LOOP;
  PERFORM append_facts_anywhere(f_parts, f_bytes, f_subjects, f_origin_parts, f_origins);
  RETURN results;
END $$;

-- Facts in the order given, each to its partition and in a row of its own. For the few that do not come from a step.
CREATE FUNCTION append_facts_anywhere(to_parts smallint[], bytes bytea[], subjects integer[], origin_parts smallint[], origins bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  p smallint[];
  n integer[];
BEGIN
  IF cardinality(to_parts) = 0 THEN
    RETURN;
  END IF;
  SELECT array_agg(s.part ORDER BY s.part), array_agg(s.n ORDER BY s.part) INTO p, n
    FROM (SELECT part, count(*)::integer AS n FROM unnest(to_parts) part GROUP BY part) s;
  PERFORM append_facts(
      p, n, NULL, array_agg(u.place ORDER BY u.no), array_agg(u.rank ORDER BY u.no), array_agg(1 ORDER BY u.no), array_agg(u.no ORDER BY u.no),
      array_agg(u.no ORDER BY u.no), bytes, subjects,
      coalesce(array_agg(u.place ORDER BY u.no) FILTER (WHERE u.origin IS NOT NULL), '{}'),
      coalesce(array_agg(u.rank ORDER BY u.no) FILTER (WHERE u.origin IS NOT NULL), '{}'),
      coalesce(array_agg(u.origin_part ORDER BY u.no) FILTER (WHERE u.origin IS NOT NULL), '{}'),
      coalesce(array_agg(u.origin ORDER BY u.no) FILTER (WHERE u.origin IS NOT NULL), '{}'),
      coalesce(array_agg(u.origin ORDER BY u.no) FILTER (WHERE u.origin IS NOT NULL), '{}'))
    FROM (
      SELECT no::integer AS no, array_position(p, part)::smallint AS place, (row_number() OVER (PARTITION BY part ORDER BY no) - 1)::integer AS rank,
             origin_part, origin
        FROM unnest(to_parts, origin_parts, origins) WITH ORDINALITY u(part, origin_part, origin, no)
    ) u;
END $$;

-- What a person decides. The lane is locked first; whoever holds it works on what was true before and is fenced.
CREATE FUNCTION decide_effect(
  id text, action text, new_payload text, document text, why text, decided_by text,
  fact_part smallint, fact_bytes bytea, fact_subject integer, fact_origin_part smallint, fact_origin bigint
) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
  at bigint := now_ms();
  e record;
  l record;
  becomes text;
BEGIN
  PERFORM FROM fact_head WHERE part = fact_part FOR UPDATE;
  SELECT lane.* INTO l FROM lane WHERE lane_id = (SELECT lane_id FROM effect WHERE effect_id = id) FOR UPDATE;
  IF NOT FOUND THEN
    RETURN 'not_found';
  END IF;
  SELECT * INTO e FROM effect WHERE effect_id = id;
  becomes := CASE
    WHEN action = 'applied' AND e.state IN ('unknown', 'parked', 'refused') THEN 'applied'
    WHEN action = 'cancel' AND e.state IN ('queued', 'parked', 'refused') THEN 'cancelled'
    WHEN action IN ('release', 'edit') AND e.state IN ('parked', 'refused') THEN
      CASE WHEN EXISTS (
        SELECT FROM effect_attempt a WHERE a.effect_id = id AND a.wire IS DISTINCT FROM false
           AND coalesce(a.outcome, '') NOT IN ('applied', 'accepted', 'refused', 'gone', 'retry', 'login_refused')
      ) THEN 'unknown' ELSE 'queued' END
    END;
  IF becomes IS NULL THEN
    RETURN 'not_allowed';
  END IF;
  UPDATE effect SET
      state = becomes, reason = why, updated_at = at,
      ambiguous = CASE WHEN becomes IN ('queued', 'unknown') THEN 0 ELSE ambiguous END,
      process_deaths = CASE WHEN becomes IN ('queued', 'unknown') THEN 0 ELSE process_deaths END,
      next_at = CASE WHEN becomes IN ('queued', 'unknown') THEN at ELSE next_at END,
      payload = CASE WHEN action = 'edit' THEN coalesce(new_payload, payload) ELSE payload END,
      revision = CASE WHEN action = 'edit' THEN revision + 1 ELSE revision END,
      document_reference = CASE WHEN becomes = 'applied' THEN coalesce(document, document_reference) ELSE document_reference END
    WHERE effect_id = id;
  IF becomes = 'applied' THEN
    INSERT INTO effect_evidence (effect_id, attempt, seen_at, kind, document_reference, detail) VALUES (id, e.attempt, at, 'operator', document, decided_by);
  END IF;
  IF fact_part IS NOT NULL THEN
    PERFORM append_facts_anywhere(ARRAY[fact_part], ARRAY[fact_bytes], ARRAY[fact_subject], ARRAY[fact_origin_part], ARRAY[fact_origin]);
  END IF;
  IF l.head_seq = e.seq THEN
    UPDATE lane SET claim_epoch = claim_epoch + 1 WHERE lane_id = l.lane_id;
    PERFORM move_lane(l.lane_id, becomes, at, at);
  END IF;
  RETURN 'done';
END $$;

-- Down Migration

DROP FUNCTION decide_effect, append_facts_anywhere, conclude_effects, move_lane, intend_effects, claim_lanes, add_effects;
DROP TABLE effect_evidence, effect_attempt, effect, lane;
DROP FUNCTION guard_effect_state, now_ms;
