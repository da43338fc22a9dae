import type { AuditNote } from '../../backbone/audit.ts'
import type { IntakeCount } from '../../backbone/stores.ts'
import type { Connection } from '../../flow/connection.ts'
import type { CertificateUse } from '../../registry/partner-certificates.ts'
import type { Principal } from '../access/principal.ts'

/** A folder of manifests as it is sent. */
export interface SentManifests {
  readonly source: string
  readonly files: readonly { readonly path: string; readonly bytes: Buffer }[]
}

/** What would become of one declared thing, and each value that differs. */
export interface PlannedChange {
  readonly change: 'create' | 'change' | 'remove'
  readonly kind: string
  readonly name: string
  readonly fields: readonly { readonly path: string; readonly before?: string; readonly after?: string }[]
}

/** One thing that is wrong with a manifest, with its line from 1 and what to do. */
export interface PlannedProblem {
  readonly code: string
  readonly file: string
  readonly line: number
  readonly path: string
  readonly message: string
  readonly nextAction: string
}

/** What applying manifests would change, on which revision, and what keeps them from being applied. */
export interface NetworkPlan {
  readonly revision: number
  readonly changes: readonly PlannedChange[]
  readonly problems: readonly PlannedProblem[]
}

/** A partner as its manifest declares it, with the connections that are its own and their certificates. */
export interface ShownPartner {
  readonly id: string
  readonly name: string
  readonly role: string
  readonly contacts: readonly string[]
  readonly notes: string
  /** What it goes by in objects: it sees those. */
  readonly carriers: readonly string[]
  readonly locations: readonly string[]
  readonly parties: readonly string[]
  readonly quietDays: number
  readonly declaredIn: string
  readonly connections: readonly {
    readonly id: string
    readonly connector: string
    readonly ways: readonly string[]
    readonly overlays: readonly string[]
  }[]
  readonly certificates: readonly {
    readonly connection: string
    readonly use: string
    readonly subject: string
    readonly fingerprint: string
    readonly validFrom: number
    readonly validTo: number
    readonly isUsed: boolean
  }[]
}

/** One thing that was looked at: `skipped` says what is missing to look at it. */
export interface PartnerCheck {
  readonly check: string
  readonly about: string
  readonly result: 'passed' | 'failed' | 'skipped'
  readonly detail: string
  readonly nextAction: string
}

/** A document that somebody wants to try. */
export interface TriedDocument {
  readonly bytes: Uint8Array
  readonly contentType: string
}

/** What one rule says of it, and, where it fails, where, what is expected there, and what its sender does. */
export interface TrialRule {
  readonly rule: string
  readonly result: 'passed' | 'failed' | 'skipped'
  readonly detail: string
  readonly place?: string
  readonly expected?: string
  readonly example?: string
  readonly nextAction?: string
}

/** A document that a connection takes, as a file. */
export interface ExampleFile extends TriedDocument {
  readonly file: string
}

/** A pattern that would fail its own trial here, and why: the partnership asks for more than it has. */
export interface WithheldExample {
  readonly file: string
  readonly reason: string
}

/** What whoever sends may take as a pattern. */
export interface ConnectionExamples {
  readonly offered: readonly ExampleFile[]
  readonly withheld: readonly WithheldExample[]
}

/** A certificate that was uploaded, as far as it is shown. Times in ms since 1970. */
export interface ReadCertificate {
  /** The certificate, then whoever issued it. */
  readonly pem: string
  readonly subject: string
  /** SHA-256, as `openssl x509 -fingerprint -sha256` prints it. */
  readonly fingerprint: string
  readonly validFrom: number
  readonly validTo: number
}

/** A connection for which a partner may upload certificates. */
export interface CertificateTarget {
  readonly connection: string
  /** Who puts them into force. */
  readonly acceptedBy: 'operator' | 'partner'
}

/** On which revision it was planned, and from where it is asked for. */
export interface AppliedBy {
  readonly revision?: number
  readonly note: AuditNote
}

/** Partners and connections as files: what the routes need of the hub. */
export interface NetworkDesk {
  plan(principal: Principal, sent: SentManifests): Promise<NetworkPlan>
  /** Throws NETWORK_INVALID, NETWORK_CHANGED. */
  apply(principal: Principal, sent: SentManifests, about: AppliedBy): Promise<NetworkPlan>
  partners(tenant: string): readonly ShownPartner[]
  /** Looks at everything that is declared of a partner. Undefined when there is no such partner. */
  test(tenant: string, partner: string): Promise<readonly PartnerCheck[] | undefined>
  /**
   * Reads a document as it would be read, rule by rule; nothing comes of it. Throws DOCUMENT_TOO_COSTLY, and HUB_BUSY while too many large
   * ones are read.
   */
  tryDocument(connection: Connection, document: TriedDocument): Promise<readonly TrialRule[]>
  /** Documents that pass such a trial today, of every kind that the connection takes. */
  examples(connection: Connection): ConnectionExamples
  /** Throws CERTIFICATE_IS_PRIVATE, CERTIFICATE_INVALID. */
  readCertificate(bytes: Buffer, use: CertificateUse): ReadCertificate
  /** Connections of a partner that have certificates. */
  certificateTargets(tenant: string, partner: string): readonly CertificateTarget[]
  /** What came through these connections, by day (UTC) from one on. */
  arrivals(tenant: string, connections: readonly string[], since: string): Promise<readonly IntakeCount[]>
}
