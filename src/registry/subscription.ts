import type { SealedPlace, Sealing } from './sealing.ts'

/** What a webhook subscription stores. Its secrets are sealed and never leave through an API. */
export interface SubscriptionBody {
  readonly url: string
  /** Type patterns: `*`, `shipment.*`, `shipment.delivered`. */
  readonly types: readonly string[]
  /** `scheme:value`; empty means every object. */
  readonly references: readonly string[]
  /** A list of `SigningSecret`, as JSON. */
  readonly sealedSecrets?: string
  /** As releases before stored them; sealed soon after the start. */
  readonly secrets?: readonly SigningSecret[]
  readonly state: 'active' | 'paused' | 'disabled'
  /** Whose it is: the partner sees it, changes its secret and tries it. Absent for our own. */
  readonly partner?: string
  /** Why it was disabled. */
  readonly reason?: string
}

/** The newest first; an older one signs beside it until `until` (ms since 1970). */
export interface SigningSecret {
  readonly text: string
  readonly until?: number
}

interface SubscriptionRow {
  readonly id: string
  readonly tenant: string
  readonly body: unknown
}

/** What `sealedSecrets` is to be. */
export async function sealSecrets(
  sealing: Sealing,
  row: Omit<SubscriptionRow, 'body'>,
  secrets: readonly SigningSecret[],
): Promise<string> {
  return sealing.seal(JSON.stringify(secrets), placeOf(row))
}

/** Undefined when they cannot be read: their key is gone, or the row was tampered with. */
export async function secretsOf(sealing: Sealing, row: SubscriptionRow): Promise<readonly SigningSecret[] | undefined> {
  const { sealedSecrets, secrets } = row.body as SubscriptionBody
  if (sealedSecrets === undefined) return secrets ?? []
  const text = await sealing.open(sealedSecrets, placeOf(row))
  // Written by `sealSecrets`.
  return text === undefined ? undefined : (JSON.parse(text) as readonly SigningSecret[])
}

function placeOf({ id, tenant }: Omit<SubscriptionRow, 'body'>): SealedPlace {
  return { tenant, table: 'subscription', column: 'secrets', ids: [id] }
}
