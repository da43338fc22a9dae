import { originOf } from '../origin.ts'
import type { NewFact } from '../step.ts'
import { encodeFacts } from './fact-segment.ts'
import { type Spread, spread } from './spread.ts'

/** New facts as rows of the log. */
export interface FactPlan {
  readonly spread: Spread
  readonly segments: readonly PlannedFacts[]
  /** Hashes of the subjects of all segments, one segment after the other. */
  readonly subjects: readonly number[]
  readonly origins: readonly PlannedOrigin[]
}

export interface PlannedFacts {
  /** Place of its partition in the spread, from 1. */
  readonly place: number
  /** Number of its first fact within the partition. */
  readonly rank: number
  readonly count: number
  /** Its part of `subjects`, from 1, both ends included. */
  readonly subjectsFrom: number
  readonly subjectsTo: number
  readonly bytes: Uint8Array
}

/** Messages of one block that facts of one segment come from. */
export interface PlannedOrigin {
  readonly place: number
  readonly rank: number
  readonly partition: number
  low: number
  high: number
}

const segmentFacts = 1000
/** Offsets of one inbox partition that share an entry of the origin index. */
const blockOffsets = 1024

export function planFacts(facts: readonly NewFact[]): FactPlan {
  const to = spread(facts)
  const segments: PlannedFacts[] = []
  const subjects: number[] = []
  const origins: PlannedOrigin[] = []
  to.partitions.forEach((partition, index) => {
    const own = to.partitions.length === 1 ? facts : facts.filter((fact) => fact.partition === partition)
    for (let rank = 0; rank < own.length; rank += segmentFacts) {
      const part = own.slice(rank, rank + segmentFacts).map(({ fact }) => fact)
      const place = index + 1
      const hashes = [...new Set(part.map(({ subject }) => subjectHash(subject)))].sort((a, b) => a - b)
      segments.push({
        place,
        rank,
        count: part.length,
        subjectsFrom: subjects.length + 1,
        subjectsTo: subjects.length + hashes.length,
        bytes: encodeFacts(part),
      })
      subjects.push(...hashes)
      origins.push(...originsOf(part, { place, rank }))
    }
  })
  return { spread: to, segments, subjects, origins }
}

/** FNV-1a over UTF-16 units, as a signed 32-bit number. Two subjects of one hash are told apart when the row is read. */
export function subjectHash(subject: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < subject.length; i++) hash = Math.imul(hash ^ subject.charCodeAt(i), 0x01000193)
  return hash | 0
}

function originsOf(
  facts: readonly NewFact['fact'][],
  at: { readonly place: number; readonly rank: number },
): PlannedOrigin[] {
  const blocks = new Map<number, PlannedOrigin>()
  for (const fact of facts) {
    const origin = originOf(fact)
    if (origin === undefined) continue
    const block = origin.partition * 2 ** 40 + Math.floor(origin.offset / blockOffsets)
    const known = blocks.get(block)
    if (known === undefined)
      blocks.set(block, { ...at, partition: origin.partition, low: origin.offset, high: origin.offset })
    else {
      if (origin.offset < known.low) known.low = origin.offset
      if (origin.offset > known.high) known.high = origin.offset
    }
  }
  return [...blocks.values()]
}
