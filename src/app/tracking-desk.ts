import type { Pool } from 'pg'
import { type Brand, plainBrand } from '../gateway/tracking/brand.ts'
import type { TrackingDesk } from '../gateway/tracking/desk.ts'
import { TrackingFollowers } from '../registry/tracking-followers.ts'
import { TrackingLinks } from '../registry/tracking-links.ts'

/** Declared pages by tenant, as they are in force. */
export type Brands = () => ReadonlyMap<string, Brand>

/** The public tracking page over the database and the network in force. */
export function trackingDesk(pool: Pick<Pool, 'query'>, brands: Brands): TrackingDesk {
  return {
    links: new TrackingLinks(pool),
    followers: new TrackingFollowers(pool),
    brandOf: (tenant) => brands().get(tenant) ?? plainBrand(tenant),
    brandNamed: (name) => [...brands().values()].find((brand) => brand.name === name),
  }
}

/** Whoever follows a shipment hears of it within this, and no more often. */
export const followersMilliseconds = 5000
