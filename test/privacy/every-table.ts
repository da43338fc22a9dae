import { unpack } from '../../src/backbone/postgres/packed.ts'

/** Where in the whole database one of these words stands, whatever the case: each as `<table>: <word>`, with how many rows. */
export async function placesOf(
  hub: { readonly rows: (text: string) => Promise<readonly Readonly<Record<string, unknown>>[]> },
  words: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>()
  const tables = await hub.rows(
    `SELECT c.relname AS name, coalesce(array_agg(a.attname::text) FILTER (WHERE a.atttypid = 'bytea'::regtype), '{}') AS bytes
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
      WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition GROUP BY c.relname`,
  )
  for (const { name, bytes } of tables)
    for (const row of await hub.rows(`SELECT t::text AS words, t.* FROM "${String(name)}" t`)) {
      const hidden = (bytes as readonly string[]).map((column) => textOf(row[column]))
      const text = [String(row['words']), ...hidden].join(' ').toLowerCase()
      for (const word of words)
        if (text.includes(word.toLowerCase())) {
          const place = `${String(name)}: ${word}`
          found.set(place, (found.get(place) ?? 0) + 1)
        }
    }
  return found
}

/** What bytes say, packed or not. */
function textOf(value: unknown): string {
  if (!Buffer.isBuffer(value) || value.length === 0) return ''
  try {
    return unpack(value).toString('utf8')
  } catch {
    return value.toString('utf8')
  }
}
