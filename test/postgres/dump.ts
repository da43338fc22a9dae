import pg from 'pg'

/** All that a database holds, table by table, as a dump would show it; bytes also as text and unpacked where they are packed. */
export async function dumpOf(url: string): Promise<ReadonlyMap<string, string>> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'public'
        WHERE c.relkind = 'r' ORDER BY 1`,
    )
    const found = new Map<string, string>()
    for (const { name } of tables) {
      const { rows } = await client.query<Record<string, unknown>>(`SELECT * FROM ${pg.escapeIdentifier(name)}`)
      found.set(name, rows.map((row) => Object.values(row).map(textOf).join('\t')).join('\n'))
    }
    return found
  } finally {
    await client.end()
  }
}

function textOf(value: unknown): string {
  if (Buffer.isBuffer(value)) return value.toString('latin1')
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}
