import type { Database } from '../../backbone/postgres/database.ts'
import type { ErasurePreview } from '../../gateway/privacy-desk.ts'
import { wordsOf } from '../../model/personal/spotter.ts'
import { shownPerson } from './collected.ts'
import { Holdings, originIn } from './holdings.ts'
import type { Known } from './who.ts'

/** Effects in these states may still leave. */
const unsentStates: ReadonlySet<unknown> = new Set(['queued', 'sending', 'awaiting', 'unknown'])

/** What an erasure would do, counted without changing anything. */
export async function outlook(database: Database, tenant: string, who: Known): Promise<ErasurePreview> {
  const holdings = new Holdings(database, tenant, who)
  const erased: Record<string, number> = {}
  const count = (kind: string): void => {
    erased[kind] = (erased[kind] ?? 0) + 1
  }
  const origins = new Set<string>()
  const told = new Set<string>()
  for await (const { subject, body } of holdings.states())
    if (holdings.erasedState(subject, JSON.parse(body)) !== undefined) count('objects')
  for await (const logged of holdings.facts()) {
    count('facts')
    const origin = originIn(logged)
    if (origin !== undefined) origins.add(origin)
  }
  for await (const { id } of holdings.messages(origins)) if (id !== '') count('messages')
  for await (const { table, record } of holdings.rows()) {
    count(table.name)
    if (table.name === 'effect' && typeof record['target'] === 'string') told.add(record['target'])
  }
  return {
    person: shownPerson(who.likeness),
    erased,
    stays: await stays(database, tenant, who),
    inUse: await inUse(database, tenant, who),
    told: [...told].sort(),
  }
}

/** What under way still needs them. */
export async function inUse(database: Database, tenant: string, who: Known): Promise<ErasurePreview['inUse']> {
  const holdings = new Holdings(database, tenant, who)
  let unsent = 0
  for await (const { record } of holdings.rows('effect')) if (unsentStates.has(record['state'])) unsent++
  const [row] = await database.read(
    'SELECT count(*) AS n FROM view_process WHERE tenant = $1 AND id = ANY ($2::text[]) AND NOT is_over',
    [tenant, [...who.objects]],
  )
  return { unsent, processes: Number(row?.['n'] ?? 0) }
}

/** What is kept all the same, and why. Only what is there is named. */
async function stays(database: Database, tenant: string, { likeness }: Known): Promise<ErasurePreview['stays']> {
  const pattern = [...likeness.sure, ...likeness.names, ...likeness.reached].map(wordsOf).join('|')
  const counted = async (statement: string): Promise<number> =>
    Number((await database.read(statement, [tenant, pattern]))[0]?.['n'] ?? 0)
  const audit = await counted(
    `SELECT count(*) AS n FROM audit a WHERE a.tenant = $1 AND concat_ws(' ', a.actor, a.name, a.reason, a.before, a.after) ~* $2`,
  )
  const network = await counted('SELECT count(*) AS n FROM network_source WHERE tenant = $1 AND files ~* $2')
  return [
    {
      what: 'audit',
      count: audit,
      why: 'Who did what must be provable; rows go when their time of retention is over.',
    },
    { what: 'network', count: network, why: 'It stands in files that you declare: take it out there and apply them.' },
  ].filter(({ count }) => count > 0)
}
