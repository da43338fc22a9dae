import { randomBytes } from 'node:crypto'
import type { AuditNote } from '../../backbone/audit.ts'
import { audited, auditValues } from '../../backbone/postgres/audit.ts'
import type { Database } from '../../backbone/postgres/database.ts'
import type { JobStore } from '../../backbone/stores.ts'
import { InterlineError } from '../../base/errors.ts'
import type {
  ErasurePreview,
  ErasureWish,
  PersonAsked,
  PersonExport,
  PrivacyDesk,
  RegisterEntry,
} from '../../gateway/desks/privacy-desk.ts'
import { Spotter } from '../../model/personal/spotter.ts'
import { type Erasure, type ErasureSpec, Erasures, erasureKind } from '../../registry/erasures.ts'
import { again } from './again.ts'
import { Collected, countsOf } from './collected.ts'
import { Holdings, originIn } from './holdings.ts'
import { inUse, outlook } from './outlook.ts'
import { printsOf } from './prints.ts'
import { type Known, known, statesOf } from './who.ts'

/** What the desk works with. */
export interface PrivacyOptions {
  readonly database: Database
  readonly jobs: Pick<JobStore, 'create'>
  /** What is of another tenant is not there. */
  readonly only?: string
}

/** Who people are, over the whole database. */
export class HubPrivacy implements PrivacyDesk {
  readonly #options: PrivacyOptions
  readonly #database: Database
  readonly #erasures: Erasures

  /** Of all tenants, or of one. */
  static of(database: Database, jobs: PrivacyOptions['jobs'], only?: string): HubPrivacy {
    return new HubPrivacy({ database, jobs, ...(only === undefined ? {} : { only }) })
  }

  private constructor(options: PrivacyOptions) {
    const { database } = options
    this.#options = options
    this.#database = database
    this.#erasures = new Erasures({ query: async (text, values) => ({ rows: await database.write(text, values) }) })
  }

  async export(tenant: string, asked: PersonAsked, note: AuditNote): Promise<PersonExport> {
    const who = await this.#known(tenant, asked)
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
    const states = await statesOf(this.#database, tenant, [...who.objects])
    const found = collected.exported(
      who,
      states.map(({ subject, body }) => ({ id: subject, state: JSON.parse(body) as unknown })),
    )
    const counts = countsOf(found)
    if (Object.values(counts).every((count) => count === 0)) throw nobody()
    await this.#tell(tenant, asked, { ...note, after: counts })
    return found
  }

  async preview(tenant: string, asked: PersonAsked): Promise<ErasurePreview> {
    const found = await outlook(this.#database, tenant, await this.#known(tenant, asked))
    if (Object.keys(found.erased).length === 0) throw nobody()
    return found
  }

  async erase(wish: ErasureWish, note: AuditNote): Promise<void> {
    const { id, tenant, asked, reason, evenInUse } = wish
    const who = await this.#known(tenant, asked)
    const { likeness: person } = who
    if (new Spotter(person).isNamed(reason)) throw new InterlineError('ERASURE_NAMES_PERSON')
    const needed = await inUse(this.#database, tenant, who)
    if (!evenInUse && needed.unsent + needed.processes > 0) throw new InterlineError('PERSON_IN_USE', { ...needed })
    const salt = randomBytes(16).toString('base64url')
    const prints = await printsOf(person, salt)
    const objects = [...who.objects]
    await this.#erasures.begin({ id, tenant, actor: wish.by, reason, person, objects, salt, prints }, note)
    await this.#start(wish)
  }

  async repeat(
    entry: RegisterEntry & Pick<ErasureWish, 'tenant' | 'job' | 'by' | 'reason'>,
    note: AuditNote,
  ): Promise<boolean> {
    this.#demandOwn(entry.tenant)
    const who = await again(this.#database, entry.tenant, entry)
    if (who === undefined) return false
    const { id, tenant, reason, salt, prints } = entry
    const objects = [...new Set([...entry.objects, ...who.objects])]
    await this.#erasures.begin(
      { id, tenant, actor: entry.by, reason, person: who.likeness, objects, salt, prints },
      note,
    )
    await this.#start(entry)
    return true
  }

  async erasure(tenant: string, id: string): Promise<Erasure | undefined> {
    return this.#isOwn(tenant) ? this.#erasures.get(tenant, id) : undefined
  }

  async erasures(tenant: string, page: Parameters<PrivacyDesk['erasures']>[1]): Promise<readonly Erasure[]> {
    return this.#isOwn(tenant) ? this.#erasures.list(tenant, page) : []
  }

  async #start({
    id,
    job,
    tenant,
    by,
    reason,
  }: Pick<ErasureWish, 'id' | 'job' | 'tenant' | 'by' | 'reason'>): Promise<void> {
    const spec: ErasureSpec = { dryRun: false, erasure: id, by, about: `everything about one person (${id})`, reason }
    await this.#options.jobs.create({ id: job, tenant, kind: erasureKind, spec })
  }

  #isOwn(tenant: string): boolean {
    return this.#options.only === undefined || this.#options.only === tenant
  }

  /** Whoever asks for another tenant's finds nobody. */
  #demandOwn(tenant: string): void {
    if (!this.#isOwn(tenant)) throw nobody()
  }

  #known(tenant: string, asked: PersonAsked): Promise<Known> {
    this.#demandOwn(tenant)
    return known(this.#database, tenant, asked)
  }

  /** That somebody was looked up, by what kind of question: the log must not say whom. */
  async #tell(tenant: string, asked: PersonAsked, note: AuditNote): Promise<void> {
    await this.#database.write(
      audited('SELECT $1::text AS id, $2::text AS tenant', { change: 'export', kind: 'subject' }, 3),
      [`by_${Object.keys(asked).toSorted().join('_and_')}`, tenant, ...auditValues(note)],
    )
  }
}

function nobody(): InterlineError {
  return new InterlineError('NOT_FOUND', { what: 'person like this' })
}
