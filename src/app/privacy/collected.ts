import type { PersonExport } from '../../gateway/desks/privacy-desk.ts'
import type { Known } from './who.ts'

/** What one document holds at most. */
const most = { facts: 5000, messages: 1000, records: 5000, bytes: 16 * 1024 * 1024 }

/** How much was found. */
export function countsOf(found: PersonExport): Readonly<Record<string, number>> {
  const { objects, facts, messages, records } = found
  return { objects: objects.length, facts: facts.length, messages: messages.length, records: records.length }
}

/** Gathers until the document is full. */
export class Collected {
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
    return {
      person: shownPerson(likeness),
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

/** What they are known by, as the API says it. */
export function shownPerson({ names, sure, reached, streets, postcodes }: Known['likeness']): PersonExport['person'] {
  return { names, reachedBy: [...sure, ...reached], streets, postalCodes: postcodes }
}
