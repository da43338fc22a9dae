import type { Reference } from '../fact.ts'
import type { EventTime, ShipmentReport } from '../report.ts'
import type { ExceptionCategory, ShipmentStatus } from './codes.ts'

/**
 * A shipment as it is stored. The first part is what was said: a set, whatever the order in which it came. The second is what
 * follows from it, kept so that a change can be told apart. Plain JSON; rewritten with each change, so it is kept short.
 */
export interface ShipmentState {
  readonly references: readonly Reference[]
  readonly events: readonly StoredEvent[]
  readonly plan: readonly PlanEntry[]
  readonly packages: readonly StoredPackage[]
  readonly missed: readonly { readonly timer: string; readonly due: number }[]
  readonly decided: readonly { readonly exception: string; readonly at: number; readonly by: string }[]
  readonly estimates: readonly { readonly source: string; readonly at: number; readonly told: number }[]
  readonly summary?: { readonly status: ShipmentStatus; readonly rawCode: string; readonly told: number }
  readonly about: ShipmentAbout
  readonly mergedInto?: string
  /** Timers that are set, ms: never later than needed. */
  readonly armed: Readonly<Record<string, number>>
  readonly projection: Projection
}

/** What is known of the shipment besides its events. Snapshots: the newest word on each field counts. */
export interface ShipmentAbout {
  readonly carrier?: string
  readonly service?: string
  readonly mode?: string
  readonly direction?: string
  readonly shipTo?: ShipmentReport['shipTo']
  readonly stops?: ShipmentReport['stops']
  readonly promise?: { readonly initial: Window; readonly current: Window }
  readonly plannedPickup?: string
  readonly signedBy?: string
  readonly weightGrams?: string
}

export interface Window {
  readonly from?: string
  readonly to?: string
}

/** A scan as somebody reported it. Defaults are left out: actual, recorded, exact. */
export interface StoredEvent {
  readonly code: string
  readonly time: EventTime
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
  readonly reason?: { readonly category: string; readonly code?: string; readonly responsible?: string }
  readonly raw: string
  readonly text?: string
  readonly package?: string
  readonly stop?: { readonly seq: number; readonly final: boolean }
  readonly documents?: readonly string[]
}

/** A planning fact of the hub's side: tender, booking, void. */
export interface PlanEntry {
  readonly event: ShipmentReport['event']
  readonly at: number
}

export interface StoredPackage {
  readonly id: string
  readonly sscc?: string
  readonly trackingNumber?: string
  readonly weightGrams?: string
  readonly cancelled?: true
}

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

export const emptyProjection: Projection = {
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

export const emptyShipment: ShipmentState = {
  references: [],
  events: [],
  plan: [],
  packages: [],
  missed: [],
  decided: [],
  estimates: [],
  about: {},
  armed: {},
  projection: emptyProjection,
}

/** Scans kept per shipment; past it the oldest positions go first. */
export const eventsMax = 2000
