import type { Database } from '../../backbone/postgres/database.ts'
import { InterlineError } from '../../base/errors.ts'
import type { PersonAsked } from '../../gateway/desks/privacy-desk.ts'
import { normalizeIdentifier } from '../../model/identifier.ts'
import { type Card, cardsOf, isCardOf, learned, recipientsIn } from '../../model/personal/known.ts'
import { isSameLikeness, joined, type Likeness, noLikeness, plainValue } from '../../model/personal/likeness.ts'
import { Spotter, wordsOf } from '../../model/personal/spotter.ts'

/** What somebody is known by, and the objects in whose states they are. */
export interface Known {
  readonly likeness: Likeness
  readonly objects: ReadonlySet<string>
}

/** Schemes whose normal forms differ: what a person types is tried in each. */
const shapes = ['tracking_number', 'sscc', 'awb', 'container', 'delivery', 'order', 'shipment', 'invoice']
const roundsMost = 5
const statesAtOnce = 20_000
const numbersMost = 2000

/**
 * What the hub knows somebody by, starting with what they say of themselves: their cards in the states of objects say more, which finds
 * more cards. Throws NOT_FOUND for a reference that nothing has, PERSON_AMBIGUOUS where it leads to several people.
 */
export async function known(database: Database, tenant: string, asked: PersonAsked): Promise<Known> {
  let likeness = await begun(database, tenant, asked)
  let objects: ReadonlySet<string> = new Set()
  for (let round = 0; round < roundsMost; round++) {
    const found = await grown(database, tenant, { likeness, objects })
    const isOver = isSameLikeness(found.likeness, likeness) && found.objects.size === objects.size
    likeness = found.likeness
    objects = found.objects
    if (isOver) break
  }
  // A shipment does not say who gets it: the delivery does, whose number it has.
  objects = new Set([...objects, ...(await relatives(database, tenant, [...objects]))])
  const numbers = await numbersOf(database, tenant, [...objects])
  return { likeness: joined(likeness, { ...noLikeness, objects: [...objects, ...numbers] }), objects }
}

async function begun(database: Database, tenant: string, asked: PersonAsked): Promise<Likeness> {
  if ('email' in asked) return { ...noLikeness, sure: [asked.email.trim()] }
  if ('phone' in asked) return { ...noLikeness, sure: [asked.phone.trim()] }
  if ('name' in asked) return { ...noLikeness, names: [asked.name.trim()], postcodes: [asked.postalCode.trim()] }
  const value = asked.reference.trim()
  const normalized = [...new Set([value, ...shapes.map((scheme) => normalizeIdentifier({ scheme, value }))])]
  const named = await database.read(
    'SELECT DISTINCT subject FROM view_reference WHERE tenant = $1 AND normalized = ANY ($2::text[]) LIMIT 50',
    [tenant, normalized],
  )
  const subjects = named.map((row) => String(row['subject']))
  const rows = await database.read('SELECT body FROM state WHERE tenant = $1 AND subject = ANY ($2::text[])', [
    tenant,
    [...subjects, ...(await relatives(database, tenant, subjects))],
  ])
  const cards = rows.flatMap((row) => recipientsIn(JSON.parse(String(row['body']))))
  const found = cards.map(learned).reduce(joined, noLikeness)
  if (found.names.length + found.reached.length === 0)
    throw new InterlineError('NOT_FOUND', { what: 'person behind this reference' })
  // Whose it is has to be clear: who asks about themselves must not be told of somebody else.
  if (found.names.length > 1) throw new InterlineError('PERSON_AMBIGUOUS', { people: found.names.length })
  return { ...found, sure: found.reached, reached: [] }
}

async function grown(database: Database, tenant: string, { likeness, objects }: Known): Promise<Known> {
  const spotter = new Spotter(likeness)
  const theirs = new Set(objects)
  let more = likeness
  for await (const { subject, body } of statesWith(database, tenant, likeness)) {
    const cards = cardsOf(JSON.parse(body))
    const own = cards.filter((card: Card) => isCardOf(spotter, card, theirs.has(subject)))
    for (const card of own) more = joined(more, learned(card))
    if (own.length > 0 || spotter.isAbout(body)) theirs.add(subject)
  }
  const sure = new Set(more.sure.map(plainValue))
  return { likeness: { ...more, reached: more.reached.filter((one) => !sure.has(plainValue(one))) }, objects: theirs }
}

/** States in which one of their names, or what they are reached by, stands. */
export async function* statesWith(
  database: Database,
  tenant: string,
  { sure, names }: Likeness,
): AsyncGenerator<{ readonly subject: string; readonly body: string }> {
  const pattern = [...sure, ...names].map(wordsOf).join('|')
  for (let after = ''; ; ) {
    const rows = await database.read(
      `WITH portion AS MATERIALIZED (SELECT subject, tenant, body FROM state WHERE subject > $2 ORDER BY subject LIMIT ${statesAtOnce})
       SELECT subject, body, (SELECT max(subject) FROM portion) AS last FROM portion WHERE tenant = $1 AND body ~* $3
       UNION ALL SELECT NULL, NULL, max(subject) FROM portion`,
      [tenant, after, pattern],
    )
    for (const row of rows)
      if (typeof row['subject'] === 'string') yield { subject: row['subject'], body: String(row['body']) }
    const last = rows.at(-1)?.['last']
    if (typeof last !== 'string') return
    after = last
  }
}

/** States of these objects. */
export async function statesOf(
  database: Database,
  tenant: string,
  objects: readonly string[],
): Promise<readonly { readonly subject: string; readonly body: string }[]> {
  const rows = await database.read(
    'SELECT subject, body FROM state WHERE tenant = $1 AND subject = ANY ($2::text[]) ORDER BY subject',
    [tenant, objects],
  )
  return rows.map((row) => ({ subject: String(row['subject']), body: String(row['body']) }))
}

/** Objects that have a number with one of these in common. Numbers of transmissions are no names of goods. */
async function relatives(database: Database, tenant: string, objects: readonly string[]): Promise<readonly string[]> {
  const rows = await database.read(
    `SELECT DISTINCT o.subject FROM view_reference r JOIN view_reference o
         ON o.tenant = r.tenant AND o.normalized = r.normalized AND o.scheme = r.scheme AND o.subject <> r.subject
      WHERE r.tenant = $1 AND r.subject = ANY ($2::text[]) AND r.entity <> 'transmission' AND o.entity <> 'transmission' LIMIT ${numbersMost}`,
    [tenant, objects],
  )
  return rows.map((row) => String(row['subject']))
}

/** What people call these objects. */
async function numbersOf(database: Database, tenant: string, objects: readonly string[]): Promise<readonly string[]> {
  const rows = await database.read(
    `SELECT DISTINCT value FROM view_reference WHERE tenant = $1 AND subject = ANY ($2::text[]) LIMIT ${numbersMost}`,
    [tenant, objects],
  )
  return rows.map((row) => String(row['value']))
}
