/** Conditions of a WHERE clause as they apply; values are numbered in order. */
export class Condition {
  readonly values: unknown[] = []
  readonly #parts: string[] = []

  /** Adds `text`, with `?` for the value, unless the value is undefined. */
  when(text: string, value: unknown): this {
    if (value !== undefined) this.#parts.push(text.replaceAll('?', this.value(value)))
    return this
  }

  /** The placeholder of a value that stands elsewhere in the statement. */
  value(value: unknown): string {
    this.values.push(value)
    return `$${this.values.length}`
  }

  toString(): string {
    return this.#parts.length === 0 ? 'true' : this.#parts.join(' AND ')
  }
}
