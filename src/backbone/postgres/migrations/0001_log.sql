-- Up Migration

-- What this database was made for; the number of partitions decides where everything is and never changes.
CREATE TABLE hub (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  partitions smallint NOT NULL CHECK (partitions > 0)
);

-- Next offset of each partition of the inbox and of the fact log, taken inside the transaction that appends: dense, and
-- visible in the order of the offsets. `day` never decreases, so that offsets are monotone over the day partitions.
CREATE TABLE inbox_head (
  part smallint PRIMARY KEY,
  next_off bigint NOT NULL DEFAULT 0,
  day date NOT NULL DEFAULT '-infinity',
  duplicates bigint NOT NULL DEFAULT 0,
  conflicts bigint NOT NULL DEFAULT 0
) WITH (fillfactor = 20);

CREATE TABLE fact_head (
  part smallint PRIMARY KEY,
  next_off bigint NOT NULL DEFAULT 0,
  day date NOT NULL DEFAULT '-infinity'
) WITH (fillfactor = 20);

-- First offset of each day: where a row is, without looking into every day partition.
CREATE TABLE inbox_day (part smallint, first_off bigint, day date NOT NULL, PRIMARY KEY (part, first_off));
CREATE TABLE fact_day (part smallint, first_off bigint, day date NOT NULL, PRIMARY KEY (part, first_off));

-- Raw messages as received. One row holds [first_off, first_off + n), compressed together. `members` names the entries that
-- count where some turned out to be duplicates; NULL when all do.
CREATE TABLE inbox (
  part smallint NOT NULL,
  day date NOT NULL,
  first_off bigint NOT NULL,
  n integer NOT NULL CHECK (n > 0),
  members smallint[],
  received_from bigint NOT NULL,
  received_to bigint NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (part, day, first_off)
) PARTITION BY RANGE (day);
ALTER TABLE inbox ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- 128 bits of SHA-256 over (tenant, connection, identity). Windows are dropped whole, never trimmed: a UNIQUE constraint cannot
-- span them, and need not, because whoever appends to a partition holds its head and a key always has the same partition.
CREATE TABLE dedupe (
  key uuid NOT NULL,
  window_day date NOT NULL,
  body_hash uuid NOT NULL,
  off bigint NOT NULL,
  part smallint NOT NULL,
  PRIMARY KEY (key, window_day)
) PARTITION BY RANGE (window_day);

-- Canonical facts, several to a row like the messages: a row for each would cost four times the log volume and three index
-- entries a fact. `subjects` holds a 32-bit hash of every subject in the row.
CREATE TABLE fact (
  part smallint NOT NULL,
  day date NOT NULL,
  first_off bigint NOT NULL,
  n integer NOT NULL CHECK (n > 0),
  subjects integer[] NOT NULL,
  bytes bytea NOT NULL,
  PRIMARY KEY (part, day, first_off)
) PARTITION BY RANGE (day);
ALTER TABLE fact ALTER COLUMN bytes SET STORAGE EXTERNAL;
CREATE INDEX fact_subject ON fact USING gin (subjects) WITH (fastupdate = off);

-- Which rows hold facts whose causation starts at a message: a range of offsets within a block of 1,024 of one inbox partition.
CREATE TABLE fact_origin (
  day date NOT NULL,
  origin_part smallint NOT NULL,
  block bigint NOT NULL,
  low bigint NOT NULL,
  high bigint NOT NULL,
  part smallint NOT NULL,
  first_off bigint NOT NULL
) PARTITION BY RANGE (day);
CREATE INDEX fact_origin_block ON fact_origin (origin_part, block);

-- Fill factor: an update finds room on its page and touches no index.
CREATE TABLE state (
  subject text COLLATE "C" PRIMARY KEY,
  tenant text NOT NULL,
  version bigint NOT NULL,
  body text NOT NULL
) WITH (fillfactor = 70);

CREATE TABLE identifier (
  key text COLLATE "C" NOT NULL,
  n integer NOT NULL,
  subject text COLLATE "C" NOT NULL,
  from_at bigint NOT NULL,
  last_used bigint NOT NULL,
  PRIMARY KEY (key, n)
);

-- Ownership by lease, truth by epoch and offset. The counters of translate live here because they change with its offset.
CREATE TABLE owner (
  consumer text COLLATE "C" NOT NULL,
  part smallint NOT NULL,
  owner text NOT NULL DEFAULT '',
  epoch bigint NOT NULL DEFAULT 0,
  until timestamptz NOT NULL DEFAULT '-infinity',
  off bigint NOT NULL DEFAULT -1,
  applied bigint NOT NULL DEFAULT 0,
  ignored bigint NOT NULL DEFAULT 0,
  refused bigint NOT NULL DEFAULT 0,
  parked bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (consumer, part)
) WITH (fillfactor = 20);

CREATE TABLE timer (
  part smallint NOT NULL,
  subject text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  tenant text NOT NULL,
  at bigint NOT NULL,
  data text,
  PRIMARY KEY (part, subject, name)
);
CREATE INDEX timer_due ON timer (part, at);

CREATE TABLE parked (
  part smallint NOT NULL,
  off bigint NOT NULL,
  tenant text NOT NULL,
  connection text COLLATE "C" NOT NULL,
  order_key text COLLATE "C",
  code text COLLATE "C" NOT NULL,
  detail text NOT NULL,
  waits_for text[],
  at bigint NOT NULL,
  until bigint,
  state text NOT NULL CHECK (state IN ('parked', 'waiting', 'released')),
  attempts integer NOT NULL DEFAULT 1,
  released_by text,
  PRIMARY KEY (part, off)
) WITH (fillfactor = 70);
CREATE INDEX parked_released ON parked (part, off) WHERE state = 'released';
CREATE INDEX parked_key ON parked (connection, order_key) WHERE order_key IS NOT NULL;
CREATE INDEX parked_waits ON parked USING gin (waits_for) WHERE waits_for IS NOT NULL;

-- The fence, and the counters that move with it. Rows are given in order of (consumer, part), so that two steps never wait for
-- each other in a circle. An epoch of NULL only locks and counts; 0 means that nobody ever took the partition.
CREATE FUNCTION hold_fences(
  consumers text[], parts smallint[], epochs bigint[], froms bigint[], tos bigint[],
  add_applied integer[], add_ignored integer[], add_refused integer[], add_parked integer[]
) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  FOR i IN 1 .. cardinality(consumers) LOOP
    UPDATE owner SET
        off = coalesce(tos[i], off), applied = applied + add_applied[i], ignored = ignored + add_ignored[i],
        refused = refused + add_refused[i], parked = parked + add_parked[i]
      WHERE consumer = consumers[i] AND part = parts[i] AND (epochs[i] IS NULL OR (epoch = epochs[i] AND epoch > 0 AND off = froms[i]));
    IF NOT FOUND THEN
      RAISE EXCEPTION 'fenced: % %', consumers[i], parts[i] USING ERRCODE = 'IL001';
    END IF;
  END LOOP;
END $$;

-- Appends messages to partitions given in ascending order. Whoever holds the head of a partition is alone with its keys, so what
-- the look-up in dedupe finds is all there is. `froms` is given in the inline lane, where nothing may differ from the plan.
CREATE FUNCTION append_messages(
  parts smallint[], counts integer[], froms bigint[],
  keys uuid[], hashes uuid[], part_no smallint[], rel integer[],
  seg_part_no smallint[], seg_rel integer[], seg_n integer[], seg_from bigint[], seg_to bigint[], seg_bytes bytea[],
  OUT firsts bigint[], OUT dup_no integer[], OUT dup_part smallint[], OUT dup_off bigint[], OUT dup_same boolean[]
)
LANGUAGE plpgsql AS $$
DECLARE
  days date[];
  win date := date_trunc('quarter', current_date)::date;
BEGIN
  SELECT array_agg(h.next_off), array_agg(h.day) INTO firsts, days
    FROM (SELECT next_off, day FROM inbox_head WHERE part = ANY (parts) ORDER BY part FOR UPDATE) h;
  IF cardinality(firsts) IS DISTINCT FROM cardinality(parts) THEN
    RAISE EXCEPTION 'unknown partition' USING ERRCODE = 'IL004';
  END IF;
  SELECT array_agg(u.no::integer ORDER BY u.no), array_agg(d.part ORDER BY u.no), array_agg(d.off ORDER BY u.no),
         array_agg(d.body_hash = u.hash ORDER BY u.no)
    INTO dup_no, dup_part, dup_off, dup_same
    FROM unnest(keys, hashes) WITH ORDINALITY u(key, hash, no) JOIN dedupe d ON d.key = u.key;
  IF froms IS NOT NULL THEN
    IF dup_no IS NOT NULL THEN
      RAISE EXCEPTION 'duplicate' USING ERRCODE = 'IL002';
    END IF;
    IF firsts IS DISTINCT FROM froms THEN
      RAISE EXCEPTION 'offset of the inbox' USING ERRCODE = 'IL003';
    END IF;
  END IF;
  FOR i IN 1 .. cardinality(parts) LOOP
    IF days[i] < current_date THEN
      days[i] := current_date;
      INSERT INTO inbox_day (part, first_off, day) VALUES (parts[i], firsts[i], days[i])
        ON CONFLICT (part, first_off) DO UPDATE SET day = excluded.day;
    END IF;
  END LOOP;
  IF dup_no IS NULL THEN
    INSERT INTO dedupe (key, window_day, body_hash, off, part)
      SELECT u.key, win, u.hash, firsts[u.p] + u.rel, parts[u.p] FROM unnest(keys, hashes, part_no, rel) u(key, hash, p, rel);
    INSERT INTO inbox (part, day, first_off, n, received_from, received_to, bytes)
      SELECT parts[s.p], days[s.p], firsts[s.p] + s.rel, s.n, s.f, s.t, s.bytes
        FROM unnest(seg_part_no, seg_rel, seg_n, seg_from, seg_to, seg_bytes) s(p, rel, n, f, t, bytes);
    UPDATE inbox_head h SET next_off = h.next_off + c.n, day = c.day
      FROM unnest(parts, counts, days) c(part, n, day) WHERE h.part = c.part;
    RETURN;
  END IF;
  WITH fresh AS MATERIALIZED (
    SELECT u.key, u.hash, u.p, u.rel, row_number() OVER (PARTITION BY u.p ORDER BY u.rel) - 1 AS pos
      FROM unnest(keys, hashes, part_no, rel) WITH ORDINALITY u(key, hash, p, rel, no) WHERE u.no <> ALL (dup_no)
  ), keyed AS (
    INSERT INTO dedupe (key, window_day, body_hash, off, part)
      SELECT f.key, win, f.hash, firsts[f.p] + f.pos, parts[f.p] FROM fresh f
  ), stored AS (
    INSERT INTO inbox (part, day, first_off, n, members, received_from, received_to, bytes)
      SELECT parts[s.p], days[s.p], firsts[s.p] + min(f.pos), count(*),
             CASE WHEN count(*) < s.n THEN array_agg((f.rel - s.rel)::smallint ORDER BY f.rel) END, s.f, s.t, s.bytes
        FROM unnest(seg_part_no, seg_rel, seg_n, seg_from, seg_to, seg_bytes) s(p, rel, n, f, t, bytes)
        JOIN fresh f ON f.p = s.p AND f.rel >= s.rel AND f.rel < s.rel + s.n
       GROUP BY s.p, s.rel, s.n, s.f, s.t, s.bytes
  )
  UPDATE inbox_head h SET next_off = h.next_off + c.fresh, day = c.day, duplicates = h.duplicates + c.same, conflicts = h.conflicts + c.other
    FROM (
      SELECT p.part, p.day, p.n - count(d.no) AS fresh, count(*) FILTER (WHERE d.same) AS same, count(*) FILTER (WHERE NOT d.same) AS other
        FROM unnest(parts, counts, days) WITH ORDINALITY p(part, n, day, p)
        LEFT JOIN unnest(dup_no, dup_same) d(no, same) ON part_no[d.no] = p.p
       GROUP BY p.part, p.day, p.n
    ) c WHERE h.part = c.part;
END $$;

-- Appends rows of facts; gives the first offset of each partition. `froms` as above; NULL elements are not compared.
CREATE FUNCTION append_facts(
  parts smallint[], counts integer[], froms bigint[],
  seg_part_no smallint[], seg_rel integer[], seg_n integer[], seg_subjects_from integer[], seg_subjects_to integer[], seg_bytes bytea[],
  subjects integer[],
  or_part_no smallint[], or_rel integer[], or_part smallint[], or_low bigint[], or_high bigint[]
) RETURNS bigint[]
LANGUAGE plpgsql AS $$
DECLARE
  firsts bigint[];
  days date[];
BEGIN
  SELECT array_agg(h.next_off), array_agg(h.day) INTO firsts, days
    FROM (SELECT next_off, day FROM fact_head WHERE part = ANY (parts) ORDER BY part FOR UPDATE) h;
  IF cardinality(firsts) IS DISTINCT FROM cardinality(parts) THEN
    RAISE EXCEPTION 'unknown partition' USING ERRCODE = 'IL004';
  END IF;
  FOR i IN 1 .. cardinality(parts) LOOP
    IF froms[i] <> firsts[i] THEN
      RAISE EXCEPTION 'offset of the fact log' USING ERRCODE = 'IL003';
    END IF;
    IF days[i] < current_date THEN
      days[i] := current_date;
      INSERT INTO fact_day (part, first_off, day) VALUES (parts[i], firsts[i], days[i])
        ON CONFLICT (part, first_off) DO UPDATE SET day = excluded.day;
    END IF;
  END LOOP;
  INSERT INTO fact (part, day, first_off, n, subjects, bytes)
    SELECT parts[s.p], days[s.p], firsts[s.p] + s.rel, s.n, subjects[s.f : s.t], s.bytes
      FROM unnest(seg_part_no, seg_rel, seg_n, seg_subjects_from, seg_subjects_to, seg_bytes) s(p, rel, n, f, t, bytes);
  IF cardinality(or_part) > 0 THEN
    INSERT INTO fact_origin (day, origin_part, block, low, high, part, first_off)
      SELECT days[o.p], o.part, o.low >> 10, o.low, o.high, parts[o.p], firsts[o.p] + o.rel
        FROM unnest(or_part_no, or_rel, or_part, or_low, or_high) o(p, rel, part, low, high);
  END IF;
  UPDATE fact_head h SET next_off = h.next_off + c.n, day = c.day
    FROM unnest(parts, counts, days) c(part, n, day) WHERE h.part = c.part;
  RETURN firsts;
END $$;

-- Claims identifiers in the given order; `valid_ms` NULL means for ever. Normally all are new and one statement is enough.
CREATE FUNCTION claim_identifiers(keys text[], subjects text[], froms bigint[], replaced text[], valid_ms bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  done integer;
  c record;
  own integer;
  old integer;
BEGIN
  INSERT INTO identifier (key, n, subject, from_at, last_used)
    SELECT u.key, 0, u.subject, u.f, u.f FROM unnest(keys, subjects, froms) WITH ORDINALITY u(key, subject, f, no) ORDER BY u.key COLLATE "C", u.no
    ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS done = ROW_COUNT;
  IF done = cardinality(keys) THEN
    RETURN;
  END IF;
  PERFORM FROM identifier WHERE key = ANY (keys) AND n = 0 ORDER BY key FOR UPDATE;
  FOR c IN SELECT * FROM unnest(keys, subjects, froms, replaced, valid_ms) u(key, subject, f, old, valid) LOOP
    SELECT n INTO own FROM identifier WHERE key = c.key AND subject = c.subject ORDER BY n LIMIT 1;
    SELECT n INTO old FROM identifier WHERE key = c.key AND subject = c.old ORDER BY n LIMIT 1;
    IF own IS NOT NULL THEN
      UPDATE identifier SET last_used = greatest(last_used, c.f) WHERE key = c.key AND n = own AND last_used < c.f;
      IF old <> own THEN
        -- The row with n = 0 is the lock of the key and stays: what is gone is overwritten with the survivor.
        IF old = 0 THEN
          UPDATE identifier a SET subject = b.subject, from_at = b.from_at, last_used = b.last_used
            FROM identifier b WHERE a.key = c.key AND a.n = 0 AND b.key = c.key AND b.n = own;
          DELETE FROM identifier WHERE key = c.key AND n = own;
        ELSE
          DELETE FROM identifier WHERE key = c.key AND n = old;
        END IF;
      END IF;
    ELSIF EXISTS (
      SELECT FROM identifier i WHERE i.key = c.key AND i.subject IS DISTINCT FROM c.old AND (c.valid IS NULL OR abs(c.f - i.from_at) <= c.valid)
    ) THEN
      RAISE EXCEPTION 'identifier' USING ERRCODE = 'IL005';
    ELSIF old IS NOT NULL THEN
      UPDATE identifier SET subject = c.subject, from_at = c.f, last_used = c.f WHERE key = c.key AND n = old;
    ELSE
      INSERT INTO identifier (key, n, subject, from_at, last_used)
        SELECT c.key, max(n) + 1, c.subject, c.f, c.f FROM identifier WHERE key = c.key;
    END IF;
  END LOOP;
END $$;

-- Settles parked messages, parks others, and counts what became of messages. What was not there is not counted.
CREATE FUNCTION settle_parks(
  un_part smallint[], un_off bigint[], un_outcome text[],
  parts smallint[], offs bigint[], tenants text[], connections text[], order_keys text[], codes text[], details text[], waits text[], ats bigint[], untils bigint[]
) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  WITH gone AS (
    DELETE FROM parked p USING unnest(un_part, un_off, un_outcome) u(part, off, outcome) WHERE p.part = u.part AND p.off = u.off
    RETURNING p.part, u.outcome
  )
  UPDATE owner o SET parked = o.parked - c.n, applied = o.applied + c.applied, ignored = o.ignored + c.ignored, refused = o.refused + c.refused
    FROM (
      SELECT part, count(*) AS n, count(*) FILTER (WHERE outcome = 'applied') AS applied, count(*) FILTER (WHERE outcome = 'ignored') AS ignored,
             count(*) FILTER (WHERE outcome = 'refused') AS refused
        FROM gone GROUP BY part
    ) c WHERE o.consumer = 'translate' AND o.part = c.part;
  INSERT INTO parked (part, off, tenant, connection, order_key, code, detail, waits_for, at, until, state)
    SELECT u.part, u.off, u.tenant, u.connection, u.order_key, u.code, u.detail, array_w, u.at, u.until,
           CASE WHEN u.waits IS NULL THEN 'parked' ELSE 'waiting' END
      FROM unnest(parts, offs, tenants, connections, order_keys, codes, details, waits, ats, untils)
             u(part, off, tenant, connection, order_key, code, detail, waits, at, until),
           LATERAL (SELECT CASE WHEN u.waits IS NOT NULL THEN ARRAY (SELECT json_array_elements_text(u.waits::json)) END) w(array_w)
    ON CONFLICT (part, off) DO UPDATE SET
      order_key = excluded.order_key, code = excluded.code, detail = excluded.detail, waits_for = excluded.waits_for,
      at = excluded.at, until = excluded.until, state = excluded.state, attempts = parked.attempts + 1, released_by = NULL;
END $$;

-- Down Migration

DROP FUNCTION settle_parks, claim_identifiers, append_facts, append_messages, hold_fences;
DROP TABLE parked, timer, owner, identifier, state, fact_origin, fact, dedupe, inbox, fact_day, inbox_day, fact_head, inbox_head, hub;
