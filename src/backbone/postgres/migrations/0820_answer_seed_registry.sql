-- Up Migration

-- What is random in the work of a request, sealed: its repetition after a crash makes the same ids and secrets, and so meets what was made.
ALTER TABLE answer ADD COLUMN seed text;

-- Down Migration

ALTER TABLE answer DROP COLUMN seed;
