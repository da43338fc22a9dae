-- Up Migration

-- What became of effects, within a step, with a row of the audit log for each that ends a booking. Older releases call the one without it.
CREATE FUNCTION conclude_with_step(lanes text[], conclusions text[], bookings text[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM lane WHERE lane_id = ANY (lanes) ORDER BY lane_id FOR UPDATE;
  IF false = ANY (conclude_effects(conclusions[1]::jsonb, bookings)) THEN
    RAISE EXCEPTION 'claim' USING ERRCODE = 'IL006';
  END IF;
END $$;

-- Down Migration

DROP FUNCTION conclude_with_step(text[], text[], text[]);
