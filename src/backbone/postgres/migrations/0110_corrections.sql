-- Up Migration

-- Corrected bytes of a message: `off` is translated from the bytes of `by_off`, in the same partition. Kept as long as the messages, so
-- that a replay reads the correction as well.
CREATE TABLE correction (
  part smallint NOT NULL,
  off bigint NOT NULL,
  by_off bigint NOT NULL,
  PRIMARY KEY (part, off)
);

-- What is not parked (any more) cannot be corrected. What waits behind another of its key goes on waiting.
CREATE FUNCTION correct_parked(parts smallint[], offs bigint[], by_offs bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  WITH held AS (
    SELECT p.part, p.off, p.code, u.by_off FROM unnest(parts, offs, by_offs) u(part, off, by_off) JOIN parked p USING (part, off)
     ORDER BY p.part, p.off FOR UPDATE OF p
  ), kept AS (
    INSERT INTO correction (part, off, by_off) SELECT part, off, by_off FROM held
      ON CONFLICT (part, off) DO UPDATE SET by_off = excluded.by_off
  )
  UPDATE parked p SET state = 'released', released_by = 'hub:correction' FROM held h
   WHERE p.part = h.part AND p.off = h.off AND h.code <> 'BEHIND_PARKED';
END $$;

-- Down Migration

DROP FUNCTION correct_parked;
DROP TABLE correction;
