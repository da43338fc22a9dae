import pg from 'pg'
import { InterlineError } from '../../base/errors.ts'
import { Pipeline, type Rows } from './pipeline.ts'
import { statements } from './statements.ts'
import { Wire } from './wire.ts'

/** Where the database is, and how long a step or the opening of a connection may take. */
export interface HotLineOptions {
  readonly url: string
  readonly queryTimeoutMs: number
  readonly connectTimeoutMs: number
}

/**
 * One connection for steps. Pipelined: a step is sent while the one before it is still being committed, and the server takes them
 * in the order of the calls. A lost connection fails everything in flight and is opened anew by the next call.
 */
export class HotLine {
  readonly #options: HotLineOptions
  #client: Promise<pg.Client> | undefined
  #current: pg.Client | undefined
  #closed = false
  inFlight = 0

  constructor(options: HotLineOptions) {
    this.#options = options
  }

  /** Sends what `write` puts on the wire as one transaction. Calls reach the server in order. */
  async run(write: (wire: Wire) => void): Promise<readonly Rows[]> {
    this.inFlight++
    try {
      const client = await this.#connected()
      const wire = new Wire(takeBuffer())
      write(wire)
      const pipeline = new Pipeline(wire.finish(), () => giveBuffer(wire.buffer))
      client.query(pipeline)
      return await this.#answer(client, pipeline)
    } finally {
      this.inFlight--
    }
  }

  async #answer(client: pg.Client, pipeline: Pipeline): Promise<readonly Rows[]> {
    try {
      return await pipeline.done
    } catch (error) {
      // Not an answer of the server: the connection is lost or timed out, and dies in its own time. Nobody may use it meanwhile.
      if (!(error instanceof pg.DatabaseError)) this.#forget(client)
      throw error
    }
  }

  /** A client that ends late must not take the one after it along. */
  #forget(client: pg.Client): void {
    if (this.#current === client) this.#client = undefined
  }

  async close(): Promise<void> {
    this.#closed = true
    const client = await this.#client?.catch(() => undefined)
    this.#client = undefined
    await client?.end()
  }

  #connected(): Promise<pg.Client> {
    if (this.#closed) return Promise.reject(new InterlineError('DATABASE_UNAVAILABLE', { state: 'closed' }))
    this.#client ??= this.#connect()
    return this.#client
  }

  async #connect(): Promise<pg.Client> {
    const client = new pg.Client({
      connectionString: this.#options.url,
      query_timeout: this.#options.queryTimeoutMs,
      connectionTimeoutMillis: this.#options.connectTimeoutMs,
      keepAlive: true,
      application_name: 'interline hot',
      options: [...settings, `statement_timeout=${this.#options.queryTimeoutMs}`].map((one) => `-c ${one}`).join(' '),
      pipeline: true,
    })
    this.#current = client
    client.on('error', () => this.#forget(client))
    client.on('end', () => this.#forget(client))
    try {
      await client.connect()
      await client.query(transactionLimit, [`${this.#options.queryTimeoutMs}ms`])
      for (const [name, text] of Object.entries(statements)) await client.query(`PREPARE ${name} AS ${text}`)
      return client
    } catch (error) {
      this.#forget(client)
      throw new InterlineError('DATABASE_UNAVAILABLE', { state: 'connect' }, error)
    }
  }
}

/**
 * Plans made while a table was empty would scan it for ever (849 instead of 16 µs a batch); the planner gets no choice here. All
 * statements look up by key.
 */
const settings = [
  'enable_seqscan=off',
  'enable_hashjoin=off',
  'enable_mergejoin=off',
  'enable_bitmapscan=off',
  'plan_cache_mode=force_generic_plan',
  'jit=off',
  'synchronous_commit=on',
  // Each statement must see what was committed while it waited for a lock.
  'default_transaction_isolation=read\\ committed',
  'idle_in_transaction_session_timeout=10s',
  // A machine that vanished is noticed within seconds, also by a server that is not ours; 7,200 s is what they come with.
  'tcp_keepalives_idle=2',
  'tcp_keepalives_interval=1',
  'tcp_keepalives_count=3',
  'client_connection_check_interval=2s',
  'timezone=UTC',
]

/**
 * Half of a step that arrived holds locks, and neither of the server's other limits runs while it waits for the rest. PostgreSQL 17
 * has one that does; before it, the end of the connection has to be noticed.
 */
const transactionLimit = `SELECT set_config('transaction_timeout', $1, false) WHERE current_setting('server_version_num')::int >= 170000`

/**
 * Buffers that were written and may be written again, of all lines together. Fresh ones for each step cost nearly half of the time in the
 * collector. In time each has been as large as a step of bulk work: eight of them held 59 MB of a hub that had nothing to do.
 */
const pool: Buffer[] = []

function takeBuffer(): Buffer {
  return pool.pop() ?? Buffer.allocUnsafeSlow(1 << 20)
}

function giveBuffer(buffer: Buffer): void {
  if (pool.length < 4 && buffer.length <= 1 << 23) pool.push(buffer)
}
