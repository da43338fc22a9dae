import type { Database } from '../../backbone/postgres/database.ts'
import { factsOf } from '../../backbone/postgres/reading.ts'
import type { RegisterEntry } from '../../gateway/desks/privacy-desk.ts'
import { joined, noLikeness } from '../../model/personal/likeness.ts'
import { logRows } from './log-rows.ts'
import { recognized } from './prints.ts'
import { type Known, statesOf } from './who.ts'

/** Documents looked at for one entry; prints are slow to compare. */
const documentsMost = 500

/**
 * Who it was that was erased, found in a database that was restored to before: among what their objects say, the prints tell what was
 * theirs. Undefined where nothing of it is there.
 */
export async function again(database: Database, tenant: string, entry: RegisterEntry): Promise<Known | undefined> {
  const objects = new Set(entry.objects)
  const documents: unknown[] = (await statesOf(database, tenant, [...objects])).map(
    ({ body }) => JSON.parse(body) as unknown,
  )
  const followers = await database.read('SELECT email FROM tracking_follower WHERE tenant = $1', [tenant])
  const accounts = await database.read('SELECT email FROM person WHERE tenant = $1', [tenant])
  documents.push(...[...followers, ...accounts].map((row) => ({ email: row['email'] })))
  if (documents.length < documentsMost)
    for await (const row of logRows(database, 'fact'))
      for (const { fact } of factsOf(row))
        if (fact.tenant === tenant && objects.has(fact.subject) && documents.length < documentsMost)
          documents.push({ data: fact.data })
  const found = await recognized(documents, entry)
  const isThere = found.sure.length + found.reached.length + found.names.length > 0
  if (!isThere) return undefined
  return { likeness: joined(found, { ...noLikeness, objects: entry.objects }), objects }
}
