/** What a webhook subscription stores. Secrets are here until envelope encryption comes; they never leave through an API. */
export interface SubscriptionBody {
  readonly url: string
  /** Type patterns: `*`, `shipment.*`, `shipment.delivered`. */
  readonly types: readonly string[]
  /** `scheme:value`; empty means every object. */
  readonly references: readonly string[]
  /** The newest first; an older one signs beside it until `until` (ms since 1970). */
  readonly secrets: readonly { readonly text: string; readonly until?: number }[]
  readonly state: 'active' | 'paused' | 'disabled'
  /** Why it was disabled. */
  readonly reason?: string
}
