import type { Instant } from '../base/instant.ts'

/**
 * A fact: something that happened, said by somebody, never changed. The unit of the log. Stored as JSON; ids are deterministic, so
 * that doing the same work twice yields the same fact.
 */
export interface Fact<D = unknown> {
  /** `<message id>.<n>` for what a message asserts, `<cause fact id>.<rule>` for what follows from another fact. */
  readonly id: string
  /** `<entity>.<past_tense>`, see factTypes. */
  readonly type: string
  /** Hub id of the aggregate that it is about. Order is guaranteed per subject. */
  readonly subject: string
  readonly tenant: string
  /** When it happened in the world; absent when nobody said. */
  readonly occurredAt?: Instant
  /** When the hub recorded it. */
  readonly recordedAt: Instant
  /** Connection id for asserted facts, `hub:<room>` for derived ones. */
  readonly source: string
  /** Id of the message or fact that caused it. */
  readonly causation: string
  /** The business conversation: subject of the first fact of the chain. */
  readonly correlation: string
  /** W3C trace id, 32 hex digits, from the intake of the message. */
  readonly trace: string
  /** Version of the map that made it, where one did: `easypost/1`. */
  readonly mapping?: string
  /** True when a replay made it. */
  readonly replay?: true
  /** True when the replayed message said word for word the same when it first came: nothing is changed by it, and what follows from it is owed once. */
  readonly retold?: true
  readonly data: D
}

/** The aggregates of the hub; each has one fold (model/aggregates.ts). The prefix is that of its hub ids. */
export const entities = {
  shipment: 'shp',
  stock: 'stk',
  order: 'ord',
  delivery: 'dlv',
  purchase_order: 'pur',
  asn: 'asn',
  goods_receipt: 'grn',
  appointment: 'apt',
  return: 'rma',
  invoice: 'inv',
  freight_accrual: 'acr',
  freight_invoice: 'frt',
  payment: 'pay',
  claim: 'clm',
  quality_hold: 'qhd',
  item: 'itm',
  location: 'loc',
  party: 'prt',
  carrier: 'car',
  interchange: 'itc',
  partnership: 'pns',
  transmission: 'trm',
  correspondence: 'crs',
  recipient: 'rcp',
  listing: 'lst',
  task: 'tsk',
  process: 'prc',
} as const

/** A kind of aggregate. Identifiers are stored under its name, and hub ids with its prefix: neither ever changes. */
export type Entity = keyof typeof entities

/**
 * What a connector's map says, before the hub knows which object it is about. The flow correlates `about` with the identifiers it
 * knows and turns it into a fact.
 */
export interface Assertion<D = unknown> {
  readonly type: string
  readonly about: About
  readonly occurredAt?: Instant
  readonly data: D
}

/** Which object a message speaks of, by what its sender calls it. */
export interface About {
  readonly entity: Entity
  /** In match order (model.md 3.2): the first level with exactly one candidate wins. All of them belong to the object afterwards. */
  readonly references: readonly Reference[]
  /** What to do when nobody knows any of them: make the object, or let the message wait for its parent. */
  readonly unknown: 'create' | 'wait'
  /**
   * True when the sender is in a position to say that all references mean one object (a WMS or ERP that lists order, delivery and
   * tracking number together). Objects found apart are then merged; otherwise such a message is parked as an identity conflict.
   */
  readonly authoritative?: boolean
}

/** An identifier is (scheme, issuer, value): who assigned it matters as much as its value. */
export interface Reference {
  readonly scheme: string
  /** Who assigned it: a carrier code, a system id, a SCAC; absent for globally unique schemes (SSCC, GTIN, GLN). */
  readonly issuer?: string
  readonly value: string
}

/** What a fold gives back. Pure: same state and fact, same result. `state` is JSON. */
export interface Evolution<S = unknown> {
  readonly state: S
  readonly facts: readonly Derived[]
  readonly timers: readonly TimerChange[]
}

/** A fact that follows from the one folded. `rule` is unique among those of one cause: the id becomes `<cause id>.<rule>`. */
export interface Derived<D = unknown> {
  readonly rule: string
  readonly type: string
  /** Another aggregate than the one folded, when it is about that one. */
  readonly subject?: string
  readonly occurredAt?: Instant
  readonly data: D
}

/** Arms (`at`) or disarms (`null`) the named timer of the subject. A timer that fires is the fact `expectation.missed`. */
export interface TimerChange {
  readonly name: string
  readonly at: Instant | null
  /** What was expected, for the fact: `{code, since}`. */
  readonly data?: unknown
}

/** The fold of one kind of aggregate: what a report makes of the state. Without a state, nobody knew the object before. */
export type Evolve<S = unknown> = (state: S | undefined, fact: Fact) => Evolution<S>

/**
 * Whether a fact is folded into its aggregate. Reports say what somebody claims; all other facts follow from a fold and are for
 * subscribers, views and processes. The name tells, so that a new report needs no list.
 */
export function isReport(type: string): boolean {
  const known = judged.get(type)
  if (known !== undefined) return known
  const judgement = endsLikeReport(type)
  // Names of facts are declared; the bound is for a log that holds others.
  if (judged.size < judgedMost) judged.set(type, judgement)
  return judgement
}

/** Asked several times for each fact. */
const judged = new Map<string, boolean>()
const judgedMost = 1000

function endsLikeReport(type: string): boolean {
  if (requests.has(type)) return true
  const at = Math.max(type.lastIndexOf('_'), type.lastIndexOf('.'))
  return reportEndings.has(type.slice(at + 1))
}

const reportEndings: ReadonlySet<string> = new Set([
  'reported',
  'identified',
  'merged',
  'decided',
  'missed',
  'answered',
])

/** What one object asks of another. Their ending tells nothing: a return that was requested is a status that follows. */
const requests: ReadonlySet<string> = new Set([
  'inventory.availability_requested',
  'reservation.confirm_requested',
  'reservation.release_requested',
  'reservation.requested',
  'task.assigned',
  'task.noted',
  'task.requested',
  'task.withdrawn',
])
