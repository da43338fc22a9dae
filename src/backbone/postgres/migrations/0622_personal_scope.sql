-- Up Migration

-- Names and addresses were shown to every key and client that reads anything. They go on as they did: an order that suddenly says *** in
-- place of a name would be shipped so. New ones get the scope only where somebody says it.
UPDATE api_key SET scopes = (scopes::jsonb || '["personal:read"]')::text
 WHERE NOT scopes::jsonb ?| ARRAY['*', 'personal:read'] AND scopes ~ '(:read|messages:raw|subscriptions:write)';
UPDATE api_client SET scopes = (scopes::jsonb || '["personal:read"]')::text
 WHERE NOT scopes::jsonb ?| ARRAY['*', 'personal:read'] AND scopes ~ '(:read|messages:raw|subscriptions:write)';

-- Down Migration

UPDATE api_key SET scopes = (scopes::jsonb - 'personal:read')::text WHERE scopes::jsonb ? 'personal:read';
UPDATE api_client SET scopes = (scopes::jsonb - 'personal:read')::text WHERE scopes::jsonb ? 'personal:read';
