import type { Fact } from '../../model/fact.ts'
import type { LoggedFact } from '../step.ts'
import { pack, unpack } from './packed.ts'

/**
 * The bytes of one row of the fact log: the facts as JSON, packed. Facts of one batch have most of what surrounds their data in common,
 * so each is an array without names, and says only what differs from the fact before it.
 */
export function encodeFacts(facts: readonly Fact[]): Uint8Array {
  let before: Fact | undefined
  const rows: unknown[] = []
  for (const fact of facts) {
    rows.push(rowOf(fact, before))
    before = fact
  }
  return pack(JSON.stringify(rows))
}

/** A row of the fact log: `count` facts from the offset `first` on. */
export interface StoredFacts {
  readonly partition: number
  readonly first: number
  readonly count: number
  readonly bytes: Uint8Array
}

/** The facts of a row with their offsets. Throws when the bytes do not hold what the row says. */
export function decodeFacts({ partition, first, count, bytes }: StoredFacts): LoggedFact[] {
  // Written by `encodeFacts` of this or an earlier release, never by anybody outside. The first ones wrote objects.
  const rows = JSON.parse(unpack(bytes).toString('utf8')) as (Row | Fact)[]
  if (rows.length !== count)
    throw new Error(`row ${partition}-${first} of the fact log holds ${rows.length} facts instead of ${count}`)
  let before: Fact | undefined
  return rows.map((row, index) => {
    const fact = isRow(row) ? factOf(row, before) : row
    before = fact
    return { partition, offset: first + index, fact }
  })
}

/** Stands for the value of the fact before. No text or flag is a number, so that it cannot be taken for one. */
const same = 0
type Said<T> = T | typeof same | null

type Row = readonly [
  /** Only what follows its causation, with the dot, where it begins with that. */
  id: string,
  causation: Said<string>,
  type: Said<string>,
  subject: Said<string>,
  correlation: Said<string>,
  trace: Said<string>,
  tenant: Said<string>,
  recordedAt: Said<string>,
  source: Said<string>,
  mapping: Said<string>,
  occurredAt: Said<string>,
  replay: Said<Replayed>,
  data: unknown,
]

function rowOf(fact: Fact, before: Fact | undefined): Row {
  const { id, causation } = fact
  return [
    id.startsWith(causation) && id[causation.length] === '.' ? id.slice(causation.length) : id,
    said(causation, before?.causation),
    said(fact.type, before?.type),
    said(fact.subject, before?.subject),
    said(fact.correlation, before?.correlation),
    said(fact.trace, before?.trace),
    said(fact.tenant, before?.tenant),
    said(fact.recordedAt, before?.recordedAt),
    said(fact.source, before?.source),
    said(fact.mapping, before?.mapping),
    said(fact.occurredAt, before?.occurredAt),
    said(replayed(fact), before === undefined ? undefined : replayed(before)),
    fact.data,
  ]
}

/** That a replay made a fact, and whether it says what was known. */
type Replayed = true | 'retold'

function replayed({ replay, retold }: Fact): Replayed | undefined {
  return retold === true ? 'retold' : replay
}

function said<T extends string | true>(value: T | undefined, before: T | undefined): Said<T> {
  return value === undefined ? null : value === before ? same : value
}

function isRow(row: Row | Fact): row is Row {
  return Array.isArray(row)
}

function factOf(row: Row, before: Fact | undefined): Fact {
  const heard = <T extends string | true>(value: Said<T>, known: T | undefined): T | undefined =>
    value === same ? known : (value ?? undefined)
  const [
    id,
    causation,
    type,
    subject,
    correlation,
    trace,
    tenant,
    recordedAt,
    source,
    mapping,
    occurredAt,
    replay,
    data,
  ] = row
  const cause = heard(causation, before?.causation) ?? ''
  const optional = {
    mapping: heard(mapping, before?.mapping),
    occurredAt: heard(occurredAt, before?.occurredAt),
    replayed: heard(replay, before === undefined ? undefined : replayed(before)),
  }
  return {
    id: id.startsWith('.') ? `${cause}${id}` : id,
    type: heard(type, before?.type) ?? '',
    subject: heard(subject, before?.subject) ?? '',
    tenant: heard(tenant, before?.tenant) ?? '',
    ...(optional.occurredAt === undefined ? {} : { occurredAt: optional.occurredAt }),
    recordedAt: heard(recordedAt, before?.recordedAt) ?? '',
    source: heard(source, before?.source) ?? '',
    causation: cause,
    correlation: heard(correlation, before?.correlation) ?? '',
    trace: heard(trace, before?.trace) ?? '',
    ...(optional.mapping === undefined ? {} : { mapping: optional.mapping }),
    ...(optional.replayed === undefined ? {} : { replay: true as const }),
    ...(optional.replayed === 'retold' ? { retold: true as const } : {}),
    data,
  }
}
