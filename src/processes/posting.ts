import { shortHash } from '../base/sha256.ts'
import type { Fact, Reference } from '../model/fact.ts'
import { normalizeIdentifier } from '../model/identifier.ts'
import type { Revision } from '../model/transmission/report.ts'

/** One posting before it is known who gets it. */
export interface Posting {
  readonly command: string
  /** What makes it this posting and no other, in the words of the business: `<number>[:<n>]`. */
  readonly businessKey: string
  /** The family of documents that must arrive in order. */
  readonly key: string
  /** 1 is the most urgent. */
  readonly priority: number
  readonly payload: Data
  /** Connection of the only system that it is for; absent: all that get the command. */
  readonly target?: string
  /** Where a partner is told of something that may change or be taken back. */
  readonly revision?: PostingRevision
}

/** What a partner is to know of one thing, in the line of documents that tell of it. */
export interface PostingRevision extends Revision {
  /** Command of the first document: what is taken back is in the line of what was told. */
  readonly line: string
}

/** JSON out of a fact; a process reads the members that it needs and passes the others on as they are. */
export type Data = Readonly<Record<string, unknown>>

/** The snapshot that a document's fact carries. */
export function objectOf(fact: Fact): Data {
  return (fact.data as { readonly object: Data }).object
}

/**
 * The number that the business knows the object by. Without one the hub's own id stands in: two objects without a number must not
 * become one posting, and the target's refusal shows the gap to a person.
 */
export function numberOf(value: unknown, fact: Fact): string {
  return typeof value === 'string' && value !== '' ? value : fact.subject
}

/** `80000001` and `0080000001` are one delivery, and must not be posted as two. */
export function keyOf(scheme: 'delivery' | 'goods_receipt', number: string): string {
  return normalizeIdentifier({ scheme, value: number })
}

/** The deliveries that a shipment carries, each once. */
export function deliveriesOf(references: readonly Reference[]): readonly string[] {
  const numbers = references.filter(({ scheme }) => scheme === 'delivery').map(({ value }) => value)
  return [...new Map(numbers.map((number) => [keyOf('delivery', number), number])).values()]
}

/** Calendar date of an instant as its sender wrote it: the business day where the goods are, not that of UTC. */
export function dateOf(instant: unknown): string | undefined {
  return typeof instant === 'string' ? instant.slice(0, 10) : undefined
}

/** How every external reference of the hub begins: other systems list its documents by it. */
export const referencePrefix = 'IL'

/** Our reference at the target: the same for the same intent, 28 characters unless it can store fewer. */
export function externalReferenceOf(tenant: string, naturalKey: string, length = 32): string {
  return `${referencePrefix}${shortHash(`${tenant}|${naturalKey}`).toUpperCase()}`.slice(0, length)
}
