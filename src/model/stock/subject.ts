import { shortHash } from '../../base/sha256.ts'
import { entities } from '../fact.ts'

/** Stock of an item is one aggregate per tenant and item, over all places: its id follows from the item's number. */
export function stockSubject(tenant: string, sku: string): string {
  return `${entities.stock}_${shortHash(`${tenant}|${sku}`)}`
}
