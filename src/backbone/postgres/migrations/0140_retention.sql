-- Up Migration

-- Natural keys of effects that retention removed, as a hash: what was posted once is never posted again, however old it is.
CREATE TABLE effect_past (
  key uuid PRIMARY KEY
);

-- Settled effects by age. The others are never removed.
CREATE INDEX effect_settled ON effect (updated_at) WHERE state IN ('applied', 'cancelled');

CREATE FUNCTION past_key(tenant text, natural_key text) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT md5(octet_length(tenant) || ':' || tenant || natural_key)::uuid
$$;

-- As in 0002, with two differences: what is past is not written again, and a lane that retention removes meanwhile is made anew.
CREATE OR REPLACE FUNCTION add_effects(
  ids text[], lanes text[], tenants text[], natural_keys text[], targets text[], keys text[], commands text[], refs text[], payloads text[],
  classes text[], priorities integer[], causations text[], correlations text[], traces text[], expiries bigint[]
) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  now_at bigint := now_ms();
  wanted integer := (SELECT count(DISTINCT u.lane COLLATE "C") FROM unnest(lanes) u(lane));
  locked integer;
BEGIN
  LOOP
    INSERT INTO lane (lane_id, tenant, target, key, class, priority)
      SELECT DISTINCT ON (u.lane COLLATE "C") u.lane, u.tenant, u.target, u.key, u.class, u.priority
        FROM unnest(lanes, tenants, targets, keys, classes, priorities) u(lane, tenant, target, key, class, priority)
       ORDER BY u.lane COLLATE "C"
      ON CONFLICT DO NOTHING;
    PERFORM FROM lane WHERE lane_id = ANY (lanes) ORDER BY lane_id FOR UPDATE;
    GET DIAGNOSTICS locked = ROW_COUNT;
    EXIT WHEN locked = wanted;
  END LOOP;
  WITH fresh AS MATERIALIZED (
    SELECT DISTINCT ON (u.tenant, u.natural_key) u.*
      FROM unnest(ids, lanes, tenants, natural_keys, targets, keys, commands, refs, payloads, classes, priorities, causations, correlations, traces, expiries)
             WITH ORDINALITY u(id, lane, tenant, natural_key, target, key, command, ref, payload, class, priority, causation, correlation, trace, expiry, no)
     WHERE NOT EXISTS (SELECT FROM effect e WHERE e.tenant = u.tenant AND e.natural_key = u.natural_key)
       AND NOT EXISTS (SELECT FROM effect_past p WHERE p.key = past_key(u.tenant, u.natural_key))
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

-- Removes the oldest settled effects, a bounded number at once, and lanes that are left without any. Lanes are locked in order of their
-- ids, as everybody does. Attempts and evidence go with their effect; its natural key stays.
CREATE FUNCTION retire_effects(before bigint, most integer, OUT effects integer, OUT lanes integer)
LANGUAGE plpgsql AS $$
DECLARE
  ids text[];
  of_lanes text[];
BEGIN
  SELECT array_agg(e.effect_id), array_agg(DISTINCT e.lane_id) INTO ids, of_lanes
    FROM (SELECT effect_id, lane_id FROM effect WHERE state IN ('applied', 'cancelled') AND updated_at < before ORDER BY updated_at LIMIT most) e;
  effects := coalesce(cardinality(ids), 0);
  lanes := 0;
  IF effects = 0 THEN
    RETURN;
  END IF;
  PERFORM FROM lane WHERE lane_id = ANY (of_lanes) ORDER BY lane_id FOR UPDATE;
  INSERT INTO effect_past (key) SELECT past_key(e.tenant, e.natural_key) FROM effect e WHERE e.effect_id = ANY (ids) ON CONFLICT DO NOTHING;
  DELETE FROM effect_evidence WHERE effect_id = ANY (ids);
  DELETE FROM effect_attempt WHERE effect_id = ANY (ids);
  DELETE FROM effect WHERE effect_id = ANY (ids);
  DELETE FROM lane l WHERE l.lane_id = ANY (of_lanes) AND l.head_seq IS NULL AND coalesce(l.hold_until, 0) <= now_ms()
     AND NOT EXISTS (SELECT FROM effect e WHERE e.lane_id = l.lane_id);
  GET DIAGNOSTICS lanes = ROW_COUNT;
END $$;

-- Down Migration

DROP FUNCTION retire_effects;
DROP INDEX effect_settled;
DROP TABLE effect_past;
