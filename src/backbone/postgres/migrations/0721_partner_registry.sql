-- Up Migration

-- Keys and people of a partner: they see only what is of it. Null for our own.
ALTER TABLE api_key ADD COLUMN partner text COLLATE "C";
ALTER TABLE person ADD COLUMN partner text COLLATE "C";

-- A partner sees and changes what is its own; `app.parts` names it as `partner:` with its name.
DROP POLICY of_partner ON api_key;
DROP POLICY of_partner ON api_client;
DROP POLICY of_partner ON person;
DROP POLICY of_partner ON subscription;
CREATE POLICY of_partner ON api_key AS RESTRICTIVE TO interline_tenant
  USING ((SELECT coalesce(current_setting('app.connections', true), '')) = ''
    OR 'partner:' || partner = ANY (string_to_array((SELECT coalesce(current_setting('app.parts', true), '')), chr(31))));
CREATE POLICY of_partner ON api_client AS RESTRICTIVE TO interline_tenant
  USING ((SELECT coalesce(current_setting('app.connections', true), '')) = ''
    OR 'partner:' || partner = ANY (string_to_array((SELECT coalesce(current_setting('app.parts', true), '')), chr(31))));
CREATE POLICY of_partner ON person AS RESTRICTIVE TO interline_tenant
  USING ((SELECT coalesce(current_setting('app.connections', true), '')) = ''
    OR 'partner:' || partner = ANY (string_to_array((SELECT coalesce(current_setting('app.parts', true), '')), chr(31))));
CREATE POLICY of_partner ON subscription AS RESTRICTIVE TO interline_tenant
  USING ((SELECT coalesce(current_setting('app.connections', true), '')) = ''
    OR 'partner:' || (body::jsonb ->> 'partner') = ANY (string_to_array((SELECT coalesce(current_setting('app.parts', true), '')), chr(31))));

-- What people of a partner do is written down, too; they do not read it.
DROP POLICY of_partner ON audit;
CREATE POLICY of_partner ON audit AS RESTRICTIVE TO interline_tenant
  USING ((SELECT coalesce(current_setting('app.connections', true), '')) = '') WITH CHECK (true);

DROP POLICY of_partner ON audit_chain;
CREATE POLICY of_partner ON audit_chain AS RESTRICTIVE TO interline_tenant USING (true);

-- Down Migration

DROP POLICY of_partner ON api_key;
DROP POLICY of_partner ON api_client;
DROP POLICY of_partner ON person;
DROP POLICY of_partner ON subscription;
DROP POLICY of_partner ON audit;
DROP POLICY of_partner ON audit_chain;
ALTER TABLE person DROP COLUMN partner;
ALTER TABLE api_key DROP COLUMN partner;
SELECT raise_partner_walls();
