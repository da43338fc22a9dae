-- Up Migration
-- Besides pauses of one stage: a connection that takes no new work at all and finishes what it has.
ALTER TABLE flow_control DROP CONSTRAINT flow_control_stage_check;
ALTER TABLE flow_control ADD CONSTRAINT flow_control_stage_check CHECK (stage IN ('translate', 'dispatch', 'drain'));

-- Down Migration
DELETE FROM flow_control WHERE stage = 'drain';
ALTER TABLE flow_control DROP CONSTRAINT flow_control_stage_check;
ALTER TABLE flow_control ADD CONSTRAINT flow_control_stage_check CHECK (stage IN ('translate', 'dispatch'));
