import type { Fact } from '../../model/fact.ts'
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

/** A row to be of the fact log: up to 1,000 facts of one partition. */
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

/** Packs facts by partition, in the order in which they were given. */
export function planFacts(facts: readonly NewFact[]): FactPlan {
  const to = spread(facts)
  const byPartition = to.partitions.map((): Fact[] => [])
  facts.forEach(({ fact }, index) => byPartition[(to.places[index] ?? 1) - 1]?.push(fact))
  const segments: PlannedFacts[] = []
  const subjects: number[] = []
  const origins: PlannedOrigin[] = []
  byPartition.forEach((own, index) => {
    for (let rank = 0; rank < own.length; rank += segmentFacts) {
      const part = own.length <= segmentFacts ? own : own.slice(rank, rank + segmentFacts)
      const place = index + 1
      const hashes = hashesOf(part)
      segments.push({
        place,
        rank,
        count: part.length,
        subjectsFrom: subjects.length + 1,
        subjectsTo: subjects.length + hashes.length,
        bytes: encodeFacts(part),
      })
      for (const hash of hashes) subjects.push(hash)
      for (const origin of originsOf(part, { place, rank })) origins.push(origin)
    }
  })
  return { spread: to, segments, subjects, origins }
}

/** Of every subject once, in ascending order. */
function hashesOf(facts: readonly Fact[]): Int32Array {
  const hashes = new Set<number>()
  let before: string | undefined
  for (const { subject } of facts) {
    // Facts about one object follow each other: what a message reports, and what comes of it.
    if (subject !== before) hashes.add(subjectHash(subject))
    before = subject
  }
  return Int32Array.from(hashes).sort()
}

/** FNV-1a over UTF-16 units, as a signed 32-bit number. Two subjects of one hash are told apart when the row is read. */
export function subjectHash(subject: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < subject.length; i++) hash = Math.imul(hash ^ subject.charCodeAt(i), 0x01000193)
  return hash | 0
}

function originsOf(facts: readonly Fact[], at: { readonly place: number; readonly rank: number }): PlannedOrigin[] {
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
