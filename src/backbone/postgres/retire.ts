import { type DroppedDay, type HeldDay, heldBecause, type Retention, type Retired, startOf } from '../retention.ts'
import { type Database, integer, optionalText, type Row, text } from './database.ts'
import { type Partition, partitionsOf } from './days.ts'
import { sqlState } from './failures.ts'

/**
 * Drops what is kept long enough and needed by nobody. Days go as whole partitions, so nothing is deleted row by row where there are
 * many; settled effects go a thousand at a time. Every judgement is made from the first offsets of the days, without a look at the rows.
 */
export async function retire(database: Database, retention: Retention): Promise<Retired> {
  const { messagesBefore, factsBefore, effectsBefore, dryRun } = retention
  const days = async (kind: 'messages' | 'facts', before: string | undefined): Promise<Judged> => {
    const judged = await judgeDays(database, kind, before)
    return dryRun ? judged : dropAll(database, kind, judged)
  }
  const messages = await days('messages', messagesBefore)
  const facts = await days('facts', factsBefore)
  const windows = await judgeWindows(database, messages, messagesBefore)
  const identities = dryRun ? windows : await dropAll(database, 'identities', windows)
  const effects = await retireEffects(database, effectsBefore, dryRun)
  const oldest = { messages: oldestOf(messages), facts: oldestOf(facts) }
  return {
    messages: countOf(messages),
    facts: countOf(facts),
    identities: countOf(identities),
    ...effects,
    held: [...messages.held, ...facts.held, ...identities.held],
    oldest: {
      ...(oldest.messages === undefined ? {} : { messages: oldest.messages }),
      ...(oldest.facts === undefined ? {} : { facts: oldest.facts }),
    },
  }
}

/** Days of one partition of the inbox or the fact log that are no more, oldest first. */
export async function droppedDays(
  database: Database,
  log: 'inbox' | 'facts',
  partition: number,
): Promise<readonly DroppedDay[]> {
  const table = log === 'inbox' ? 'inbox' : 'fact'
  const there = new Set((await partitionsOf(database, table)).map(({ from }) => from))
  const rows = await database.read(
    `SELECT to_char(r.day, 'YYYY-MM-DD') AS day, r.first_off, r.next_off FROM (${ranges(table)}) r WHERE r.part = $1 ORDER BY r.first_off`,
    [partition],
  )
  return rows
    .map((row) => ({ day: text(row['day']), first: integer(row['first_off']), next: integer(row['next_off']) }))
    .filter(({ day, first, next }) => next > first && !there.has(day))
}

interface Judged {
  /** Among them partitions that were made and never used. */
  readonly going: readonly Partition[]
  readonly held: readonly HeldDay[]
  /** Those that stay, held or young, oldest first. */
  readonly staying: readonly Partition[]
  /** First days of those that hold something. */
  readonly used: ReadonlySet<string>
}

function countOf({ going, used }: Judged): number {
  return going.filter(({ from }) => used.has(from)).length
}

function oldestOf({ staying, used }: Judged): string | undefined {
  return staying.find(({ from }) => used.has(from))?.from
}

/** Which offsets of each partition each day holds: [first_off, next_off). */
function ranges(table: 'inbox' | 'fact'): string {
  return `SELECT d.part, d.day, d.first_off, coalesce(lead(d.first_off) OVER (PARTITION BY d.part ORDER BY d.first_off), h.next_off) AS next_off
            FROM ${table}_day d JOIN ${table}_head h ON h.part = d.part`
}

async function judgeDays(database: Database, kind: 'messages' | 'facts', before = ''): Promise<Judged> {
  const table = kind === 'messages' ? 'inbox' : 'fact'
  const all = await partitionsOf(database, table)
  const days = await database.read(
    `SELECT DISTINCT to_char(r.day, 'YYYY-MM-DD') AS day FROM (${ranges(table)}) r WHERE r.next_off > r.first_off`,
  )
  const used = new Set(days.map((row) => text(row['day'])))
  const going: Partition[] = []
  const held: HeldDay[] = []
  const staying: Partition[] = []
  for (const partition of all) {
    const reason =
      partition.to > before ? '' : used.has(partition.from) ? await neededBy(database, kind, partition.from) : undefined
    if (reason === undefined) going.push(partition)
    else {
      staying.push(partition)
      if (reason !== '') held.push({ kind, day: partition.from, reason })
    }
  }
  return { going, held, staying, used }
}

async function neededBy(database: Database, kind: 'messages' | 'facts', day: string): Promise<string | undefined> {
  const of = (row: Row | undefined, column: string): string => optionalText(row?.[column]) ?? '0'
  if (kind === 'messages') {
    const [row] = await database.read(
      `WITH r AS (SELECT * FROM (${ranges('inbox')}) r WHERE r.day = $1::date AND r.next_off > r.first_off)
       SELECT (SELECT count(*) FROM r JOIN parked p ON p.part = r.part AND p.off >= r.first_off AND p.off < r.next_off) AS parked,
              (SELECT count(*) FROM r JOIN correction c ON c.part = r.part AND c.by_off >= r.first_off AND c.by_off < r.next_off
                 JOIN parked p ON p.part = c.part AND p.off = c.off) AS corrections,
              (SELECT count(*) FROM r LEFT JOIN owner o ON o.consumer = 'translate' AND o.part = r.part WHERE r.next_off - 1 > coalesce(o.off, -1)) AS pending,
              (SELECT min(c.subscriber) FROM r JOIN cursor c ON c.subscriber = 'oracle-inbox' AND c.part = r.part WHERE r.next_off - 1 > c.off) AS reader`,
      [day],
    )
    if (of(row, 'parked') !== '0') return heldBecause.parked(integer(row?.['parked']))
    if (of(row, 'corrections') !== '0') return heldBecause.correction
    if (of(row, 'pending') !== '0') return heldBecause.translate
    return of(row, 'reader') === '0' ? undefined : heldBecause.reader(of(row, 'reader'))
  }
  const [row] = await database.read(
    `WITH r AS (SELECT * FROM (${ranges('fact')}) r WHERE r.day = $1::date AND r.next_off > r.first_off)
     SELECT (SELECT count(*) FROM r LEFT JOIN owner o ON o.consumer = 'advance' AND o.part = r.part WHERE r.next_off - 1 > coalesce(o.off, -1)) AS pending,
            (SELECT min(c.subscriber) FROM r JOIN cursor c ON c.subscriber <> 'oracle-inbox' AND c.part = r.part WHERE r.next_off - 1 > c.off) AS reader`,
    [day],
  )
  if (of(row, 'pending') !== '0') return heldBecause.advance
  return of(row, 'reader') === '0' ? undefined : heldBecause.reader(of(row, 'reader'))
}

/**
 * A window of identities stays as long as any of its days is in the log, and one day more: a step that began before midnight notes
 * its identities under the old quarter and may get offsets of the new one.
 */
async function judgeWindows(database: Database, { staying, used: days }: Judged, before = ''): Promise<Judged> {
  const all = await partitionsOf(database, 'dedupe')
  const old = all.filter(({ to }) => to <= before)
  const needed = old.filter((window) =>
    staying.some(({ from }) => days.has(from) && from >= window.from && from <= window.to),
  )
  const held = needed.map(({ from }) => ({ kind: 'identities', day: from, reason: heldBecause.identities }) as const)
  const going = old.filter((one) => !needed.includes(one))
  const used = new Set<string>()
  for (const { name, from } of going)
    if ((await database.read(`SELECT FROM ${name} LIMIT 1`)).length > 0) used.add(from)
  return { going, held, staying: all.filter(({ to }) => to > before), used }
}

/** What somebody is just reading stays until the next time: nobody waits for a retention. */
async function dropAll(database: Database, kind: HeldDay['kind'], judged: Judged): Promise<Judged> {
  const { going, held, staying } = judged
  const gone: Partition[] = []
  const busy: HeldDay[] = []
  for (const partition of going) {
    if (await drop(database, kind, partition)) gone.push(partition)
    else busy.push({ kind, day: partition.from, reason: heldBecause.busy })
  }
  const rest = going.filter((one) => !gone.includes(one))
  return { ...judged, going: gone, held: [...held, ...busy], staying: [...rest, ...staying].sort(byDay) }
}

async function drop(database: Database, kind: HeldDay['kind'], { name, from }: Partition): Promise<boolean> {
  const tables = kind === 'facts' ? `${name}, ${name.replace('fact_', 'fact_origin_')}` : name
  const corrections = `DELETE FROM correction c USING (${ranges('inbox')}) r
    WHERE r.day = '${from}' AND c.part = r.part AND c.off >= r.first_off AND c.off < r.next_off;`
  try {
    // One statement, so one transaction. It queues for the whole table, and everybody behind it: a second at most.
    await database.query(
      `DO $retire$ BEGIN
         PERFORM set_config('lock_timeout', '1s', true);
         ${kind === 'messages' ? corrections : ''}
         DROP TABLE ${tables};
       END $retire$`,
    )
    return true
  } catch (error) {
    if (sqlState(error) === lockNotAvailable) return false
    throw error
  }
}

const lockNotAvailable = '55P03'

/** A bounded number in one call: the next one goes on. */
async function retireEffects(
  database: Database,
  before: string | undefined,
  dryRun: boolean,
): Promise<{ effects: number; lanes: number }> {
  const sum = { effects: 0, lanes: 0 }
  if (before === undefined) return sum
  const at = startOf(before)
  if (dryRun) {
    const rows = await database.read(
      `WITH old AS (SELECT lane_id FROM effect WHERE state IN ('applied', 'cancelled') AND updated_at < $1 LIMIT $2)
       SELECT (SELECT count(*) FROM old) AS effects,
              (SELECT count(*) FROM (SELECT lane_id, count(*) AS n FROM old GROUP BY lane_id) o JOIN lane l USING (lane_id)
                WHERE l.head_seq IS NULL AND coalesce(l.hold_until, 0) <= now_ms() AND o.n = (SELECT count(*) FROM effect e WHERE e.lane_id = l.lane_id)) AS lanes`,
      [at, rowsAtOnce * roundsMost],
    )
    return { effects: integer(rows[0]?.['effects']), lanes: integer(rows[0]?.['lanes']) }
  }
  for (let round = 0; round < roundsMost; round++) {
    const [row] = await database.write('SELECT effects, lanes FROM retire_effects($1, $2)', [at, rowsAtOnce])
    sum.effects += integer(row?.['effects'])
    sum.lanes += integer(row?.['lanes'])
    if (integer(row?.['effects']) < rowsAtOnce) break
  }
  return sum
}

const rowsAtOnce = 1000
const roundsMost = 200

function byDay(one: Partition, other: Partition): number {
  return one.from < other.from ? -1 : 1
}
