import type { Instant } from '../base/instant.ts'
import type { Reference } from './fact.ts'
import type { PlannedStop } from './planned-stop.ts'

/**
 * What outside systems report, after a connector's map: the data of asserted facts. A report says what somebody claims; the folds
 * decide what it changes. All numbers are decimal text.
 */

/** Keeps the precision that it was told with; a date-only time must not become midnight UTC. */
export interface EventTime {
  /** Start of the interval meant. With `offsetKnown: false` it was computed from `local` and a zone or assumed to be UTC. */
  readonly at: Instant
  readonly precision: 'date' | 'minute' | 'second' | 'millisecond'
  readonly local?: string
  readonly tz?: string
  readonly offsetKnown: boolean
  /** Written within a change of the clock: the time does not exist (`gap`, moved forward) or exists twice (`overlap`, the first). */
  readonly clockChange?: 'gap' | 'overlap'
}

/** Data of `tracking.reported`: one message of a carrier about one shipment. Array order means nothing. */
export interface TrackingReport {
  /** Carrier code as the source names it, lower case; the issuer of the tracking number. */
  readonly carrier?: string
  readonly service?: string
  readonly events: readonly ReportedEvent[]
  /** The carrier's own summary: a cross-check, never the truth. */
  readonly summary?: { readonly code: string; readonly status?: string; readonly rawCode: string }
  readonly estimatedDelivery?: EventTime
  readonly signedBy?: string
  readonly weightGrams?: string
  /** When the source wrote this: of two reports that contradict each other the later one counts, whichever came first. */
  readonly updatedAt?: Instant
}

/** One scan or milestone, in our codes and beside them, under `raw`, in the words of its sender. */
export interface ReportedEvent {
  /** Canonical tracking code; `unknown` when no table maps the source's code. */
  readonly code: string
  readonly classifier: 'actual' | 'estimated' | 'planned'
  readonly action: 'record' | 'amend' | 'retract'
  readonly occurredAt: EventTime
  readonly sourceEventId?: string
  readonly sequence?: number
  readonly updatedAt?: Instant
  readonly place?: Place
  readonly reason?: {
    readonly category: string
    readonly sourceCode?: string
    readonly responsible?: string
    readonly text?: string
  }
  readonly raw: {
    readonly codeSystem: string
    readonly code?: string
    readonly subcode?: string
    readonly text?: string
  }
  readonly confidence: 'exact' | 'inferred' | 'unmapped'
  /** The package it is about, when the shipment has several: its tracking number or SSCC, normalised. */
  readonly package?: string
  /** The container or trailer that it is about, normalised; containers by ISO 6346. */
  readonly equipment?: string
  /** What was read off it or weighed then. */
  readonly details?: EquipmentDetails
  /** Which stop of the load, by its number; `final` where the sender says whether the shipment ends there. */
  readonly stop?: { readonly seq: number; readonly final?: boolean }
  readonly documents?: readonly ReportedDocument[]
}

/** A document that came with a scan: known by its content or, where the sender keeps the content to himself, by its address. */
export interface ReportedDocument {
  /** pod, signature, photo, damage_photo … */
  readonly type: string
  readonly sha256?: string
  readonly mediaType?: string
  readonly uri?: string
}

/** Where something happened, as far as anybody said: `country` is ISO 3166-1 alpha-2, `unlocode` UN/LOCODE. */
export interface Place {
  readonly name?: string
  readonly city?: string
  readonly region?: string
  readonly country?: string
  readonly postalCode?: string
  readonly unlocode?: string
  /** Where a device or the carrier located it, WGS 84, degrees: only where it was told. */
  readonly geo?: GeoPoint
}

/** A point on the earth, WGS 84, in degrees: north and east are positive. */
export interface GeoPoint {
  readonly lat: number
  readonly lon: number
}

/** Data of `shipment.reported`: what the sender knows about a shipment as a whole (plan, booking, packages, void). Snapshot; absent = not said. */
export interface ShipmentReport {
  readonly event:
    | 'planned'
    | 'tendered'
    | 'tender_accepted'
    | 'tender_countered'
    | 'tender_declined'
    | 'tender_expired'
    | 'tender_cancelled'
    | 'carrier_reassigned'
    | 'booked'
    | 'label_created'
    | 'label_voided'
    | 'packed'
    | 'cancelled'
    | 'described'
  readonly carrier?: string
  readonly service?: string
  readonly mode?: string
  readonly direction?: 'outbound' | 'inbound' | 'return' | 'transfer' | 'drop_ship'
  readonly packages?: readonly {
    readonly id: string
    readonly sscc?: string
    readonly trackingNumber?: string
    readonly weightGrams?: string
    readonly cancelled?: boolean
  }[]
  /** Numbers that the carrier follows for the shipment as a whole: master tracking number, PRO. They name no package. */
  readonly masterNumbers?: readonly string[]
  readonly stops?: readonly PlannedStop[]
  readonly promise?: { readonly from?: Instant; readonly to?: Instant; readonly agreedBy?: string }
  readonly shipTo?: {
    readonly city?: string
    readonly region?: string
    readonly country?: string
    readonly postalCode?: string
  }
  readonly plannedPickup?: Instant
  /** Containers and trailers that it travels in, all of them; a new word replaces the one before. */
  readonly equipment?: readonly ReportedEquipment[]
  /** Ports that it goes by, and the places before and behind them. */
  readonly ports?: Ports
  /** Until when what must be there, as the carrier or the terminal says. */
  readonly cutOffs?: CutOffs
  /** When a tender is to be answered at the latest. */
  readonly respondBy?: Instant
  /** `tender_countered`: on what conditions the carrier would take the load. */
  readonly conditions?: TenderConditions
  /** Order at a carrier, by which his label is taken back. */
  readonly booking?: CarrierBooking
}

/** When somebody is to be at a stop: from the first moment until, and without, the last. */
export interface PlannedWindow {
  readonly from?: Instant
  readonly to?: Instant
  /** Zone that both were told in, IANA. Absent: none was known; what names no offset either was taken as UTC. */
  readonly tz?: string
}

/** What a carrier wants otherwise than it was offered. Absent members are as they were offered. */
export interface TenderConditions {
  /** When he would come. */
  readonly plannedPickup?: Instant
  /** What he asks for. */
  readonly amount?: string
  readonly currency?: string
  /** In his own words. */
  readonly text?: string
}

/** An order as the carrier's system knows it. */
export interface CarrierBooking {
  readonly carrier: string
  /** Number that the system gave to it. */
  readonly document: string
  /** Connection that it was made over. Absent: not over one. */
  readonly connection?: string
}

/** What is known of a container or trailer besides its number. Absent: not said. */
export interface EquipmentDetails {
  /** ISO 6346 size and type where it has one: 45G1. */
  readonly kind?: string
  readonly isEmpty?: boolean
  readonly seals?: readonly string[]
  /** What it weighs itself, grams. */
  readonly tareGrams?: string
  /** What it weighs with the goods, grams, as somebody stated it. */
  readonly grossGrams?: string
  readonly verifiedGross?: VerifiedGrossMass
  readonly ports?: Ports
}

/** A container or trailer, or several of one kind that have no numbers yet. */
export interface ReportedEquipment extends EquipmentDetails {
  /** Painted on it, normalised; containers by ISO 6346. */
  readonly number?: string
  /** How many are meant, where they have no numbers; a whole number as text. */
  readonly quantity?: string
  readonly cutOffs?: CutOffs
}

/** Without it no packed container is loaded on a ship (SOLAS VI/2). */
export interface VerifiedGrossMass {
  readonly grams: string
  /** Method 1 weighs the packed container, method 2 adds up what is in it. Absent: not said. */
  readonly method?: 'weighed' | 'calculated'
  /** Who answers for it: a code, else a name. */
  readonly party?: string
  /** When it was found out: an instant, or as it was told where no zone is known. */
  readonly at?: string
}

/** Where goods go by ship, and where the carrier takes them over and hands them out. */
export interface Ports {
  readonly load?: Place
  readonly discharge?: Place
  readonly receipt?: Place
  readonly delivery?: Place
}

/** The last moments for a voyage. `closing` is of the voyage as a whole, `laden` of containers at the gate. */
export interface CutOffs {
  readonly closing?: Instant
  readonly laden?: Instant
  readonly verifiedGrossMass?: Instant
  readonly dangerousGoods?: Instant
  readonly reefer?: Instant
  readonly outOfGauge?: Instant
}

/** Data of `inventory.movement_reported`: stock moved. Identity is `document.system + kind + id + line + sequence`. */
export interface MovementReport {
  /** MovementType of model.md 9.3. */
  readonly type: string
  readonly sku: string
  readonly quantity: string
  readonly uom: string
  readonly effectiveAt: EventTime
  readonly from?: StockPlace
  readonly to?: StockPlace
  readonly lot?: string
  readonly serial?: string
  readonly ownerParty?: string
  readonly package?: string
  readonly reasonCode?: string
  readonly document: {
    readonly system: string
    readonly kind: string
    readonly id: string
    readonly line?: string
    readonly sequence?: string
  }
  /** Identity of the movement that this one reverses. */
  readonly reverses?: string
  /** Quantity conversions known to the sender: 1 uom = numerator/denominator base units. */
  readonly conversion?: { readonly baseUom: string; readonly numerator: string; readonly denominator: string }
  /** Kit components, for `kit` and `unkit`: handled by the map as one report per item. */
  readonly references?: readonly Reference[]
}

/** One side of a movement, within a warehouse. */
export interface StockPlace {
  /** Warehouse or bin code as the sender names it. */
  readonly location: string
  readonly status?: string
  /** Where the owner or the package is not the same on both sides: a change of ownership, a repack. */
  readonly ownerParty?: string
  readonly package?: string
}

/** Data of `inventory.count_reported` and `inventory.snapshot_reported`, one item of it: a claim about stock at an instant. */
export interface StockAssertionReport {
  readonly kind: 'count' | 'snapshot'
  readonly sku: string
  readonly location: string
  readonly status: string
  readonly lot?: string
  readonly serial?: string
  readonly ownerParty?: string
  readonly quantity: string
  readonly uom: string
  readonly effectiveAt: EventTime
  readonly document: { readonly system: string; readonly kind: string; readonly id: string; readonly line?: string }
  readonly conversion?: { readonly baseUom: string; readonly numerator: string; readonly denominator: string }
}

/**
 * Data of `inventory.snapshot_scope_reported`: everything of one item in these locations is listed, whatever else is booked there is not.
 * Without a declared scope, mistaking a partial file for a complete one would empty a warehouse.
 */
export interface SnapshotScopeReport {
  readonly sku: string
  readonly document: StockAssertionReport['document']
  readonly effectiveAt: EventTime
  readonly locations: readonly string[]
  /** Owners of the stock that it speaks for; absent: all of them. `''` is the operator's own. */
  readonly owners?: readonly string[]
  readonly listed: readonly Pick<StockAssertionReport, 'location' | 'status' | 'lot' | 'serial' | 'ownerParty'>[]
  /** On one report of each snapshot: items that it does not list at all are still to be asked for. */
  readonly opens?: true
}

/**
 * Data of `<entity>.reported` for the smaller objects (order, delivery, purchase_order, asn, goods_receipt, return, invoice,
 * freight_accrual, …): a snapshot with the event that it stands for. `revision` of the source decides between two snapshots.
 */
export interface DocumentReport {
  /** Status of the object's state machine (model.md 4.1) that the event stands for; absent when it changes no status. */
  readonly status?: string
  /** Instead of a status: the object has come so far at least. Never takes a step back, so it may come late. */
  readonly reached?: string
  readonly revision?: number
  /** The canonical object, as far as the sender knows it. Replaces the fields it names. */
  readonly object: Readonly<Record<string, unknown>>
  /**
   * Parts of the object that have an identity of their own, by member and key: `{confirmations: {"1": {…}}}`. They are kept beside
   * each other; the same key with other content is a conflict, and nothing of the report counts.
   */
  readonly parts?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  readonly reason?: string
}
