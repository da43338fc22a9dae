import pg from 'pg'
import { InterlineError } from '../../base/errors.ts'
import { readFailure, writeFailure } from './failures.ts'

/** Where the database is and how long it may take; `name` is how its own list of sessions shows the pool. */
export interface DatabaseOptions {
  readonly url: string
  readonly connections: number
  readonly queryTimeoutMs: number
  readonly connectTimeoutMs: number
  readonly name: string
}

/** A row as the driver gives it. */
export type Row = Readonly<Record<string, unknown>>

/** One statement at a time, prepared by its name. */
export type Ask = (statement: {
  readonly name: string
  readonly text: string
  readonly values: unknown[]
}) => Promise<{ readonly rows: readonly Row[] }>

/**
 * A pool for everything that is not a step. Statements are prepared by their text. What fails says whether something may have
 * changed: a read never, a write perhaps.
 */
export class Database {
  readonly #ask: Ask
  readonly #end: () => Promise<void>

  /** Over connections that are opened and closed elsewhere. */
  static over(ask: Ask): Database {
    return new Database({ ask })
  }

  constructor(options: DatabaseOptions | { readonly ask: Ask }) {
    const pool = 'ask' in options ? undefined : openPool(options)
    this.#ask =
      'ask' in options ? options.ask : (statement) => askOf(pool as pg.Pool, (client) => client.query(statement))
    this.#end = async () => pool?.end()
  }

  async read(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    try {
      return await this.query(text, values)
    } catch (error) {
      throw readFailure(error)
    }
  }

  /** A single statement that changes something; it is its own transaction. */
  async write(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    try {
      return await this.query(text, values)
    } catch (error) {
      throw writeFailure(error)
    }
  }

  /** Without a judgement of what failed. */
  async query(text: string, values: readonly unknown[] = []): Promise<readonly Row[]> {
    return (await this.#ask({ name: nameOf(text), text, values: [...values] })).rows
  }

  close(): Promise<void> {
    return this.#end()
  }
}

/** A pool whose waits are all bounded. */
export function openPool(options: DatabaseOptions & { readonly pipeline?: boolean }): pg.Pool {
  const { url, connections, queryTimeoutMs, connectTimeoutMs, name, pipeline = false } = options
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    query_timeout: queryTimeoutMs,
    connectionTimeoutMillis: connectTimeoutMs,
    keepAlive: true,
    application_name: `interline ${name}`,
    pipeline,
    // Tables are looked up by key; a plan made while one was empty must not scan it for ever.
    options: `-c enable_seqscan=off -c jit=off -c timezone=UTC -c default_transaction_isolation=read\\ committed -c idle_in_transaction_session_timeout=10s -c statement_timeout=${queryTimeoutMs}`,
  })
  // Without a listener a connection that breaks would end the process: the pool listens to idle ones only, so each has its own.
  pool.on('connect', (client) => client.on('error', () => {}))
  pool.on('error', () => {})
  return pool
}

/** Uses a connection of a pool. Throws DATABASE_UNAVAILABLE where there is none: nothing was asked of the database then. */
export async function askOf<T>(pool: pg.Pool, use: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw new InterlineError('DATABASE_UNAVAILABLE', { state: 'connect' }, error)
  })
  let broken = true
  try {
    const result = await use(client)
    broken = false
    return result
  } catch (error) {
    broken = !(error instanceof pg.DatabaseError)
    throw error
  } finally {
    // A connection that timed out or broke is destroyed: an answer may still be under way on it.
    client.release(broken)
  }
}

const names = new Map<string, string>()

function nameOf(text: string): string {
  const known = names.get(text)
  if (known !== undefined) return known
  const name = `q${names.size}`
  names.set(text, name)
  return name
}

/** bigint comes as text; everything that we store in one fits a number. */
export function integer(value: unknown): number {
  return Number(value)
}

/** The same where a column may be empty. */
export function optionalInteger(value: unknown): number | undefined {
  return value === null || value === undefined ? undefined : Number(value)
}

/** A text column. A column that was not asked for reads as empty text, as does NULL: use `optionalText` where that matters. */
export function text(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The same where a column may be empty: an empty one is told apart from empty text. */
export function optionalText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** Leaves out what is undefined. */
export function defined<T extends object>(
  values: T,
): { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>
} {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never
}
