import { flag, text } from '../../base/fields.ts'

/** What tells the orders of one shop from those of another that counts from 1001 as well. */
export const orderPrefix = text(
  'Put before the numbers of this shop’s orders and returns inside the hub, and taken off again towards the shop: for a tenant with several shops whose numbers may be the same. Only for a shop that has no orders in the hub yet.',
  { default: '', example: 'DE-' },
)

/** The other way out for two shops that begin their numbers alike in the hub. */
export const ownOrderNumbers = flag(
  'True where no other shop of the tenant ever uses a number of this one, so that it needs no orderPrefix of its own.',
  { default: false },
)

/** The number of an order or return of this shop inside the hub. */
export function numberInHub({ orderPrefix: prefix }: { readonly orderPrefix: string }, number: string): string {
  return `${prefix}${number}`
}

/** The number by which the shop knows it. One that is not of this shop stays as it is. */
export function numberInShop({ orderPrefix: prefix }: { readonly orderPrefix: string }, number: string): string {
  return number.startsWith(prefix) ? number.slice(prefix.length) : number
}
