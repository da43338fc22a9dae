-- Up Migration

-- Orders that people choose in lists of a hundred thousand rows; pages of them begin where an index says.
CREATE INDEX view_shipment_eta ON view_shipment (tenant, eta, id) WHERE eta IS NOT NULL AND merged_into IS NULL;
CREATE INDEX view_document_placed ON view_document (tenant, entity, placed_at, id) WHERE merged_into = '';
CREATE INDEX view_task_opened ON view_task (tenant, state, opened_at, id);

-- Down Migration

DROP INDEX view_task_opened, view_document_placed, view_shipment_eta;
