-- Up Migration
-- What became of effects, within a step: all of them count, or none and nothing of the step. `lanes` are those of the conclusions and of
-- the effects that the step adds afterwards; they are locked in one order, like everywhere.
CREATE FUNCTION conclude_with_step(lanes text[], conclusions text[]) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM lane WHERE lane_id = ANY (lanes) ORDER BY lane_id FOR UPDATE;
  IF false = ANY (conclude_effects(conclusions[1]::jsonb)) THEN
    RAISE EXCEPTION 'claim' USING ERRCODE = 'IL006';
  END IF;
END $$;

-- Down Migration
DROP FUNCTION conclude_with_step;
