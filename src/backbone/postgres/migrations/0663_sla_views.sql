-- Up Migration

-- What service levels ask: when a shipment was collected and delivered and when the hub heard of it, when a document left and was answered.
-- Rows that were made before are filled in when something new comes to them.
ALTER TABLE view_shipment ADD COLUMN picked_up_at timestamptz, ADD COLUMN picked_up_heard_at timestamptz,
  ADD COLUMN delivered_at timestamptz, ADD COLUMN delivered_heard_at timestamptz;
ALTER TABLE view_transmission ADD COLUMN sent_at timestamptz, ADD COLUMN answered_at timestamptz;
CREATE INDEX view_shipment_picked_up ON view_shipment (tenant, picked_up_at) WHERE picked_up_at IS NOT NULL;
CREATE INDEX view_shipment_delivered ON view_shipment (tenant, delivered_at) WHERE delivered_at IS NOT NULL;
CREATE INDEX view_transmission_sent ON view_transmission (tenant, sent_at) WHERE sent_at IS NOT NULL;
CREATE INDEX effect_asked ON effect (tenant, created_at);

-- Down Migration

DROP INDEX effect_asked, view_transmission_sent, view_shipment_delivered, view_shipment_picked_up;
ALTER TABLE view_transmission DROP COLUMN sent_at, DROP COLUMN answered_at;
ALTER TABLE view_shipment DROP COLUMN picked_up_at, DROP COLUMN picked_up_heard_at, DROP COLUMN delivered_at, DROP COLUMN delivered_heard_at;
