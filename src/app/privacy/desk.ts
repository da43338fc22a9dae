import type { AuditNote } from '../../backbone/audit.ts'
import { audited, auditValues } from '../../backbone/postgres/audit.ts'
import type { Database } from '../../backbone/postgres/database.ts'
import { InterlineError } from '../../base/errors.ts'
import type { PersonAsked, PersonExport, PrivacyDesk } from '../../gateway/privacy-desk.ts'
import { Holdings, originIn } from './holdings.ts'
import { type Known, known } from './who.ts'

/** What one document holds at most. */
const most = { facts: 5000, messages: 1000, records: 5000, bytes: 16 * 1024 * 1024 }

/** Who people are, over the whole database. */
export class HubPrivacy implements PrivacyDesk {
  readonly #database: Database
  readonly #only: string | undefined

  /** `only`: what is of another tenant is not there. */
  constructor(database: Database, only?: string) {
    this.#database = database
    this.#only = only
  }

  async export(tenant: string, asked: PersonAsked, note: AuditNote): Promise<PersonExport> {
    this.#demandOwn(tenant)
    const who = await known(this.#database, tenant, asked)
    const holdings = new Holdings(this.#database, tenant, who)
    const collected = new Collected()
    const origins = new Set<string>()
    for await (const logged of holdings.facts()) {
      const origin = originIn(logged)
      if (origin !== undefined) origins.add(origin)
      collected.fact(logged)
    }
    for await (const message of holdings.messages(origins)) collected.message(message)
    for await (const row of holdings.rows()) collected.record(row)
    const found = collected.exported(who, await this.#states(who))
    if (found.objects.length + found.facts.length + found.messages.length + found.records.length === 0)
      throw new InterlineError('NOT_FOUND', { what: 'person like this' })
    await this.#tell(tenant, asked, { ...note, after: countsOf(found) })
    return found
  }

  /** Whoever asks for another tenant's finds nobody. */
  #demandOwn(tenant: string): void {
    if (this.#only !== undefined && this.#only !== tenant)
      throw new InterlineError('NOT_FOUND', { what: 'person like this' })
  }

  async #states({ objects }: Known): Promise<PersonExport['objects']> {
    const rows = await this.#database.read(
      'SELECT subject, body FROM state WHERE subject = ANY ($1::text[]) ORDER BY subject',
      [[...objects]],
    )
    return rows.map((row) => ({ id: String(row['subject']), state: JSON.parse(String(row['body'])) as unknown }))
  }

  /** That somebody was looked up, by what kind of question: the log must not say whom. */
  async #tell(tenant: string, asked: PersonAsked, note: AuditNote): Promise<void> {
    await this.#database.write(
      audited('SELECT $1::text AS id, $2::text AS tenant', { change: 'export', kind: 'subject' }, 3),
      [`by_${Object.keys(asked).sort().join('_and_')}`, tenant, ...auditValues(note)],
    )
  }
}

/** How much was found. */
export function countsOf(found: PersonExport): Readonly<Record<string, number>> {
  const { objects, facts, messages, records } = found
  return { objects: objects.length, facts: facts.length, messages: messages.length, records: records.length }
}

/** Gathers until the document is full. */
class Collected {
  readonly #facts: PersonExport['facts'][number][] = []
  readonly #messages: PersonExport['messages'][number][] = []
  readonly #records: PersonExport['records'][number][] = []
  readonly #told = new Set<string>()
  #bytes = 0
  #isComplete = true

  fact({ fact }: { readonly fact: PersonExport['facts'][number] }): void {
    const { id, type, subject, recordedAt, data } = fact
    if (this.#has(this.#facts.length < most.facts)) this.#facts.push({ id, type, subject, recordedAt, data })
  }

  message(message: {
    readonly id: string
    readonly connection: string
    readonly receivedAt: number
    readonly contentType: string
    readonly body: Uint8Array
  }): void {
    const { id, connection, contentType, body } = message
    const receivedAt = new Date(message.receivedAt).toISOString()
    if (!this.#has(this.#messages.length < most.messages && this.#bytes + body.length <= most.bytes)) return
    this.#bytes += body.length
    this.#messages.push({ id, connection, receivedAt, contentType, body: Buffer.from(body).toString('base64') })
  }

  record({
    table,
    record,
  }: {
    readonly table: { readonly name: string }
    readonly record: Readonly<Record<string, unknown>>
  }): void {
    const { target } = record
    if (table.name === 'effect' && typeof target === 'string') this.#told.add(target)
    if (this.#has(this.#records.length < most.records))
      this.#records.push({ kind: table.name, record: withoutSecrets(record) })
  }

  exported({ likeness }: Known, objects: PersonExport['objects']): PersonExport {
    const { names, sure, reached, streets, postcodes } = likeness
    return {
      person: { names, reachedBy: [...sure, ...reached], streets, postalCodes: postcodes },
      ...{ objects, facts: this.#facts, messages: this.#messages, records: this.#records },
      ...{ told: [...this.#told].sort(), isComplete: this.#isComplete },
    }
  }

  #has(room: boolean): boolean {
    this.#isComplete &&= room
    return room
  }
}

/** What opens something is not theirs to be told, and not ours to hand out. */
function withoutSecrets(record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(record).filter(([name]) => !/password|secret|token|hash|sealed|recovery/.test(name)),
  )
}
