import { type Database, text } from './database.ts'

/**
 * The schema as data, in a stable order: what a release promises to the next. Day partitions are left out, because they come and
 * go.
 */
export async function readCatalogue(database: Database): Promise<Readonly<Record<string, readonly string[]>>> {
  const [columns, indexes, constraints, functions, triggers, policies] = await Promise.all(
    [columnsQuery, indexesQuery, constraintsQuery, functionsQuery, triggersQuery, policiesQuery].map(async (query) =>
      (await database.read(query)).map((row) => text(row['line'])),
    ),
  )
  return {
    columns: columns ?? [],
    indexes: indexes ?? [],
    constraints: constraints ?? [],
    functions: functions ?? [],
    triggers: triggers ?? [],
    policies: policies ?? [],
  }
}

const tables = `SELECT c.oid, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> 'migration'`

const columnsQuery = `SELECT t.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
    || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') AS line
  FROM (${tables}) t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
  LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = a.attnum ORDER BY t.relname COLLATE "C", a.attnum`

const indexesQuery = `SELECT pg_get_indexdef(i.indexrelid) COLLATE "C" AS line FROM (${tables}) t JOIN pg_index i ON i.indrelid = t.oid ORDER BY line`

const constraintsQuery = `SELECT (t.relname || ' ' || pg_get_constraintdef(c.oid)) COLLATE "C" AS line
  FROM (${tables}) t JOIN pg_constraint c ON c.conrelid = t.oid WHERE c.contype <> 'n' ORDER BY line`

const functionsQuery = `SELECT (p.proname || '(' || pg_get_function_arguments(p.oid) || ') ' || pg_get_function_result(p.oid) || ' ' || md5(p.prosrc)) COLLATE "C" AS line
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public' ORDER BY line`

const triggersQuery = `SELECT pg_get_triggerdef(g.oid) COLLATE "C" AS line FROM (${tables}) t JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
  ORDER BY line`

const policiesQuery = `SELECT (t.relname || ' ' || p.polname || ' TO ' || array_to_string(ARRAY(SELECT rolname FROM pg_roles WHERE oid = ANY (p.polroles)), ', ')
    || coalesce(' USING ' || pg_get_expr(p.polqual, p.polrelid), '')) COLLATE "C" AS line
  FROM (${tables}) t JOIN pg_policy p ON p.polrelid = t.oid ORDER BY line`
