import { InterlineError } from '../../base/errors.ts'
import { writeInstant } from '../../base/instant.ts'
import type { DocumentPage } from '../../connectors/kit/connector.ts'
import { referencePrefix } from '../../processes/posting.ts'
import {
  type Booked,
  type Comparison,
  compareBooks,
  differenceKinds,
  type Owed,
} from '../../processes/reconciliation.ts'
import type { Connection } from '../connection.ts'
import type { Workplace } from '../workplace.ts'
import { type ExchangePorts, question } from './exchange.ts'

/** What the books of one system and the hub's ledger come to, for a span of time. */
export interface Reconciliation extends Comparison {
  readonly connection: string
  /** RFC 3339. Settled at or after, and before. */
  readonly from: string
  readonly until: string
  /** False: there was more than is compared at once; nothing is called missing. */
  readonly complete: boolean
}

/** How often books are compared, and the way to the systems that keep them. */
export interface ReconcilerOptions {
  readonly place: Workplace
  readonly exchange: Omit<ExchangePorts, 'clock' | 'sessions'>
  /** A new trace id for each comparison. */
  readonly trace: () => string
  /** 0: only when somebody asks. */
  readonly everyHours: number
}

/** Books run apart by a little: clocks, and what was settled while the list was read. */
const marginMs = 15 * 60_000
const dayMs = 24 * 3_600_000
const rowsMax = 200_000
const pageRows = 1000

/** Compares the ledger with what other systems have booked. Reads only: what differs is for a person. */
export class Reconciler {
  readonly #options: ReconcilerOptions
  readonly #results = new Map<string, Reconciliation>()
  #nextAt: number | undefined

  constructor(options: ReconcilerOptions) {
    this.#options = options
  }

  /** The last result of each system, of this instance. */
  get results(): readonly Reconciliation[] {
    return [...this.#results.values()]
  }

  /** For the gauge: also the kinds of which there is none. */
  counts(): readonly { readonly labels: { readonly target: string; readonly kind: string }; readonly value: number }[] {
    return this.results.flatMap(({ connection: target, differences }) =>
      differenceKinds.map((kind) => ({
        labels: { target, kind },
        value: differences.filter((one) => one.kind === kind).length,
      })),
    )
  }

  /** Connections whose system can list its documents. */
  connections(): readonly Connection[] {
    return [...this.#options.place.ports.connections().values()].filter(
      ({ connector }) => connector.operations?.listDocuments !== undefined,
    )
  }

  /** Throws CONNECTION_UNKNOWN, OPERATION_UNKNOWN, BOOKS_UNREADABLE. By default what was settled in the last day. */
  async reconcile(id: string, since?: number): Promise<Reconciliation> {
    const { place } = this.#options
    const connection = place.ports.connections().get(id)
    if (connection === undefined) throw new InterlineError('CONNECTION_UNKNOWN', { connection: id })
    const now = place.clock.wall()
    const fromMs = since ?? now - dayMs
    // The list first: what is settled after it was read is too young to be missing.
    const listed = await this.#listed(connection, fromMs - marginMs)
    const ledger = await this.#ledger(connection, fromMs - 2 * marginMs)
    const span = { fromMs, untilMs: now - 1000, complete: listed.complete && ledger.complete }
    const result: Reconciliation = {
      connection: id,
      from: writeInstant(fromMs),
      until: writeInstant(span.untilMs),
      complete: span.complete,
      ...compareBooks(ledger.rows, listed.rows, span),
    }
    this.#results.set(id, result)
    return result
  }

  /** Once per period, all systems; one that does not answer is asked again in the next one. */
  async round(): Promise<boolean> {
    const { place, everyHours } = this.#options
    const now = place.clock.wall()
    this.#nextAt ??= now + everyHours * 3_600_000
    if (everyHours === 0 || now < this.#nextAt) return false
    this.#nextAt = now + everyHours * 3_600_000
    const targets = new Set(place.ports.routes().map(({ target }) => target))
    const asked = this.connections().filter(({ id }) => targets.has(id))
    const ended = await Promise.allSettled(asked.map(({ id }) => this.reconcile(id)))
    const failed = ended.find((one) => one.status === 'rejected')
    if (failed !== undefined) throw failed.reason
    return false
  }

  async #listed(connection: Connection, since: number): Promise<{ rows: readonly Booked[]; complete: boolean }> {
    const { place, exchange } = this.#options
    const ports = { ...exchange, clock: place.clock, sessions: place.sessions }
    const rows: Booked[] = []
    const trace = this.#options.trace()
    let cursor: string | undefined
    do {
      const payload = {
        prefix: referencePrefix,
        since: writeInstant(since),
        ...(cursor === undefined ? {} : { cursor }),
      }
      const answer = await question(ports, { connection, operation: 'listDocuments', payload, trace })
      if (answer.outcome !== 'applied') {
        const reason = 'reason' in answer ? answer.reason : 'it was only taken'
        throw new InterlineError('BOOKS_UNREADABLE', { connection: connection.id, reason })
      }
      const { documents, next } = answer.data as DocumentPage
      rows.push(...documents)
      if (next === cursor) return { rows, complete: next === undefined }
      cursor = next
    } while (cursor !== undefined && rows.length < rowsMax)
    return { rows, complete: cursor === undefined }
  }

  async #ledger(connection: Connection, updatedSince: number): Promise<{ rows: readonly Owed[]; complete: boolean }> {
    const { ledger } = this.#options.place.backbone
    const rows: Owed[] = []
    for (let after: string | undefined; rows.length < rowsMax; after = rows.at(-1)?.effect) {
      const page = await ledger.effects({
        tenant: connection.tenant,
        target: connection.id,
        updatedSince,
        limit: pageRows,
        ...(after === undefined ? {} : { after }),
      })
      rows.push(
        ...page.map(({ id, naturalKey, externalReference, state, documentReference, updatedAt }) => ({
          effect: id,
          naturalKey,
          externalReference,
          state,
          updatedAt,
          ...(documentReference === undefined ? {} : { documentReference }),
        })),
      )
      if (page.length < pageRows) return { rows, complete: true }
    }
    return { rows, complete: false }
  }
}
