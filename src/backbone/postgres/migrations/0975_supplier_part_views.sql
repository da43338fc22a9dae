-- Up Migration

-- A part that an object has through its purchase order is of version 0: it goes when the order names somebody else. Which of those
-- that are stored are such was not written down; what an object names itself gets its version back when it is told again.
UPDATE view_part SET version = 0 WHERE object LIKE 'grn\_%' AND part LIKE 'party:%';
-- Receipts stored before they said for which purchase order they are get the part of their supplier.
DELETE FROM cursor WHERE subscriber = 'parts';

-- Down Migration

DELETE FROM cursor WHERE subscriber = 'parts';
