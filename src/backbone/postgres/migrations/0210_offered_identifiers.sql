-- Up Migration
-- Gives identifiers to objects where nobody holds them; whoever holds one keeps it, and nothing fails.
CREATE FUNCTION offer_identifiers(keys text[], subjects text[], froms bigint[], valid_ms bigint[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
  c record;
BEGIN
  FOR c IN SELECT * FROM unnest(keys, subjects, froms, valid_ms) u(key, subject, f, valid) ORDER BY key COLLATE "C" LOOP
    INSERT INTO identifier (key, n, subject, from_at, last_used) VALUES (c.key, 0, c.subject, c.f, c.f) ON CONFLICT DO NOTHING;
    CONTINUE WHEN FOUND;
    -- The row with n = 0 is the lock of the key.
    PERFORM FROM identifier WHERE key = c.key AND n = 0 FOR UPDATE;
    INSERT INTO identifier (key, n, subject, from_at, last_used)
      SELECT c.key, max(n) + 1, c.subject, c.f, c.f FROM identifier WHERE key = c.key
      HAVING NOT bool_or(subject = c.subject OR c.valid IS NULL OR abs(c.f - from_at) <= c.valid);
  END LOOP;
END $$;
-- Down Migration
DROP FUNCTION offer_identifiers;
