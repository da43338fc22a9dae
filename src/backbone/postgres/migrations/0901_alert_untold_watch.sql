-- Up Migration

-- Every round asks for what is to be told: of thousands that are over, the few that still are.
CREATE INDEX alert_firing_untold ON alert_firing (fired_at, id) WHERE resolved_at IS NULL OR NOT resolved_told;

-- Down Migration

DROP INDEX alert_firing_untold;
