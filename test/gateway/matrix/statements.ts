import pg from 'pg'

type Query = (this: unknown, ...args: unknown[]) => unknown

/** Counts what the front door asks the database for a tenant: as many statements for what is somebody else's as for what nobody has. */
export class Statements {
  #count = 0
  readonly #tenant: string
  readonly #original: Query

  constructor(tenant: string) {
    this.#tenant = tenant
    const { prototype } = pg.Client as unknown as { prototype: { query: Query } }
    this.#original = prototype.query
    const seen = (args: readonly unknown[]): void => this.#look(args)
    const original = this.#original
    prototype.query = function (this: unknown, ...args: unknown[]) {
      seen(args)
      return original.apply(this, args)
    }
  }

  /** How many the work has asked. */
  async of(work: () => Promise<unknown>): Promise<number> {
    const before = this.#count
    await work()
    return this.#count - before
  }

  stop(): void {
    const { prototype } = pg.Client as unknown as { prototype: { query: Query } }
    prototype.query = this.#original
  }

  /** Each statement of the front door is in a transaction that names its tenant first. */
  #look([text, values]: readonly unknown[]): void {
    const isNaming = typeof text === 'string' && text.includes("set_config('app.tenant'")
    if (isNaming && (values as readonly unknown[])[0] === this.#tenant) this.#count++
  }
}
