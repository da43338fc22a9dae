import type { IdentifierClaim, NewEffect, NewFact, StateChange, TimerRow } from '../backbone/step.ts'
import { readInstant, writeInstant } from '../base/instant.ts'
import { shortHash } from '../base/sha256.ts'
import { type Derived, type Evolution, type Fact, isReport } from '../model/fact.ts'
import { countedTargets, isOutcome, toldOutcome, toldTransmission } from '../processes/engine/told.ts'
import { type PostingIntent, type PostingRoute, postings } from '../processes/postings.ts'
import { aggregateOf, processes } from './aggregate.ts'
import type { Connection } from './connection.ts'
import { offersOf } from './offered-names.ts'
import { owedTransmission } from './owed-transmission.ts'
import { partitionOf } from './partition.ts'

/** State of an aggregate in memory: the value folded so far, and how many facts that took. */
export interface Held {
  readonly version: number
  readonly state: unknown
  /** How long it is as it is stored; absent for one that never was. */
  readonly characters?: number
}

/** What folding a batch comes to: part of a step. */
export interface Folding {
  /** Facts that follow, in order; those of `folded` partitions that are reports themselves have been folded too. */
  readonly facts: NewFact[]
  readonly states: StateChange[]
  readonly effects: NewEffect[]
  readonly timers: TimerRow[]
  /** Names of objects that processes have brought into being, so that what others say under them finds these. */
  readonly offers: IdentifierClaim[]
  /** States after the batch, for the cache. */
  readonly held: Map<string, Held>
  /** Objects whose state was not at hand. When there are any, nothing else in here may be used. */
  readonly missing: readonly string[]
}

export interface FoldContext {
  /** Undefined when the state was not loaded; an object that is known to be new has version 0. */
  readonly held: (subject: string) => Held | undefined
  readonly routes: readonly PostingRoute[]
  /** Targets by id: some get documents with control numbers instead of plain commands. */
  readonly connections: ReadonlyMap<string, Connection>
  readonly partitions: number
  /** Now, ms: recording time of derived facts. */
  readonly at: number
  /** What a tenant has set otherwise for a process. Absent: nobody has. */
  readonly policy?: ((tenant: string, process: string) => Readonly<Record<string, unknown>> | undefined) | undefined
  /** Inline lane: reports that follow (a merged shipment hands its scans over) are folded in the same step. */
  readonly foldDerived: boolean
}

/** Folds facts in one go. */
export function fold(facts: readonly Fact[], context: FoldContext): Folding {
  const steps = foldByFact(facts, context)
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
  }
}

/**
 * Folds facts in order, and stops after each. Pure: states come in, everything that follows comes out. Facts that are no reports are left
 * alone, but for outcomes of effects, which processes wait for.
 */
export function* foldByFact(facts: readonly Fact[], context: FoldContext): Generator<undefined, Folding> {
  const folding: Folding = { facts: [], states: [], effects: [], timers: [], offers: [], held: new Map(), missing: [] }
  const missing = missingFor(facts, context)
  // Whatever is folded now would be folded again once they are there.
  if (missing.size > 0) return { ...folding, missing: [...missing] }
  const recordedAt = writeInstant(context.at)
  const queue = [...facts]
  const tenants = new Map<string, string>()
  for (let next = 0; next < queue.length; next++) {
    const fact = queue[next]
    if (fact === undefined) continue
    const add = (cause: Fact, derived: Derived): Fact => {
      const follows = derive(cause, derived, recordedAt)
      folding.facts.push({ partition: partitionOf(follows.subject, context.partitions), fact: follows })
      folding.offers.push(...offersOf(cause, follows, context.at))
      if (context.foldDerived && isReport(follows.type)) queue.push(follows)
      return follows
    }
    if (isOutcome(fact.type)) for (const told of heard(fact, undefined, context)) add(fact, told)
    if (!isReport(fact.type)) continue
    const before = folding.held.get(fact.subject) ?? context.held(fact.subject)
    if (before === undefined) {
      missing.add(fact.subject)
      continue
    }
    if (!tenants.has(fact.subject)) tenants.set(fact.subject, fact.tenant)
    const evolution = evolve(before.state, fact)
    // An object whose very first fact could not be folded has no state, and none is stored.
    if (evolution.state !== undefined)
      folding.held.set(fact.subject, { version: before.version + 1, state: evolution.state })
    const owe = (cause: Fact): void => {
      const state = cause.subject === fact.subject ? evolution.state : undefined
      let targets = 0
      for (const intent of postings(cause, context.routes, {
        state,
        runs: (process) => context.policy?.(cause.tenant, process) !== undefined,
      })) {
        const document = owedTransmission(intent, cause, { ...context, recordedAt, state })
        if (document === undefined) folding.effects.push(effectOf(cause, intent))
        else if (document !== 'nothing') add(cause, document)
        if (document !== 'nothing') targets++
      }
      for (const told of countedTargets(cause, targets)) add(cause, told)
      for (const told of heard(cause, state, context)) add(cause, told)
    }
    owe(fact)
    for (const derived of evolution.facts) owe(add(fact, derived))
    addTimers(folding, fact, evolution, context)
    yield
  }
  if (missing.size > 0) return { ...folding, missing: [...missing] }
  for (const [subject, { version, state }] of folding.held) {
    const body = JSON.stringify(state)
    folding.states.push({ subject, tenant: tenants.get(subject) ?? '', version, body })
    folding.held.set(subject, { version, state, characters: body.length })
  }
  return folding
}

/** What processes hear of a fact. */
function heard(fact: Fact, state: unknown, { policy }: FoldContext): readonly Derived[] {
  const told = processes.told(fact, state, (process) => policy?.(fact.tenant, process))
  if (isOutcome(fact.type)) return [...told, ...toldOutcome(fact)]
  return fact.type.startsWith('transmission.') && !isReport(fact.type)
    ? [...told, ...toldTransmission(fact, state)]
    : told
}

function missingFor(facts: readonly Fact[], { held }: FoldContext): Set<string> {
  const missing = new Set<string>()
  for (const { type, subject } of facts) if (isReport(type) && held(subject) === undefined) missing.add(subject)
  return missing
}

/**
 * A fold that throws is our fault and must not stop the partition: the state stays as it was, and the log says which fact was not
 * folded, so that a rebuild after the fix finds it.
 */
function evolve(state: unknown, fact: Fact): Evolution {
  try {
    return aggregateOf(fact.subject).evolve(state, fact)
  } catch (error) {
    const problem = error instanceof Error ? `${error.name}: ${error.message}`.slice(0, 200) : 'unknown'
    return {
      state,
      facts: [{ rule: 'fold_failed', type: 'hub.fold_failed', data: { fact: fact.id, type: fact.type, problem } }],
      timers: [],
    }
  }
}

function derive(cause: Fact, derived: Derived, recordedAt: string): Fact {
  return {
    id: `${cause.id}.${derived.rule}`,
    type: derived.type,
    subject: derived.subject ?? cause.subject,
    tenant: cause.tenant,
    ...(derived.occurredAt === undefined ? {} : { occurredAt: derived.occurredAt }),
    recordedAt,
    source: 'hub:advance',
    causation: cause.id,
    correlation: cause.correlation,
    trace: cause.trace,
    ...(cause.mapping === undefined ? {} : { mapping: cause.mapping }),
    ...(cause.replay === undefined ? {} : { replay: true as const }),
    data: derived.data,
  }
}

function effectOf(fact: Fact, intent: PostingIntent): NewEffect {
  return {
    id: `eff_${shortHash(`${fact.tenant}|${intent.naturalKey}`)}`,
    tenant: fact.tenant,
    naturalKey: intent.naturalKey,
    target: intent.target,
    key: intent.key,
    command: intent.command,
    externalReference: intent.externalReference,
    payload: JSON.stringify(intent.payload),
    lane: intent.lane,
    priority: intent.priority,
    causation: fact.id,
    correlation: fact.correlation,
    trace: fact.trace,
  }
}

function addTimers(folding: Folding, fact: Fact, evolution: Evolution, context: FoldContext): void {
  for (const { name, at, data } of evolution.timers) {
    folding.timers.push({
      partition: partitionOf(fact.subject, context.partitions),
      tenant: fact.tenant,
      subject: fact.subject,
      name,
      at: at === null ? null : (readInstant(at) ?? null),
      ...(data === undefined ? {} : { data }),
    })
  }
}
