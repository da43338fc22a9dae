import { InterlineError } from '../../base/errors.ts'
import { writeInstant } from '../../base/instant.ts'
import { hexHash, shortHash } from '../../base/sha256.ts'
import type { Assertion } from '../../model/fact.ts'
import type { DifferenceReport } from '../../model/stock/difference.ts'
import type { StockState } from '../../model/stock/state.ts'
import { stockSubject } from '../../model/stock/subject.ts'
import { needsPerson, type StockDifference, stockDifferences } from '../../processes/stock-difference/difference.ts'
import {
  agree,
  commonCells,
  type ListedStock,
  ourStock,
  ownEvidence,
  theirStock,
} from '../../processes/stock-difference/item.ts'
import { postingEvidence } from '../../processes/stock-difference/owed.ts'
import type { Connection } from '../connection.ts'
import type { ExchangePorts } from '../dispatch/exchange.ts'
import type { Intake } from '../intake/intake.ts'
import { deskArrival } from '../stewardship/desk.ts'
import type { Workplace } from '../workplace.ts'
import { type StockEvidence, stockEvidence } from './stock-evidence.ts'
import { isBefore, type ListedItem, StockListing } from './stock-listing.ts'

/** What a comparison came to, or has so far. */
export interface StockComparison {
  readonly id: string
  readonly tenant: string
  readonly connection: string
  readonly state: 'running' | 'done' | 'failed'
  /** RFC 3339. When the other system looked; empty before it answered. */
  readonly takenAt: string
  readonly startedAt: string
  readonly endedAt?: string
  readonly items: number
  /** Lines that the other system listed. */
  readonly lines: number
  readonly differences: number
  /** Items of which a unit could not be converted: nothing is said about them. */
  readonly unreadable: number
  /** Cases that were opened for a person, or closed. */
  readonly told: number
  /** Cases for which there was no room in this comparison; the next one tells them. */
  readonly untold: number
  readonly causes: Readonly<Record<string, number>>
  readonly problem?: string
}

/** Where comparisons are kept. */
export interface ComparisonStore {
  /** The same id again replaces what was said of it. */
  save(comparison: StockComparison): Promise<void>
  add(comparison: string, differences: readonly StockDifference[]): Promise<void>
}

/** What a comparer needs of the hub. */
export interface StockComparerOptions {
  readonly place: Workplace
  readonly exchange: Omit<ExchangePorts, 'clock' | 'sessions'>
  readonly intake: Pick<Intake, 'accept'>
  readonly store: ComparisonStore
  /** Items of the tenant that the hub knows, in order of bytes, after one of them. */
  readonly items: (
    tenant: string,
    page: { readonly after: string; readonly limit: number },
  ) => Promise<readonly string[]>
  /** Documents that the system has more than once, by effect, as its books were compared last. */
  readonly doubles: (connection: string) => ReadonlyMap<string, readonly string[]>
}

const pageItems = 500
const toldMost = 500
const assertionsMost = 100

/** Compares the stock of the hub with that of another system, item by item: neither side is ever in memory whole. */
export class StockComparer {
  readonly #options: StockComparerOptions
  readonly #running = new Set<string>()

  constructor(options: StockComparerOptions) {
    this.#options = options
  }

  /** Connections whose system can list its stock. */
  connections(): readonly Connection[] {
    return [...this.#options.place.ports.connections().values()].filter(
      ({ connector }) => connector.operations?.listStock !== undefined,
    )
  }

  /** Begins one, called by `once` where somebody wants it once, and says what it is called; `done` resolves with its end. Throws CONNECTION_UNKNOWN, OPERATION_UNKNOWN, COMPARISON_RUNNING. */
  async begin(
    id: string,
    once?: string,
  ): Promise<{ readonly comparison: StockComparison; readonly done: Promise<StockComparison> }> {
    const { place } = this.#options
    const connection = place.ports.connections().get(id)
    if (connection === undefined) throw new InterlineError('CONNECTION_UNKNOWN', { connection: id })
    if (connection.connector.operations?.listStock === undefined)
      throw new InterlineError('OPERATION_UNKNOWN', { command: 'listStock', connector: connection.connector.id })
    if (this.#running.has(id)) throw new InterlineError('COMPARISON_RUNNING', { connection: id })
    this.#running.add(id)
    const startedAt = writeInstant(place.clock.wall())
    const comparison: StockComparison = {
      id: `cmp_${once ?? shortHash(`${connection.tenant}|${id}|${startedAt}`)}`,
      tenant: connection.tenant,
      connection: id,
      state: 'running',
      takenAt: '',
      startedAt,
      items: 0,
      lines: 0,
      differences: 0,
      unreadable: 0,
      told: 0,
      untold: 0,
      causes: {},
    }
    // Whoever is told its name may ask for it at once.
    try {
      await this.#options.store.save(comparison)
    } catch (error) {
      this.#running.delete(id)
      throw error
    }
    const done = new Comparing(this.#options, connection, comparison).run().finally(() => this.#running.delete(id))
    return { comparison, done }
  }
}

/** One comparison under way. */
class Comparing {
  readonly #options: StockComparerOptions
  readonly #connection: Connection
  #now: StockComparison
  readonly #causes: Record<string, number> = {}
  #found: StockDifference[] = []
  #assertions: Assertion[] = []
  #messages = 0
  /** What the other system has told apart so far. */
  #tells = { status: false, lot: false }

  constructor(options: StockComparerOptions, connection: Connection, comparison: StockComparison) {
    this.#options = options
    this.#connection = connection
    this.#now = comparison
  }

  /** Never rejects for what the other system does: that is the outcome. */
  async run(): Promise<StockComparison> {
    const { store, place } = this.#options
    try {
      await this.#compare()
      this.#now = { ...this.#now, state: 'done' }
    } catch (error) {
      const problem = error instanceof Error ? error.message.slice(0, 500) : 'unknown'
      this.#now = { ...this.#now, state: 'failed', problem }
    }
    this.#now = { ...this.#now, endedAt: writeInstant(place.clock.wall()), causes: this.#causes }
    await store.save(this.#now)
    return this.#now
  }

  async #compare(): Promise<void> {
    const { place, exchange } = this.#options
    const ports = { ...exchange, clock: place.clock, sessions: place.sessions }
    const listing = new StockListing(ports, this.#connection, hexHash(this.#now.id))
    const takenAt = await listing.begin()
    this.#now = { ...this.#now, takenAt: writeInstant(takenAt) }
    const evidence = await stockEvidence(place, this.#connection, takenAt)
    if (!evidence.complete)
      throw new InterlineError('BOOKS_UNREADABLE', {
        connection: this.#connection.id,
        reason: 'too many postings are open',
      })
    let page: ListedItem[] = []
    for await (const item of this.#both(listing)) {
      page.push(item)
      if (page.length < pageItems) continue
      await this.#judge(page, { takenAt, evidence })
      page = []
    }
    await this.#judge(page, { takenAt, evidence })
    await this.#flush()
    await this.#tell()
  }

  /** Items of either side, in order; those that only the hub has are without lines. */
  async *#both(listing: StockListing): AsyncGenerator<ListedItem> {
    const own = this.#ownItems()
    let mine = await own.next()
    for await (const theirs of listing.items()) {
      for (; mine.done !== true && isBefore(mine.value, theirs.sku); mine = await own.next())
        yield { sku: mine.value, rows: [] }
      if (mine.done !== true && mine.value === theirs.sku) mine = await own.next()
      yield theirs
    }
    for (; mine.done !== true; mine = await own.next()) yield { sku: mine.value, rows: [] }
  }

  async *#ownItems(): AsyncGenerator<string> {
    for (let after = ''; ; ) {
      const page = await this.#options.items(this.#connection.tenant, { after, limit: pageItems })
      yield* page
      const last = page.at(-1)
      if (last === undefined) return
      after = last
    }
  }

  async #judge(
    page: readonly ListedItem[],
    known: { readonly takenAt: number; readonly evidence: StockEvidence },
  ): Promise<void> {
    const { tenant } = this.#connection
    const subjects = page.map(({ sku }) => stockSubject(tenant, sku))
    const states = await this.#options.place.backbone.states(subjects)
    for (const row of page.flatMap(({ rows }) => rows))
      this.#tells = {
        status: this.#tells.status || row.status !== undefined,
        lot: this.#tells.lot || row.lot !== undefined,
      }
    page.forEach(({ sku, rows }, index) => {
      const body = states.get(subjects[index] ?? '')?.body
      this.#item({ sku, rows, state: body === undefined ? undefined : (JSON.parse(body) as StockState) }, known)
    })
    this.#now = {
      ...this.#now,
      items: this.#now.items + page.length,
      lines: this.#now.lines + page.reduce((sum, { rows }) => sum + rows.length, 0),
    }
    if (this.#found.length >= pageItems) await this.#flush()
    if (this.#assertions.length >= assertionsMost) await this.#tell()
  }

  #item(
    item: { readonly sku: string; readonly rows: readonly ListedStock[]; readonly state: StockState | undefined },
    { takenAt, evidence }: { readonly takenAt: number; readonly evidence: StockEvidence },
  ): void {
    const { sku, rows, state } = item
    const theirs = theirStock(state, rows)
    if ('unreadable' in theirs) {
      this.#now = { ...this.#now, unreadable: this.#now.unreadable + 1 }
      return
    }
    const differences = this.#differences(item, theirs, { takenAt, evidence })
    for (const one of differences) {
      this.#causes[one.cause] = (this.#causes[one.cause] ?? 0) + 1
      this.#found.push(one)
    }
    this.#now = { ...this.#now, differences: this.#now.differences + differences.length }
    for (const report of this.#news(differences, state)) this.#say(sku, report)
  }

  /** Most items agree, and need no evidence. */
  #differences(
    { sku, rows, state }: { sku: string; rows: readonly ListedStock[]; state: StockState | undefined },
    theirs: ReadonlyMap<string, string>,
    { takenAt, evidence }: { readonly takenAt: number; readonly evidence: StockEvidence },
  ): StockDifference[] {
    const cell = commonCells(rows, { places: placesOf(this.#connection), tells: this.#tells })
    const ours = state === undefined ? new Map<string, string>() : ourStock(state, cell, takenAt)
    if (agree(ours, theirs)) return []
    const parked = evidence.parked(sku)
    if (state === undefined) return stockDifferences({ sku, ours, theirs, takenAt, evidence: { ...nothing, parked } })
    const own = ownEvidence(state, cell, takenAt)
    const documents = this.#options.doubles(this.#connection.id)
    const postings = postingEvidence(evidence.owed.get(sku) ?? [], { state, cell, takenAt, documents })
    return stockDifferences({
      sku,
      ours,
      theirs,
      takenAt,
      evidence: { ...own, parked: [...own.parked, ...parked], postings },
    })
  }

  /** Differences that a person should see, and cases that are over: those of this system that were not found again. */
  *#news(
    differences: readonly StockDifference[],
    state: StockState | undefined,
  ): Generator<Omit<DifferenceReport, 'system' | 'run' | 'takenAt'>> {
    const nameOf = ({ location, status, lot }: { location: string; status: string; lot: string }): string =>
      [location, status, lot].join('|')
    const open = Object.values(state?.differences ?? {}).filter(({ system }) => system === this.#connection.id)
    const serious = differences.filter(needsPerson)
    const found = new Set(serious.map(nameOf))
    for (const { sku: _, ...one } of serious) yield one
    for (const { location, status, lot } of open)
      if (!found.has(nameOf({ location, status, lot })))
        yield {
          location,
          status,
          lot,
          ours: '0',
          theirs: '0',
          difference: '0',
          cause: '',
          explanations: [],
          repairs: [],
        }
  }

  #say(sku: string, report: Omit<DifferenceReport, 'system' | 'run' | 'takenAt'>): void {
    const { told, untold, id: run, takenAt } = this.#now
    if (told >= toldMost) {
      this.#now = { ...this.#now, untold: untold + 1 }
      return
    }
    const data: DifferenceReport = { system: this.#connection.id, run, takenAt, ...report }
    const about = { entity: 'stock', references: [{ scheme: 'sku', value: sku }], unknown: 'create' } as const
    this.#assertions.push({ type: 'inventory.difference_reported', about, occurredAt: takenAt, data })
    this.#now = { ...this.#now, told: told + 1 }
  }

  async #flush(): Promise<void> {
    const found = this.#found
    this.#found = []
    if (found.length > 0) await this.#options.store.add(this.#now.id, found)
  }

  async #tell(): Promise<void> {
    const { intake, place } = this.#options
    while (this.#assertions.length > 0)
      await intake.accept({
        ...deskArrival(this.#assertions.splice(0, assertionsMost), {
          tenant: this.#connection.tenant,
          identity: `stock-comparison:${this.#now.id}:${this.#messages++}`,
          trace: hexHash(this.#now.id),
          partitions: place.backbone.partitions,
        }),
        lane: 'bulk',
      })
  }
}

const nothing = { movements: [], counts: [], postings: [], conversions: [], cutOffMs: 0 }

/** `DC1=DC1-IN,DC1-OUT; DC2=…` as our place → theirs. */
function placesOf({ settings }: Connection): ReadonlyMap<string, string> {
  const { stockPlaces } = settings as { readonly stockPlaces?: unknown }
  const known = parsed.get(settings)
  if (known !== undefined) return known
  const places = new Map<string, string>()
  for (const rule of typeof stockPlaces === 'string' ? stockPlaces.split(';') : []) {
    const [theirs = '', ours = ''] = rule.split('=')
    for (const one of ours.split(','))
      if (one.trim() !== '' && theirs.trim() !== '') places.set(one.trim(), theirs.trim())
  }
  parsed.set(settings, places)
  return places
}

const parsed = new WeakMap<object, ReadonlyMap<string, string>>()
