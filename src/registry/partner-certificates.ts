import type { AuditNote } from '../backbone/audit.ts'
import { audited, auditValues } from '../backbone/postgres/audit.ts'
import type { Queryable } from './queryable.ts'

/** What a certificate is for: signatures of the partner, encryption to it, both, or TLS of one of its clients. */
export const certificateUses = ['signing', 'encryption', 'both', 'mtls'] as const
/** One of them. */
export type CertificateUse = (typeof certificateUses)[number]

/** `ended`: it counted, and was taken out again. */
export type CertificateState = 'pending' | 'accepted' | 'refused' | 'withdrawn' | 'ended'

/** A certificate that a partner has uploaded. Times in ms since 1970. */
export interface PartnerCertificate {
  readonly id: string
  readonly tenant: string
  readonly partner: string
  readonly use: CertificateUse
  /** Id of the connection, or of the client where it is for TLS. */
  readonly target: string
  /** The certificate, then whoever issued it. */
  readonly pem: string
  readonly subject: string
  /** SHA-256, as `openssl x509 -fingerprint -sha256` prints it. */
  readonly fingerprint: string
  readonly validFrom: number
  readonly validTo: number
  readonly state: CertificateState
  readonly uploadedAt: number
  readonly uploadedBy: string
  readonly decidedAt?: number
  readonly decidedBy?: string
  readonly reason?: string
}

/** What is known before anybody has decided: who sent which certificate for what. */
export type UploadedCertificate = Omit<
  PartnerCertificate,
  'state' | 'uploadedAt' | 'uploadedBy' | 'decidedAt' | 'decidedBy' | 'reason'
>

/** What is decided about one, and from which state it may be. */
export interface CertificateDecision {
  readonly id: string
  readonly tenant: string
  readonly from: CertificateState
  readonly to: Exclude<CertificateState, 'pending'>
  /** As the audit log calls it. */
  readonly change: 'accept' | 'refuse' | 'withdraw' | 'end'
}

/** Certificates that partners have uploaded, as rows. */
export class PartnerCertificates {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  /** False when the same one waits or counts for this target already. */
  async add(one: UploadedCertificate, note: AuditNote): Promise<boolean> {
    const { id, tenant, partner, use, target, pem, subject, fingerprint, validFrom, validTo } = one
    const { rows } = await this.#database.query(
      audited(
        `INSERT INTO partner_certificate (id, tenant, partner, use, target, pem, subject, fingerprint, valid_from, valid_to, state, uploaded_at, uploaded_by)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'pending', now_ms(), $11::text) ON CONFLICT DO NOTHING RETURNING id, tenant`,
        { change: 'create', kind: 'certificate' },
        11,
      ),
      [id, tenant, partner, use, target, pem, subject, fingerprint, validFrom, validTo, ...auditValues(note)],
    )
    return rows.length === 1
  }

  async get(id: string): Promise<PartnerCertificate | undefined> {
    const { rows } = await this.#database.query('SELECT * FROM partner_certificate WHERE id = $1', [id])
    return rows.map(certificateOf)[0]
  }

  /** The newest first. */
  async list(filter: {
    readonly tenant: string
    readonly partner: string
    readonly limit: number
  }): Promise<readonly PartnerCertificate[]> {
    const { rows } = await this.#database.query(
      `SELECT * FROM partner_certificate WHERE tenant = $1 AND partner = $2 ORDER BY uploaded_at DESC, id DESC LIMIT $3`,
      [filter.tenant, filter.partner, filter.limit],
    )
    return rows.map(certificateOf)
  }

  /** What counts on connections, of all tenants. */
  async accepted(): Promise<readonly PartnerCertificate[]> {
    const { rows } = await this.#database.query(
      `SELECT * FROM partner_certificate WHERE state = 'accepted' AND use <> 'mtls' ORDER BY decided_at, id`,
      [],
    )
    return rows.map(certificateOf)
  }

  /** Undefined when it is not as it was any more. What comes into force or leaves it changes the network: every instance reads it anew. */
  async decide(decision: CertificateDecision, note: AuditNote): Promise<PartnerCertificate | undefined> {
    const { id, tenant, from, to, change } = decision
    const { rows } = await this.#database.query(
      audited(
        `UPDATE partner_certificate SET state = $4, decided_at = now_ms(), decided_by = $5::text, reason = $10::text
          WHERE id = $1 AND tenant = $2 AND state = $3 RETURNING *`,
        { change, kind: 'certificate' },
        5,
      ),
      [id, tenant, from, to, ...auditValues(note)],
    )
    return rows.map(certificateOf)[0]
  }
}

function certificateOf(row: Readonly<Record<string, unknown>>): PartnerCertificate {
  const text = (name: string): string => String(row[name])
  return {
    id: text('id'),
    tenant: text('tenant'),
    partner: text('partner'),
    target: text('target'),
    pem: text('pem'),
    subject: text('subject'),
    fingerprint: text('fingerprint'),
    // The table checks both.
    use: text('use') as CertificateUse,
    state: text('state') as CertificateState,
    validFrom: Number(row['valid_from']),
    validTo: Number(row['valid_to']),
    uploadedAt: Number(row['uploaded_at']),
    uploadedBy: text('uploaded_by'),
    ...(row['decided_at'] === null ? {} : { decidedAt: Number(row['decided_at']) }),
    ...(row['decided_by'] === null ? {} : { decidedBy: text('decided_by') }),
    ...(row['reason'] === null ? {} : { reason: text('reason') }),
  }
}
