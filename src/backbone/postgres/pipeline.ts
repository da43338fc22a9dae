import type { Connection } from 'pg'
import pg from 'pg'

/** Rows of one statement, columns as text. */
export type Rows = readonly (readonly (string | null)[])[]

/**
 * Many statements, one write, one Sync: the server runs them as one implicit transaction. It commits at the Sync, and an error
 * skips what follows and takes back what was done, so that no BEGIN, COMMIT or ROLLBACK has to travel.
 */
export class Pipeline extends pg.Query {
  readonly done: Promise<readonly Rows[]>
  /** Set for the driver, which wraps it with its time-out. */
  callback: (error: Error | null, results?: readonly Rows[]) => void
  readonly #bytes: Buffer
  readonly #written: () => void
  readonly #results: (string | null)[][][] = [[]]

  /** `written` is called when the bytes may be used for something else. */
  constructor(bytes: Buffer, written: () => void) {
    super('')
    const { promise, resolve, reject } = Promise.withResolvers<readonly Rows[]>()
    this.done = promise
    this.#bytes = bytes
    this.#written = written
    this.callback = (error, results) => {
      if (error === null) resolve(results ?? [])
      else reject(error)
    }
  }

  override submit = (connection: Connection): Error | null => {
    connection.stream.write(this.#bytes, () => this.#written())
    return null
  }

  handleDataRow(message: { readonly fields: (string | null)[] }): void {
    this.#results.at(-1)?.push(message.fields)
  }

  handleCommandComplete(): void {
    this.#results.push([])
  }

  handleError(error: Error): void {
    this.callback(error)
  }

  handleReadyForQuery(): void {
    this.callback(null, this.#results)
  }

  handleRowDescription(): void {}

  handleEmptyQuery(): void {}
}
