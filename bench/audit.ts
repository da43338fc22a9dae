import pg from 'pg'
import { benchDatabase } from './database.ts'

const rowsAtOnce = 2000
const rounds = 5

/** What the function did before: it wrote the head twice for each row. */
const headPerRow = `CREATE FUNCTION chain_each() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last record;
BEGIN
  INSERT INTO audit_chain AS c (tenant, no, hash) VALUES (NEW.tenant, 1, decode(repeat('00', 32), 'hex'))
    ON CONFLICT (tenant) DO UPDATE SET no = c.no + 1 RETURNING c.no, c.hash INTO last;
  NEW.no := last.no;
  NEW.hash := audit_hash(last.hash, NEW);
  UPDATE audit_chain SET hash = NEW.hash WHERE tenant = NEW.tenant;
  RETURN NEW;
END $$`

const insert = `INSERT INTO audit (at, tenant, actor, revision, source, change, kind, name, before, after, address, trace)
  SELECT 1776000000000, $1, 'key_1 warehouse', 1, 'api', 'post', 'posting', 'eff_' || n, repeat('x', 200), repeat('y', 200), '10.0.0.9', 'ab12'
    FROM generate_series(1, ${rowsAtOnce}) n`

/**
 * Rows of the audit log in statements of 2,000: with the head of the chain written once per statement, once per row, and without a chain.
 * The three take turns, so that a busy machine slows them alike: the ratio is what counts.
 */
export async function auditRows(): Promise<Record<string, number>> {
  const database = await benchDatabase()
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  const micros = { statement: 0, row: 0, without: 0 }
  try {
    await client.query(headPerRow)
    await client.query('CREATE TRIGGER audit_each BEFORE INSERT ON audit FOR EACH ROW EXECUTE FUNCTION chain_each()')
    const time = async (kind: keyof typeof micros, isCounted: boolean): Promise<void> => {
      const [own, old] = {
        statement: ['ENABLE', 'DISABLE'],
        row: ['DISABLE', 'ENABLE'],
        without: ['DISABLE', 'DISABLE'],
      }[kind]
      for (const trigger of ['audit_chained', 'audit_head_before', 'audit_head_after'])
        await client.query(`ALTER TABLE audit ${own} TRIGGER ${trigger}`)
      await client.query(`ALTER TABLE audit ${old} TRIGGER audit_each`)
      const from = performance.now()
      await client.query(insert, [kind])
      if (isCounted) micros[kind] += ((performance.now() - from) * 1000) / (rowsAtOnce * rounds)
    }
    for (let round = -1; round < rounds; round++)
      for (const kind of ['statement', 'row', 'without'] as const) await time(kind, round >= 0)
  } finally {
    await client.end()
    await database.stop()
  }
  const { statement, row, without } = micros
  return {
    rowsAtOnce,
    microsPerRow: Math.round(statement),
    microsPerRowHeadPerRow: Math.round(row),
    microsPerRowWithoutChain: Math.round(without),
    timesFaster: Math.round((row / statement) * 10) / 10,
  }
}
