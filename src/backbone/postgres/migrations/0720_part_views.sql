-- Up Migration

-- Who has a part in which object, made from the log like all views: `carrier:`, `location:` and `party:` with the name that the object
-- says, and `connection:` with whoever told of it first or was told of it. Which partner answers to which of these names is declared, so a
-- partner that gets another name sees at once what is of that name.
CREATE TABLE view_part (
  tenant text COLLATE "C" NOT NULL,
  object text COLLATE "C" NOT NULL,
  part text COLLATE "C" NOT NULL,
  -- Of the object that names it; null where a connection told or was told.
  version bigint,
  -- Whoever told of it first; a row with the part '' says that it was the hub, or that nobody knows any more.
  is_first boolean NOT NULL DEFAULT false,
  PRIMARY KEY (object, part)
);
CREATE INDEX view_part_of ON view_part (tenant, part, object);
CREATE UNIQUE INDEX view_part_first ON view_part (object) WHERE is_first;

SELECT raise_walls(), raise_partner_walls();

-- Names that a partner answers to (`app.parts`), each behind the one before with chr(31) between; empty for whoever is no partner.
DROP POLICY of_partner ON view_part;
DROP POLICY of_partner ON view_shipment;
DROP POLICY of_partner ON view_document;
DROP POLICY of_partner ON view_reference;
DROP POLICY of_partner ON view_balance;
CREATE POLICY of_partner ON view_part AS RESTRICTIVE TO interline_tenant
  USING ((SELECT coalesce(current_setting('app.connections', true), '')) = ''
    OR part = ANY (string_to_array((SELECT coalesce(current_setting('app.parts', true), '')), chr(31))));
CREATE POLICY of_partner ON view_shipment AS RESTRICTIVE TO interline_tenant
  USING ((SELECT coalesce(current_setting('app.connections', true), '')) = ''
    OR EXISTS (SELECT FROM view_part p WHERE p.object = view_shipment.id
      AND p.part = ANY (string_to_array((SELECT coalesce(current_setting('app.parts', true), '')), chr(31)))));
CREATE POLICY of_partner ON view_document AS RESTRICTIVE TO interline_tenant
  USING ((SELECT coalesce(current_setting('app.connections', true), '')) = ''
    OR EXISTS (SELECT FROM view_part p WHERE p.object = view_document.id
      AND p.part = ANY (string_to_array((SELECT coalesce(current_setting('app.parts', true), '')), chr(31)))));
CREATE POLICY of_partner ON view_reference AS RESTRICTIVE TO interline_tenant
  USING ((SELECT coalesce(current_setting('app.connections', true), '')) = ''
    OR EXISTS (SELECT FROM view_part p WHERE p.object = view_reference.subject
      AND p.part = ANY (string_to_array((SELECT coalesce(current_setting('app.parts', true), '')), chr(31)))));
CREATE POLICY of_partner ON view_balance AS RESTRICTIVE TO interline_tenant
  USING ((SELECT coalesce(current_setting('app.connections', true), '')) = ''
    OR 'location:' || location = ANY (string_to_array((SELECT coalesce(current_setting('app.parts', true), '')), chr(31))));

-- Down Migration

DROP POLICY of_partner ON view_shipment;
DROP POLICY of_partner ON view_document;
DROP POLICY of_partner ON view_reference;
DROP POLICY of_partner ON view_balance;
DROP TABLE view_part;
DELETE FROM cursor WHERE subscriber = 'parts';
SELECT raise_partner_walls();
