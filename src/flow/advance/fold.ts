import type { IdentifierClaim, NewEffect, NewFact, StateChange, TimerRow } from '../../backbone/step.ts'
import { readInstant, writeInstant } from '../../base/instant.ts'
import { shortHash } from '../../base/sha256.ts'
import { type Derived, type Evolution, type Fact, isReport } from '../../model/fact.ts'
import { type ChannelRule, toldChannels, toldListing } from '../../processes/channel/publication.ts'
import { countedTargets, isOutcome, toldOutcome, toldTransmission } from '../../processes/engine/told.ts'
import type { NotificationSettings } from '../../processes/notification/settings.ts'
import { toldNotices, toldRecipient } from '../../processes/notification/told.ts'
import { type PostingIntent, type PostingRoute, postings } from '../../processes/postings.ts'
import { toldSubstitutes } from '../../processes/substitutes.ts'
import { substitutionLookup } from '../../registry/substitution.ts'
import type { Connection } from '../connection.ts'
import { partitionOf } from '../partition.ts'
import type { Names } from '../translate/names.ts'
import { offersOf } from '../translate/offered-names.ts'
import { aggregateOf, processes } from './aggregate.ts'
import { owedTransmission } from './owed-transmission.ts'

/** State of an aggregate in memory: the value folded so far, and how many facts that took. */
export interface Held {
  readonly version: number
  readonly state: unknown
  /** The state as it is stored; absent for one that never was. */
  readonly body?: string
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

/** All that folding may look at: it reads no clock, no database and no setting by itself. */
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
  /** Whom a tenant wants to be told what. Absent: nobody. */
  readonly notifications?: ((tenant: string) => NotificationSettings | undefined) | undefined
  /** What the channels of a tenant may sell. Absent: there are none. */
  readonly channels?: ((tenant: string) => readonly ChannelRule[] | undefined) | undefined
  /** What partners call things of ours. Absent: documents say it in our codes. */
  readonly names?: Names | undefined
  /** Inline lane: reports that follow (a merged shipment hands its scans over) are folded in the same step. */
  readonly foldDerived: boolean
}

/** Folds facts without a pause; `foldByFact` is for those who have to give way to others. */
export function fold(facts: readonly Fact[], context: FoldContext): Folding {
  const steps = foldByFact(facts, context)
  for (;;) {
    const { done, value } = steps.next()
    if (done === true) return value
  }
}

/**
 * Folds facts in order, and stops after each and after each state that is written. Pure: states come in, everything that follows comes out.
 * Facts that are no reports are left alone, but for outcomes of effects, which processes wait for.
 */
export function foldByFact(facts: readonly Fact[], context: FoldContext): Generator<undefined, Folding> {
  return new Folder(facts, context).steps()
}

class Folder {
  readonly #context: FoldContext
  readonly #folding: Folding = {
    facts: [],
    states: [],
    effects: [],
    timers: [],
    offers: [],
    held: new Map(),
    missing: [],
  }
  readonly #queue: Fact[]
  readonly #missing: Set<string>
  readonly #tenants = new Map<string, string>()
  readonly #recordedAt: string

  constructor(facts: readonly Fact[], context: FoldContext) {
    this.#context = context
    this.#queue = [...facts]
    this.#missing = missingFor(facts, context)
    this.#recordedAt = writeInstant(context.at)
  }

  *steps(): Generator<undefined, Folding> {
    // Whatever is folded now would be folded again once they are there.
    if (this.#missing.size > 0) return { ...this.#folding, missing: [...this.#missing] }
    // It grows while it is folded.
    for (const fact of this.#queue) if (this.#fold(fact)) yield
    if (this.#missing.size > 0) return { ...this.#folding, missing: [...this.#missing] }
    const { states, held } = this.#folding
    for (const [subject, { version, state }] of held) {
      const body = JSON.stringify(state)
      states.push({ subject, tenant: this.#tenants.get(subject) ?? '', version, body })
      held.set(subject, { version, state, body })
      yield
    }
    return this.#folding
  }

  /** False where there is nothing to fold, or nothing to fold it into. */
  #fold(fact: Fact): boolean {
    if (isOutcome(fact.type)) {
      this.#tell(fact, [...heard(fact, undefined, this.#context), ...toldRecipient(fact), ...toldListing(fact)])
      this.#tell(fact, toldNotices(fact, undefined, this.#context.notifications?.(fact.tenant)).facts)
    }
    if (!isReport(fact.type)) return false
    const { held } = this.#folding
    const before = held.get(fact.subject) ?? this.#context.held(fact.subject)
    if (before === undefined) {
      this.#missing.add(fact.subject)
      return false
    }
    // A replay that says what is known takes nothing back that came after it; what follows from it is owed all the same.
    if (fact.retold === true) {
      this.#owe(fact, before.state)
      return true
    }
    if (!this.#tenants.has(fact.subject)) this.#tenants.set(fact.subject, fact.tenant)
    const evolution = evolve(before.state, fact)
    const { state } = evolution
    // An object whose very first fact could not be folded has no state, and none is stored.
    if (state !== undefined) held.set(fact.subject, { version: before.version + 1, state })
    this.#owe(fact, state)
    for (const derived of evolution.facts) {
      const follows = this.#add(fact, derived)
      this.#owe(follows, follows.subject === fact.subject ? state : undefined)
    }
    addTimers(this.#folding, fact, evolution, this.#context)
    return true
  }

  #add(cause: Fact, derived: Derived): Fact {
    const { partitions, foldDerived, at } = this.#context
    const follows = derive(cause, derived, this.#recordedAt)
    this.#folding.facts.push({ partition: partitionOf(follows.subject, partitions), fact: follows })
    this.#folding.offers.push(...offersOf(cause, follows, at))
    if (foldDerived && isReport(follows.type)) this.#queue.push(follows)
    return follows
  }

  #tell(cause: Fact, told: readonly Derived[]): void {
    for (const one of told) this.#add(cause, one)
  }

  /** What others are owed because of a fact. `state` is the object after it, where it is at hand. */
  #owe(cause: Fact, state: unknown): void {
    const context = this.#context
    const recordedAt = this.#recordedAt
    const runs = (process: string): boolean => context.policy?.(cause.tenant, process) !== undefined
    const notifications = context.notifications?.(cause.tenant)
    const channels = context.channels?.(cause.tenant)
    let targets = 0
    for (const intent of postings(cause, context.routes, { state, runs, wording: notifications?.wording, channels })) {
      const document = owedTransmission(intent, cause, {
        connections: context.connections,
        names: context.names,
        recordedAt,
        state,
      })
      if (document === undefined) this.#folding.effects.push(effectOf(cause, intent))
      else if (document !== 'nothing') this.#add(cause, document)
      if (document !== 'nothing') targets++
    }
    const notices = toldNotices(cause, state, notifications)
    this.#tell(cause, countedTargets(cause, targets + notices.targets))
    this.#tell(cause, notices.facts)
    this.#tell(cause, toldChannels(cause, state, channels))
    this.#tell(cause, heard(cause, state, context))
    const relationsOf = (sku: string) => context.names?.substitutions(substitutionLookup(cause.tenant, sku)) ?? []
    this.#tell(cause, toldSubstitutes(cause, relationsOf))
  }
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
