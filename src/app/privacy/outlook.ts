import type { Database } from '../../backbone/postgres/database.ts'
import { Erasing, type SentByAs2 } from '../../backbone/postgres/erasing.ts'
import type { ErasurePreview } from '../../gateway/desks/privacy-desk.ts'
import { wordsOf } from '../../model/personal/spotter.ts'
import type { Kept } from '../../registry/erasures.ts'
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
  let files = 0
  for await (const { id, headers } of holdings.messages(origins)) {
    if (id !== '') count('messages')
    if (fileHeader in headers) files++
  }
  for await (const { table, record } of holdings.rows()) {
    count(table.name)
    if (table.name === 'effect' && typeof record['target'] === 'string') told.add(record['target'])
  }
  for await (const { state } of sentAbout(database, tenant, holdings)) if (state !== 'waiting') count('as2_sent')
  return {
    person: shownPerson(who.likeness),
    erased,
    stays: await kept(database, tenant, { who, holdings, files }),
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

/** Set on what came as a file. */
export const fileHeader = 'interline-file'

/** Messages that went out by AS2 and say something of them, by their bytes or by what they are about. */
export async function* sentAbout(database: Database, tenant: string, holdings: Holdings): AsyncGenerator<SentByAs2> {
  const erasing = new Erasing(database)
  const documents = await erasing.documentsAbout(tenant, [...holdings.objects])
  for await (const one of erasing.sent(tenant)) if (documents.has(one.document) || holdings.isAbout(one.body)) yield one
}

/** What an erasure leaves as it is, how much and why. `files`: of what tells of them, how much came as files. Only what is there is named. */
export async function kept(
  database: Database,
  tenant: string,
  { who, holdings, files }: { readonly who: Known; readonly holdings: Holdings; readonly files: number },
): Promise<readonly Kept[]> {
  let waiting = 0
  for await (const { state } of sentAbout(database, tenant, holdings)) if (state === 'waiting') waiting++
  const sealed = await new Erasing(database).sealed(tenant)
  const sent: readonly Kept[] = [
    {
      what: 'as2_waiting',
      count: waiting,
      why: 'The partner has not confirmed it, so it may have to be sent once more: erase again when the receipt is there.',
    },
    {
      what: 'as2_sealed',
      count: sealed,
      why: 'Encrypted for the partner: nobody but he can read whether it names them. It goes when its time of retention is over.',
    },
    {
      what: 'files',
      count: files,
      why: 'It came as files of folders and mailboxes that are not the hub’s: delete them there, and in their archives.',
    },
  ]
  return [...(await stays(database, tenant, who)), ...sent.filter(({ count }) => count > 0)]
}

/** What the tables keep. */
async function stays(database: Database, tenant: string, { likeness }: Known): Promise<readonly Kept[]> {
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
