import type { Reference } from '../fact.ts'
import type {
  CarrierBooking,
  CutOffs,
  EquipmentDetails,
  EventTime,
  GeoPoint,
  Ports,
  ShipmentReport,
  TenderConditions,
} from '../report.ts'
import type { ExchangeReport } from '../transmission/exchange-problem.ts'
import type { ExceptionCategory, ShipmentStatus } from './codes.ts'

/**
 * A shipment as it is stored. The first part is what was said: sets, whatever the order in which it came. The second is what
 * follows from it, kept so that a change can be told apart. Plain JSON; rewritten with each change, so it is kept short.
 */
export interface ShipmentState extends Said {
  readonly mergedInto?: string
  /** Timers that are set, ms: never later than needed. */
  readonly armed: Readonly<Record<string, number>>
  readonly projection: Projection
}

/** What was said about a shipment, by anybody. */
export interface Said {
  readonly references: readonly Reference[]
  readonly events: readonly StoredEvent[]
  readonly plan: readonly PlanEntry[]
  readonly packages: readonly StoredPackage[]
  /** Numbers under which the carrier follows the shipment as a whole, normalised. */
  readonly masters?: readonly string[]
  /** Expectations that were missed: the latest due time of each, ms. */
  readonly missed: Readonly<Record<string, number>>
  readonly decided: readonly Decision[]
  readonly estimates: readonly Estimate[]
  readonly summaries: readonly Summary[]
  readonly about: ShipmentAbout
  /** When each field of `about` was told, ms, so that the newest word counts; absent for the word of least authority. */
  readonly told: Readonly<Record<string, number>>
  /** Packages that a signature was told for, as they were named; empty text for one of all. */
  readonly signed: readonly string[]
  /** More was reported than is kept, so that scans had to go. */
  readonly crowded?: true
  /** What is wrong between us and partners about documents of this shipment. */
  readonly exchanges?: readonly Exchange[]
}

/** An open problem with a document. */
export interface Exchange extends Pick<ExchangeReport, 'id' | 'category' | 'reason'> {
  /** When the hub saw it, ms. */
  readonly since: number
}

/** What is known of the shipment besides its events. */
export interface ShipmentAbout {
  readonly carrier?: string
  readonly service?: string
  readonly mode?: string
  readonly direction?: string
  readonly shipTo?: ShipmentReport['shipTo']
  readonly stops?: ShipmentReport['stops']
  /** The first one ever given, and the one agreed last. */
  readonly promise?: { readonly initial: Window; readonly current: Window }
  readonly plannedPickup?: string
  /** When the tender is to be answered at the latest. */
  readonly respondBy?: string
  readonly signedBy?: string
  readonly weightGrams?: string
  readonly equipment?: ShipmentReport['equipment']
  readonly ports?: Ports
  readonly cutOffs?: CutOffs
  readonly booking?: CarrierBooking
}

/** An agreed time, as RFC 3339 text; without `from` or `to` it is open on that side. */
export interface Window {
  readonly from?: string
  readonly to?: string
}

/** A scan as somebody reported it. What is usual is left out: actual, recorded, to the second, with a known offset. */
export interface StoredEvent {
  readonly code: string
  /** Milliseconds since 1970; of a date, its start. */
  readonly at: number
  /** The offset from UTC that it was told with, `+02:00`. */
  readonly offset?: string
  readonly precision?: Exclude<EventTime['precision'], 'second'>
  /** As it was written, where the offset had to be found or assumed. */
  readonly local?: string
  readonly tz?: string
  readonly zoneless?: true
  /** Milliseconds since 1970 when the hub first had exactly this. */
  readonly received: number
  readonly source: string
  readonly classifier?: 'estimated' | 'planned'
  readonly retracted?: true
  readonly id?: string
  readonly sequence?: number
  readonly updated?: number
  readonly place?: string
  readonly country?: string
  /** Where it was located, to five decimals of a degree, about a metre; absent where nobody told. */
  readonly geo?: GeoPoint
  readonly reason?: { readonly category: string; readonly code?: string; readonly responsible?: string }
  readonly raw: string
  readonly text?: string
  /** The number that it names: that of a package, when one has it. */
  readonly package?: string
  /** The container or trailer that it names. */
  readonly equipment?: string
  /** What was read off it or weighed then. */
  readonly details?: EquipmentDetails
  readonly stop?: { readonly seq: number; readonly final?: boolean }
  /** SHA-256 of the content or, where it was not given, the address. */
  readonly documents?: readonly string[]
}

/** A planning fact of the hub's side: tender, booking, void. */
export interface PlanEntry {
  readonly event: ShipmentReport['event']
  readonly at: number
  /** Who answered an offer, or whose time to answer is over. Absent: nobody said. */
  readonly carrier?: string
  /** On what conditions a carrier would take the load. */
  readonly conditions?: TenderConditions
}

/** A package of the shipment; `weightGrams` is decimal text. A cancelled one stays, because scans may still name it. */
export interface StoredPackage {
  readonly id: string
  readonly sscc?: string
  readonly trackingNumber?: string
  /** Numbers that it was told under besides: an earlier label, the name that another system has for it. */
  readonly otherNumbers?: readonly string[]
  readonly weightGrams?: string
  readonly cancelled?: true
}

/** A person's decision to close an exception. */
export interface Decision {
  readonly exception: string
  readonly at: number
  readonly by: string
}

/** The newest estimate of a source, of each stop. */
export interface Estimate {
  readonly source: string
  readonly at: number
  readonly told: number
  /** Which stop it is of, where nobody said whether the shipment ends there. */
  readonly stop?: number
}

/** What a carrier says in one word beside its scans. */
export interface Summary {
  /** What it is about, as its scans name it; empty text for the whole shipment. */
  readonly about: string
  readonly status: ShipmentStatus
  readonly rawCode: string
  /** The newest scan that it came with: it says nothing about later ones. */
  readonly at: number
}

/** What follows from all that was said, worked out anew after each fact; times in ms since 1970. */
export interface Projection {
  readonly status: ShipmentStatus
  readonly progress: { readonly total: number; readonly delivered: number; readonly partial: boolean }
  readonly packages: Readonly<Record<string, ShipmentStatus>>
  readonly exceptions: readonly OpenException[]
  /** First actual occurrence per code, ms. */
  readonly milestones: Readonly<Record<string, number>>
  readonly attempts: number
  /** Estimated delivery as shown, with hysteresis, and when it was last announced. */
  readonly eta?: { readonly at: number; readonly source: string; readonly announced: number }
  /** Newest mapped actual event: when it happened and when it was received. */
  readonly lastEvent?: { readonly at: number; readonly received: number; readonly code: string }
  readonly proofs: number
  /** Packages that count and have a proof of delivery, of their own or of the whole shipment. */
  readonly proven: number
  readonly unmapped: number
}

/** Something wrong that neither an event nor a person has closed; `since` in ms since 1970. */
export interface OpenException {
  readonly id: string
  readonly category: ExceptionCategory
  readonly since: number
  readonly package?: string
  readonly reason?: string
  readonly responsible?: string
  readonly detectedBy: 'carrier_reported' | 'hub_detected'
  readonly severity: 'info' | 'warning' | 'critical'
}

const emptyProjection: Projection = {
  status: 'planned',
  progress: { total: 0, delivered: 0, partial: false },
  packages: {},
  exceptions: [],
  milestones: {},
  attempts: 0,
  proofs: 0,
  proven: 0,
  unmapped: 0,
}

const nothingSaid: Said = {
  references: [],
  events: [],
  plan: [],
  packages: [],
  missed: {},
  decided: [],
  estimates: [],
  summaries: [],
  about: {},
  told: {},
  signed: [],
}

/** A shipment before its first fact. */
export const emptyShipment: ShipmentState = { ...nothingSaid, armed: {}, projection: emptyProjection }

/** Scans kept per shipment; past it the oldest positions go first. */
export const eventsMax = 2000

/** Everything else that is kept as a list per shipment. */
export const listMax = 1000
