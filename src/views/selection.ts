/** In which order a list is read, and where a page begins. */
export interface ListPage {
  /** Instant that the list is ordered by; rows of the same instant go by their id. */
  readonly column: string
  readonly direction: 'ASC' | 'DESC'
  /** `<instant> <id>` of the last row of the page before. */
  readonly after: string | undefined
  readonly limit: number
}

/** Which rows of a tenant's list are wanted: the conditions as SQL, and their values as parameters. */
export class Selection {
  readonly values: unknown[]
  readonly #conditions = ['tenant = $1']

  constructor(tenant: string) {
    this.values = [tenant]
  }

  /** A condition on a value; nothing is asked for where it is absent. */
  ask(condition: (parameter: string) => string, value: unknown): void {
    if (value !== undefined) this.#conditions.push(condition(this.value(value)))
  }

  /** Only objects in which somebody who answers to one of these names has a part; all of them where it is absent. */
  ofPartner(parts: readonly string[] | undefined): void {
    this.ask((p) => `id IN (SELECT object FROM view_part WHERE tenant = $1 AND part = ANY(${p}::text[]))`, parts)
  }

  /** A condition that needs no value. */
  always(condition: string): void {
    this.#conditions.push(condition)
  }

  /** What follows the name of the table. */
  page({ column, direction, after, limit }: ListPage): string {
    const at = after?.indexOf(' ') ?? -1
    if (after !== undefined && at > 0) {
      const beyond = direction === 'ASC' ? '>' : '<'
      const [instant, id] = [this.value(after.slice(0, at)), this.value(after.slice(at + 1))]
      this.always(`(${column}, id) ${beyond} (${instant}::timestamptz, ${id})`)
    }
    return this.orderedBy(`${column} ${direction}, id ${direction}`, limit)
  }

  orderedBy(order: string, limit: number): string {
    return `WHERE ${this.#conditions.join(' AND ')} ORDER BY ${order} LIMIT ${this.value(limit)}`
  }

  /** Makes a parameter of a value. */
  value(value: unknown): string {
    this.values.push(value)
    return `$${this.values.length}`
  }
}
