import { isErased } from '../../backbone/erased.ts'
import { originOf } from '../../backbone/origin.ts'
import type { Database, Row } from '../../backbone/postgres/database.ts'
import { factsOf, messagesOf } from '../../backbone/postgres/reading.ts'
import { type LoggedFact, type Message, messageId } from '../../backbone/step.ts'
import { erasedFrom } from '../../model/personal/erase.ts'
import { Spotter, wordsOf } from '../../model/personal/spotter.ts'
import { logRows } from './log-rows.ts'
import { recordOf, rowsWith, type WordedTable, wordedTables } from './tables.ts'
import { type Known, statesOf, statesWith } from './who.ts'

/** Objects whose states are read at once. */
const objectsAtOnce = 200

/** A row that says something about somebody. */
export interface PersonRow {
  readonly table: WordedTable
  readonly row: Row
  readonly record: Readonly<Record<string, unknown>>
}

/** Follows every place where the hub keeps something, and finds what is about one person. */
export class Holdings {
  readonly spotter: Spotter
  readonly #database: Database
  readonly #tenant: string
  readonly #known: Known

  constructor(database: Database, tenant: string, known: Known) {
    this.#database = database
    this.#tenant = tenant
    this.#known = known
    this.spotter = new Spotter(known.likeness)
  }

  /** The fact without them; the fact itself where they are not in it. */
  erasedFact({ fact }: LoggedFact): unknown {
    const wrapped = { data: fact.data }
    const made = erasedFrom(wrapped, this.spotter, this.#known.objects.has(fact.subject))
    return made === wrapped ? fact.data : (made as typeof wrapped).data
  }

  /** The state without them; undefined where they are not in it. */
  erasedState(subject: string, state: unknown): unknown {
    const made = erasedFrom(state, this.spotter, this.objects.has(subject))
    return made === state ? undefined : made
  }

  /** Whether a text is about them, however its letters are written. */
  isAbout(body: Uint8Array): boolean {
    return readings(body).some((text) => this.spotter.isAbout(text))
  }

  /** Facts that say something of them. */
  async *facts(): AsyncGenerator<LoggedFact> {
    for await (const row of logRows(this.#database, 'fact'))
      for (const logged of factsOf(row)) if (this.isInFact(logged)) yield logged
  }

  /** Messages that say something of them, and those that facts about them come from. */
  async *messages(origins: ReadonlySet<string>): AsyncGenerator<Message> {
    for await (const row of logRows(this.#database, 'inbox'))
      for (const message of messagesOf(row)) {
        if (!isErased(message) && this.isMeant(message, origins)) yield message
      }
  }

  /** Whether a message tells of them; `origins` do, whatever their bytes look like. */
  isMeant(message: Message, origins: ReadonlySet<string>): boolean {
    if (message.tenant !== this.#tenant || message.body.length === 0) return false
    return origins.has(message.id) || this.isAbout(message.body) || this.isInHead(message)
  }

  /** Whether a fact says something of them. */
  isInFact(logged: LoggedFact): boolean {
    return logged.fact.tenant === this.#tenant && this.erasedFact(logged) !== logged.fact.data
  }

  /** Objects that they have a part in. */
  get objects(): ReadonlySet<string> {
    return this.#known.objects
  }

  /** States in which something of them stands, and of objects of theirs. */
  async *states(): AsyncGenerator<{ readonly subject: string; readonly body: string }> {
    const objects = [...this.objects]
    for (let at = 0; at < objects.length; at += objectsAtOnce)
      yield* await statesOf(this.#database, this.#tenant, objects.slice(at, at + objectsAtOnce))
    for await (const state of statesWith(this.#database, this.#tenant, this.#known.likeness))
      if (!this.objects.has(state.subject)) yield state
  }

  /** What came with the bytes. */
  isInHead({ headers, identity, orderKey }: Message): boolean {
    return this.spotter.isAbout([...Object.values(headers), identity, orderKey ?? ''].join(' '))
  }

  /** Rows of all other tables, or of one of them. */
  async *rows(only?: string): AsyncGenerator<PersonRow> {
    const { sure, names, reached } = this.#known.likeness
    const pattern = [...sure, ...names, ...reached].map(wordsOf).join('|')
    for (const table of (await wordedTables(this.#database)).filter(({ name }) => only === undefined || name === only))
      for await (const row of rowsWith(this.#database, table, { tenant: this.#tenant, pattern })) {
        const record = recordOf(table, row)
        if (erasedFrom(record, this.spotter, this.isTheirs(record)) !== record) yield { table, row, record }
      }
  }

  /** Whether a row names an object of theirs by its id. */
  isTheirs(record: Readonly<Record<string, unknown>>): boolean {
    return Object.values(record).some((value) =>
      Array.isArray(value) ? value.some((one) => this.#isObject(one)) : this.#isObject(value),
    )
  }

  #isObject(value: unknown): boolean {
    return typeof value === 'string' && this.#known.objects.has(value.replace(/^[a-z_]+:/, ''))
  }
}

/** The message that a fact comes from. */
export function originIn({ fact }: LoggedFact): string | undefined {
  const origin = originOf(fact)
  return origin === undefined ? undefined : messageId(origin.partition, origin.offset)
}

/** What bytes may say: as UTF-8, as Latin 1, and JSON with its escapes read. */
function readings(body: Uint8Array): readonly string[] {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  const text = bytes.toString('utf8')
  const other = text.includes('\uFFFD') ? [bytes.toString('latin1')] : []
  if (!text.includes(String.raw`\u`)) return [text, ...other]
  try {
    return [text, JSON.stringify(JSON.parse(text)), ...other]
  } catch {
    return [text, ...other]
  }
}
