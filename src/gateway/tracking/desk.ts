import type { TrackingFollowers } from '../../registry/tracking-followers.ts'
import type { TrackingLinks } from '../../registry/tracking-links.ts'
import type { Brand } from './brand.ts'

/** What the public tracking page needs of the rest of the hub. Wired in app/. */
export interface TrackingDesk {
  readonly links: TrackingLinks
  readonly followers: TrackingFollowers
  /** The look of a tenant’s page; a plain one where none is declared. */
  readonly brandOf: (tenant: string) => Brand
  /** The page with this public name. Undefined where there is none. */
  readonly brandNamed: (name: string) => Brand | undefined
}
