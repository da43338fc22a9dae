import type { Effect } from '../backbone/ledger.ts'
import type { Retired } from '../backbone/retention.ts'
import type { TenantBackbone } from '../backbone/tenant-backbone.ts'
import type { SignatureScheme } from '../base/signature-scheme.ts'
import type { CommittedStates } from '../flow/advance/committed-states.ts'
import type { Connection } from '../flow/connection.ts'
import type { Reconciler } from '../flow/dispatch/reconcile.ts'
import type { Intake } from '../flow/intake/intake.ts'
import type { Poller } from '../flow/intake/poller.ts'
import type { Clock } from '../flow/ports.ts'
import type { StockComparer } from '../flow/stock/stock-comparison.ts'
import type { Assertions } from '../registry/assertions.ts'
import type { AuditLog } from '../registry/audit.ts'
import type { MasterData } from '../registry/master-data.ts'
import type { MasterImport } from '../registry/master-import.ts'
import type { PartnerCertificates } from '../registry/partner-certificates.ts'
import type { People } from '../registry/people.ts'
import type { QuotaRefusal } from '../registry/quota-refusals.ts'
import type { SavedViews } from '../registry/saved-views.ts'
import type { Sealing } from '../registry/sealing.ts'
import type { SecondFactors } from '../registry/second-factors.ts'
import type { SecretStanding } from '../registry/secret-rotation.ts'
import type { Sessions } from '../registry/sessions.ts'
import type { Trials } from '../registry/trials.ts'
import type { Welcomes } from '../registry/welcomes.ts'
import type { TroubleRows } from '../views/connection-troubles.ts'
import type { DocumentRows } from '../views/documents.ts'
import type { ListingRows } from '../views/listings.ts'
import type { NotificationRows } from '../views/notifications.ts'
import type { Overview } from '../views/overview.ts'
import type { ParkedGroups } from '../views/parked-groups.ts'
import type { PartRows } from '../views/parts.ts'
import type { PostingRows } from '../views/postings.ts'
import type { ProcessRows } from '../views/processes.ts'
import type { ReferenceRow } from '../views/reference.ts'
import type { ShipmentRows } from '../views/shipments.ts'
import type { StockRows } from '../views/stock.ts'
import type { ComparisonRows } from '../views/stock-comparisons.ts'
import type { TaskRows } from '../views/tasks.ts'
import type { TransmissionRows } from '../views/transmissions.ts'
import type { Signals } from '../watch/signals.ts'
import type { Passwords } from './access/password.ts'
import type { Keys, Principal } from './access/principal.ts'
import type { AlertDesk } from './desks/alert-desk.ts'
import type { CheckDesk } from './desks/check-desk.ts'
import type { ContractDesk, ContractsInForce } from './desks/contract-desk.ts'
import type { ExceptionDesk } from './desks/exception-desk.ts'
import type { FlowDesk } from './desks/flow-desk.ts'
import type { NetworkDesk } from './desks/network-desk.ts'
import type { NotificationDesk } from './desks/notification-desk.ts'
import type { PrivacyDesk } from './desks/privacy-desk.ts'
import type { QuotaDesk } from './desks/quota-desk.ts'
import type { SlaDesk } from './desks/sla-desk.ts'
import type { SystemDesk } from './desks/system-desk.ts'
import type { Documentation } from './documentation.ts'
import type { Examine } from './door/large-body.ts'
import type { OAuth } from './oauth/oauth.ts'
import type { Peers } from './oauth/peer.ts'
import type { Issuers } from './oidc/issuers.ts'
import type { IdentityProvider } from './oidc/provider.ts'
import type { Pages } from './pages.ts'
import type { ExampleDelivery } from './shown/example-delivery.ts'
import type { PickUpStatus } from './shown/pick-up-status.ts'
import type { ViewSegments } from './shown/segment-view.ts'
import type { ShipmentTexts } from './shown/shipment-texts.ts'
import type { Broadcast } from './stream/broadcast.ts'
import type { TrackingDesk } from './tracking/desk.ts'

/** What the HTTP side needs of the rest of the hub. Wired in app/. */
export interface Gateway {
  /** The same, of one tenant alone: what is another's is not there, whatever a route asks for. Every route that needs a key works with it. */
  readonly within: (caller: Pick<Principal, 'tenant' | 'partner'>) => Gateway
  /** Connections of a partner; none where there is no such partner. */
  readonly connectionsOf: (tenant: string, partner: string) => readonly string[]
  /** Names by which a partner has a part in objects: its connections, carriers, places and parties. */
  readonly partsOf: (tenant: string, partner: string) => readonly string[]
  /** Whoever calls is a partner: what of an object is not theirs is left out. */
  readonly isPartners: boolean
  /** Who has a part in what; a partner learns its own names only. */
  readonly parts: PartRows
  /**
   * The first wall: routes ask for what belongs to their principal. A test turns it round, so that every route asks for somebody else's, and
   * sees what the second wall alone lets through. No setting leads here.
   */
  readonly firstWall: (caller: Principal) => Principal
  readonly backbone: TenantBackbone
  readonly node: NodeAtWork
  /** Throws OPERATION_UNKNOWN, HUB_UNCERTAIN. */
  readonly registerWebhook: (wish: {
    readonly connection: Connection
    readonly url: string
    readonly trace: string
  }) => Promise<Effect>
  readonly intake: Pick<Intake, 'accept'>
  readonly connections: () => ReadonlyMap<string, Connection>
  readonly keys: Keys
  readonly oauth: OAuth
  readonly peers: Peers
  readonly pages: Pages
  readonly documentation: Documentation
  readonly entrance: Entrance
  /** Keeps secrets in the database. */
  readonly sealing: Sealing
  readonly secrets: { readonly standing: (tenant: string) => Promise<SecretStanding> }
  readonly quotas: Quotas
  /** Counts a request that was refused because a quota was used up. */
  readonly quotaRefused: (request: Pick<QuotaRefusal, 'tenant' | 'client' | 'partner' | 'operation'>) => void
  readonly quotaDesk: QuotaDesk
  readonly traces: Traces
  readonly broadcast: Pick<Broadcast, 'demandRoom' | 'join' | 'leave'>
  readonly signals: Pick<
    Signals,
    | 'streamCut'
    | 'connectionsTurnedAway'
    | 'clientChanged'
    | 'keyChanged'
    | 'personChanged'
    | 'identityRefused'
    | 'breakGlassUsed'
  >
  readonly references: {
    find(input: {
      tenant: string
      normalized: readonly string[]
      limit: number
      parts?: readonly string[]
    }): Promise<readonly ReferenceRow[]>
    /** What people call these objects, by id; one without a number is left out. */
    names(tenant: string, subjects: readonly string[]): Promise<ReadonlyMap<string, string>>
  }
  readonly shipments: ShipmentRows
  readonly shipmentTexts: ShipmentTexts
  readonly tracking: TrackingDesk
  readonly privacy: PrivacyDesk
  readonly savedViews: SavedViews
  readonly stock: StockRows
  readonly businessDocuments: DocumentRows
  readonly postings: PostingRows
  readonly transmissions: TransmissionRows
  readonly troubles: TroubleRows
  readonly tasks: TaskRows
  readonly processes: ProcessRows
  readonly listings: ListingRows
  readonly notifications: NotificationRows
  readonly notificationDesk: NotificationDesk
  readonly masterData: Pick<MasterData, 'get' | 'some' | 'list' | 'versions' | 'write'> & {
    readonly import: MasterImport['run']
  }
  readonly overview: Overview
  readonly parkedGroups: ParkedGroups
  /** How many days everything is kept, 0 for ever; and, for whoever runs the hub, what a retention would do now. */
  readonly retention: () => Promise<{
    readonly keepDays: Readonly<Record<'messages' | 'facts' | 'effects' | 'replays' | 'audit', number>>
    readonly retired?: Retired
  }>
  readonly reconciler: Pick<Reconciler, 'reconcile' | 'results'>
  readonly stockComparer: Pick<StockComparer, 'begin'>
  readonly stockComparisons: Pick<ComparisonRows, 'get' | 'list' | 'differences'>
  /** How the pick-ups of this instance stand. */
  readonly pickUps: () => readonly PickUpStatus[]
  readonly network: NetworkDesk
  readonly trials: Trials
  /** What partners have uploaded. */
  readonly certificates: PartnerCertificates
  readonly audit: Pick<AuditLog, 'page' | 'chain' | 'head' | 'begin' | 'verify'>
  readonly checkDesk: CheckDesk
  readonly slaDesk: SlaDesk
  readonly alertDesk: AlertDesk
  readonly exceptionDesk: ExceptionDesk
  readonly contractDesk: ContractDesk
  readonly contractsInForce: ContractsInForce
  readonly flow: FlowDesk
  readonly system: SystemDesk
  readonly cursors: CursorSigner
  /** 'ok', or what is wrong in plain words. */
  readonly verify: (
    verification: SignatureScheme,
    input: { headers: Readonly<Record<string, string>>; query: URLSearchParams; body: Uint8Array; nowSeconds: number },
  ) => string
  readonly examine: Examine
  readonly viewSegments: ViewSegments
  /** Bounded gunzip. Throws BODY_TOO_LARGE. */
  readonly inflate: (body: Uint8Array, bytesMax: number) => Promise<Uint8Array>
  /** Counts and logs an input that was refused at the door. */
  readonly refused: (connection: string | undefined, error: unknown) => void
  readonly now: () => number
  /** Where others reach the hub, without a slash at the end; empty when nobody said so. */
  readonly publicUrl: string
  readonly randomBytes: (count: number) => Uint8Array
  /** Sends one example to a subscription. Throws NOT_FOUND where it cannot be read. */
  readonly sendExample: (
    subscription: string,
    example: { readonly id: string; readonly trace: string },
  ) => Promise<ExampleDelivery>
  /** Reads the subscriptions again after one changed. */
  readonly subscriptionsChanged: () => Promise<unknown>
  readonly health: Health
  readonly metrics: () => Promise<string>
  /** Descriptions of this API and of the events that the hub sends. */
  readonly documents: { readonly openapi: () => unknown; readonly asyncapi: () => unknown }
  /** Origins whose pages may read answers. */
  readonly allowedOrigins: readonly string[]
}

/** What the loops of this instance know and do for whoever asks. */
export interface NodeAtWork {
  wake(): void
  readonly poller: Pick<Poller, 'ask' | 'counts'>
  readonly place: {
    readonly clock: Pick<Clock, 'mono' | 'sleep'>
    readonly committed: Pick<CommittedStates, 'known' | 'read'>
  }
}

/** How people come in, and how long they stay. */
export interface Entrance {
  readonly people: People
  readonly sessions: Sessions
  readonly welcomes: Welcomes
  readonly passwords: Passwords
  readonly secondFactors: SecondFactors
  /** Issuers that vouch for people, by name, as they are in force. */
  readonly providers: () => ReadonlyMap<string, IdentityProvider>
  readonly issuers: Issuers
  /** What counts once, on whichever instance it comes. */
  readonly once: Pick<Assertions, 'use'>
  /** Who has one of these roles needs a second factor. */
  readonly secondFactorRoles: readonly string[]
  /** A session that was not used for so long ends. */
  readonly idleSeconds: number
  /** A session ends after this, used or not. */
  readonly sessionSeconds: number
  /** A link may be followed for so long. */
  readonly welcomeSeconds: number
}

/** How much each client may still ask. */
export interface Quotas {
  /** Takes one request of the client's quota: of a key, a client, a person, or a connection. */
  take(from: { readonly tenant: string; readonly client: string }): {
    readonly granted: boolean
    readonly headers: Readonly<Record<string, string>>
    readonly retryAfterSeconds: number
  }
}

/** Where ids of requests and traces come from. */
export interface Traces {
  /** A new id of a request and of the trace that it begins: 32 hex digits. */
  next(): string
  /** The `traceparent` of an answer; undefined where nothing is recorded. */
  readonly parent: ((trace: string) => string) | undefined
}

/** Opaque page positions that nobody can forge and that fit only the query they come from. */
export interface CursorSigner {
  sign(query: string, position: string): string
  /** Throws CURSOR_INVALID. */
  open(query: string, cursor: string): string
}

/** Whether this instance lives and may be asked. */
export interface Health {
  /** Undefined when all is well; otherwise what is not. */
  readonly ready: () => Promise<readonly { readonly check: string; readonly ok: boolean; readonly detail: string }[]>
  readonly started: () => boolean
}
