import type { Reading } from '../../kit/reading.ts'
import { stated } from '../../kit/stated.ts'

/** The number of an order as X12 has it. */
export interface OrderNumber {
  readonly order: string
  /** Of a blanket order: which release. */
  readonly release?: string
}

/**
 * The first of these members that holds the number of an order, with its release (`release`) apart: we know an order of a blanket order by both,
 * the partner by each. What is not known to be a release stays a part of the number. Undefined: there is none. Throws CONTENT_INVALID where
 * it does not fit into X12.
 */
export function orderNumberIn(owed: Reading, ...members: readonly string[]): OrderNumber | undefined {
  const member = members.find((name) => owed.at(name).optionalText(wholeMax) !== undefined)
  if (member === undefined) return undefined
  const number = owed.at(member).text(wholeMax)
  const release = owed.at('release').optionalText(releaseMax)
  const isReleased = release !== undefined && number.endsWith(` ${release}`)
  const order = isReleased ? number.slice(0, -release.length - 1) : number
  if (order.length > orderMax) throw owed.at(member).wrong(`at most ${orderMax} characters`)
  return { order, ...stated({ release: isReleased ? release : undefined }) }
}

/** As we know it: both with a blank between them. */
export function wholeNumber({ order, release }: OrderNumber): string {
  return release === undefined ? order : `${order} ${release}`
}

/** Element 324. */
const orderMax = 22
/** Element 328. */
const releaseMax = 30
const wholeMax = orderMax + 1 + releaseMax
