import type { Pool } from 'pg'
import { textArray } from '../backbone/postgres/binary-array.ts'
import type { Fact } from '../model/fact.ts'
import { isBooking, postedNames } from '../model/posting/status.ts'
import type { TransmissionState } from '../model/transmission/state.ts'

/** What one system was, is being or is still to be told of an object. */
export interface ToldSystem {
  readonly effect: string
  readonly command: string
  readonly target: string
  /** Of the ledger; `forgotten` where the ledger no longer keeps it. */
  readonly state: string
  /** Whether it makes something in the books. */
  readonly books: boolean
  readonly documentReference?: string
  readonly reason?: string
  /** RFC 3339. When it was asked for, and when it last changed. */
  readonly askedAt?: string
  readonly at?: string
}

/** What is read of the links. */
export interface PostingRows {
  /** About any of these names, the oldest first. At most 1,000. */
  told(tenant: string, names: readonly string[]): Promise<readonly ToldSystem[]>
}

/** The links of one database. */
export function postingRows(pool: Pick<Pool, 'query'>): PostingRows {
  return { told: (tenant, names) => told(pool, tenant, names) }
}

/**
 * Keeps which effects these facts caused, and of which objects they tell: by what caused them, by what a process or a document to a
 * partner names as its object, and by the numbers in what is sent. Effects are committed with what caused them, so they are all there.
 */
export async function savePostings(
  pool: Pick<Pool, 'query'>,
  facts: readonly Fact[],
  states: ReadonlyMap<string, { readonly state: unknown }>,
): Promise<void> {
  const causes = new Map(facts.filter(mayPost).map((fact) => [fact.id, fact]))
  if (causes.size === 0) return
  const { rows } = await pool.query<Caused>({
    name: 'view-posting-caused',
    text: `SELECT effect_id AS effect, causation, tenant, command, target, payload FROM effect WHERE causation = ANY($1::text[]) AND command <> 'deliver'`,
    values: [textArray([...causes.keys()])],
  })
  const links = rows.flatMap(({ effect, causation, tenant, command, target, payload }) => {
    const about = aboutOf(causes.get(causation), states)
    const books = String(isBooking(command))
    return postedNames({ command, payload: JSON.parse(payload) as unknown, about }).map((name) => ({
      tenant,
      name,
      effect,
      command,
      target,
      books,
    }))
  })
  if (links.length === 0) return
  const members = ['tenant', 'name', 'effect', 'command', 'target', 'books'] as const
  await pool.query({
    name: 'view-posting-save',
    text: `INSERT INTO view_posting (tenant, name, effect, command, target, books)
           SELECT tenant, name, effect, command, target, books::boolean
           FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) AS t(tenant, name, effect, command, target, books)
           ON CONFLICT DO NOTHING`,
    values: members.map((member) => textArray(links.map((link) => link[member]))),
  })
  await saveTold(pool, links)
}

/** Of documents that the lists know already: who was told of them. */
export async function retellPostings(
  pool: Pick<Pool, 'query'>,
  documents: readonly { readonly tenant: string; readonly names: readonly string[] }[],
): Promise<void> {
  const named = documents.flatMap(({ tenant, names }) => names.map((name) => ({ tenant, name })))
  if (named.length === 0) return
  const { rows } = await pool.query<{ tenant: string; name: string; target: string }>({
    name: 'view-posting-told-of',
    text: `SELECT DISTINCT p.tenant, p.name, p.target FROM view_posting p
             JOIN unnest($1::text[], $2::text[]) AS t(tenant, name) ON p.tenant = t.tenant AND p.name = t.name`,
    values: [textArray(named.map(({ tenant }) => tenant)), textArray(named.map(({ name }) => name))],
  })
  if (rows.length > 0) await saveTold(pool, rows)
}

/**
 * Whoever is told of a document has a part in it, named by its hub id or by a number. A shipment is of the carrier that it names, which
 * may be another one soon.
 */
async function saveTold(
  pool: Pick<Pool, 'query'>,
  links: readonly { readonly tenant: string; readonly name: string; readonly target: string }[],
): Promise<void> {
  await pool.query({
    name: 'view-part-told',
    text: `INSERT INTO view_part (tenant, object, part)
           SELECT d.tenant, d.id, 'connection:' || t.target FROM unnest($1::text[], $2::text[], $3::text[]) AS t(tenant, name, target)
             JOIN view_document d ON d.tenant = t.tenant AND d.id = ANY (ARRAY(SELECT r.subject FROM view_reference r
               WHERE r.tenant = t.tenant AND r.normalized = substr(t.name, strpos(t.name, ':') + 1) AND r.scheme = split_part(t.name, ':', 1)) || t.name)
           ON CONFLICT DO NOTHING`,
    values: (['tenant', 'name', 'target'] as const).map((member) => textArray(links.map((link) => link[member]))),
  })
}

interface Caused {
  readonly effect: string
  readonly causation: string
  readonly tenant: string
  readonly command: string
  readonly target: string
  readonly payload: string
}

/** What others claim, what the hub found out about names, and what became of effects causes none. */
function mayPost({ type }: Fact): boolean {
  return !type.endsWith('.identified') && !type.endsWith('.reported') && !type.startsWith('effect.')
}

/** A process and a document to a partner stand for the object that they are about. */
function aboutOf(cause: Fact | undefined, states: ReadonlyMap<string, { readonly state: unknown }>): readonly string[] {
  if (cause === undefined) return []
  if (cause.subject.startsWith('prc_')) {
    const { object } = cause.data as { readonly object?: string }
    return object === undefined ? [] : [object]
  }
  if (!cause.subject.startsWith('trm_')) return [cause.subject]
  const { report } = (states.get(cause.subject)?.state ?? {}) as Partial<TransmissionState>
  return report === undefined ? [] : [report.about]
}

interface Listed {
  readonly effect: string
  readonly command: string
  readonly target: string
  readonly books: boolean
  readonly state: string | null
  readonly document_reference: string | null
  readonly reason: string | null
  readonly created_at: string | null
  readonly updated_at: string | null
}

async function told(
  pool: Pick<Pool, 'query'>,
  tenant: string,
  names: readonly string[],
): Promise<readonly ToldSystem[]> {
  const { rows } = await pool.query<Listed>({
    name: 'view-posting-told',
    text: `SELECT DISTINCT p.effect, p.command, p.target, p.books, e.state, e.document_reference, e.reason, e.created_at, e.updated_at
           FROM view_posting p LEFT JOIN effect e ON e.effect_id = p.effect
           WHERE p.tenant = $1 AND p.name = ANY($2::text[]) ORDER BY e.created_at, p.effect LIMIT 1000`,
    values: [tenant, textArray(names)],
  })
  return rows.map(({ effect, command, target, books, state, document_reference: reference, reason, ...at }) => ({
    effect,
    command,
    target,
    books,
    state: state ?? 'forgotten',
    ...(reference === null ? {} : { documentReference: reference }),
    ...(reason === null ? {} : { reason }),
    ...(at.created_at === null ? {} : { askedAt: instantOf(at.created_at) }),
    ...(at.updated_at === null ? {} : { at: instantOf(at.updated_at) }),
  }))
}

/** The ledger counts milliseconds since 1970. */
function instantOf(ms: string): string {
  return new Date(Number(ms)).toISOString()
}
