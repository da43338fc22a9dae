-- Up Migration

-- What the target told about a document, as JSON, when its answer came after the claim was lost.
ALTER TABLE effect_evidence ADD COLUMN answer text;

-- Down Migration

ALTER TABLE effect_evidence DROP COLUMN answer;
