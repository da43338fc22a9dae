import {
  type Correction,
  holdsItsKey,
  type IdentifierClaim,
  type KnownIdentifier,
  type Message,
  type NewFact,
  type NewPark,
  type TranslateCount,
  takenInParts,
} from '../../backbone/step.ts'
import { InterlineError } from '../../base/errors.ts'
import { writeInstant } from '../../base/instant.ts'
import { limits } from '../../base/limits.ts'
import type { UnknownCode } from '../../connectors/kit/connector.ts'
import { readCodeKey } from '../../model/codes/code-key.ts'
import type { Assertion, Fact } from '../../model/fact.ts'
import { identifierKey } from '../../model/identifier.ts'
import type { Connection } from '../connection.ts'
import { partitionOf } from '../partition.ts'
import type { StageStory } from '../stage.ts'
import { type Correlation, correlate } from './correlate.ts'
import { type ToldBefore, textOf } from './told-before.ts'
import type { Translated } from './translated.ts'
import { unknownUnits } from './unknown-units.ts'

/** What a batch of messages comes to. Pure data; becomes part of a step. */
export interface TranslationPlan {
  readonly facts: readonly NewFact[]
  readonly identifiers: readonly IdentifierClaim[]
  /** Objects that nobody knew before: their ids follow from the message that they were first met in. */
  readonly created: ReadonlySet<string>
  readonly parks: readonly NewPark[]
  readonly corrections: readonly Correction[]
  /** Messages in order with what became of each. */
  readonly outcomes: readonly {
    readonly message: Message
    readonly outcome: 'applied' | 'ignored' | 'refused' | 'parked'
    readonly reason?: string
  }[]
  readonly unknownCodes: readonly (UnknownCode & { readonly connection: string })[]
}

/** All that planning may look at; after `waitMs` a message that waits for its object is a task for a person. */
export interface TranslationContext {
  readonly known: (key: string) => readonly KnownIdentifier[]
  /** Keys (`blockKey`) that a parked message holds back. */
  readonly blocked: Pick<ReadonlySet<string>, 'has'>
  readonly partitions: number
  /** Now, ms: the recording time of the facts. */
  readonly at: number
  readonly waitMs: number
  /** What replayed messages said when they first came. */
  readonly told?: ToldBefore
}

/** What each message of a batch came to. */
export function* translationStories({ outcomes, parks }: TranslationPlan): Generator<StageStory> {
  const codes = new Map(parks.map(({ message, code }) => [message, code]))
  for (const { message } of outcomes) {
    const error = codes.get(message.id)
    const { trace, connection: destination, id } = message
    yield { stage: 'translate', trace, destination, message: id, ...(error === undefined ? {} : { error }) }
  }
}

/** Facts that were folded. */
export function* foldingStories(facts: readonly Fact[]): Generator<StageStory> {
  for (const { trace, type, id, correlation } of facts)
    yield { stage: 'advance', trace, destination: type, message: id, correlation }
}

/** What holds later messages back while an earlier one of the same key is parked. */
export function blockKey(message: { readonly connection: string; readonly orderKey?: string }): string | undefined {
  return message.orderKey === undefined ? undefined : `${message.connection} ${message.orderKey}`
}

/** Correlates a batch in order. What an earlier message of the batch claims is known to the later ones. */
export function planTranslation(translated: readonly Translated[], context: TranslationContext): TranslationPlan {
  const plan = new Planner(context)
  for (const one of translated) plan.add(one)
  return plan
}

class Planner implements TranslationPlan {
  readonly facts: NewFact[] = []
  readonly identifiers: IdentifierClaim[] = []
  readonly created = new Set<string>()
  readonly parks: NewPark[] = []
  readonly corrections: Correction[] = []
  readonly outcomes: { message: Message; outcome: 'applied' | 'ignored' | 'refused' | 'parked'; reason?: string }[] = []
  readonly unknownCodes: (UnknownCode & { connection: string })[] = []
  readonly #context: TranslationContext
  readonly #claimed = new Map<string, KnownIdentifier[]>()
  readonly #blocked = new Set<string>()
  readonly #recordedAt: string

  constructor(context: TranslationContext) {
    this.#context = context
    this.#recordedAt = writeInstant(context.at)
  }

  add(translated: Translated): void {
    const { message, connection, translation } = translated
    const stuckReceipt = this.#receive(translated)
    if (stuckReceipt !== undefined) {
      this.#hold(message, stuckReceipt)
      return
    }
    if ('corrects' in translation) {
      this.corrections.push({ message: translation.corrects, by: message.id })
      this.outcomes.push({ message, outcome: 'ignored', reason: `corrects ${translation.corrects}` })
      return
    }
    // Somebody has to say whether it is a message at all: until then it has no place in the order of its key.
    if ('failure' in translation && translation.failure.code === 'IDENTITY_REUSED') {
      const { orderKey: _, ...unordered } = message
      this.#fail(unordered, translation.failure)
      return
    }
    const key = blockKey(message)
    if (key !== undefined && (this.#context.blocked.has(key) || this.#blocked.has(key))) {
      this.#park(message, {
        code: 'BEHIND_PARKED',
        detail: 'An earlier message of the same key is parked; this one follows it.',
      })
      return
    }
    if ('failure' in translation) {
      this.#fail(message, translation.failure)
      return
    }
    if ('ignored' in translation) {
      this.outcomes.push({ message, outcome: 'ignored', reason: translation.ignored })
      return
    }
    const { waitsFor } = translated
    if (waitsFor !== undefined && translation.assertions.length === 0) {
      this.#await(message, waitsFor)
      return
    }
    const correlations = this.#correlate(message, translation.assertions)
    const stuck = correlations.find(isStuck)
    if (stuck !== undefined) this.#hold(message, stuck)
    else {
      const { assertions, rest } = translation
      // Facts of a message that is not done with must not have the names of those that follow when it is; the folds know what was said.
      const isPart = rest !== undefined || waitsFor !== undefined
      const prefix = `${message.id}${isPart ? `.part${translated.attempt ?? 0}` : ''}`
      this.#accept({ message, connection, assertions, correlations, prefix })
      if (waitsFor !== undefined) this.#await(message, waitsFor)
      else if (rest === undefined) this.outcomes.push({ message, outcome: 'applied' })
      else this.#fail(message, rest)
    }
    for (const code of translation.unknownCodes ?? [])
      this.unknownCodes.push({ ...code, connection: message.connection })
    for (const code of unknownUnits(translation.assertions))
      this.unknownCodes.push({ table: 'unit', code, connection: message.connection })
  }

  /** The receipt counts first, whatever follows. Returns what it is stuck on, if it is. */
  #receive({ message, connection, receipts = [], attempt = 0 }: Translated): Correlation | undefined {
    if (receipts.length === 0) return undefined
    const correlations = this.#correlate(message, receipts, '.receipt')
    const stuck = correlations.find(isStuck)
    const prefix = `${message.id}.receipt${attempt === 0 ? '' : attempt}`
    if (stuck === undefined) this.#accept({ message, connection, assertions: receipts, correlations, prefix })
    return stuck
  }

  /**
   * What an assertion claims is known to the next ones of the message: two that name one new object mean the same. Judged apart, each
   * would make an object of its own, and no commit could take both claims.
   */
  #correlate(message: Message, assertions: readonly Assertion[], of = ''): Correlation[] {
    const { tenant, receivedAt: at } = message
    const [only] = assertions
    if (only !== undefined && assertions.length === 1)
      return [correlate(only.about, { tenant, known: this.#known, at, cause: `${message.id}${of}.0` })]
    const own = new Map<string, KnownIdentifier[]>()
    const known = (key: string): readonly KnownIdentifier[] => own.get(key) ?? this.#known(key)
    return assertions.map(({ about }, index) => {
      const found = correlate(about, { tenant, known, at, cause: `${message.id}${of}.${index}` })
      if ('claims' in found) for (const claim of found.claims) own.set(identifierKey(claim), [knownBy(claim)])
      return found
    })
  }

  /** What earlier messages of the batch claimed, and what was known before. */
  readonly #known = (key: string): readonly KnownIdentifier[] => this.#claimed.get(key) ?? this.#context.known(key)

  #accept(input: {
    message: Message
    connection: Connection | undefined
    assertions: readonly Assertion[]
    correlations: readonly Correlation[]
    prefix: string
  }): void {
    const { message, connection, assertions, correlations, prefix } = input
    let correlation: string | undefined
    let n = 0
    const told = this.#context.told?.get(message.replayOf ?? message.id)
    const append = (subject: string, assertion: { type: string; occurredAt?: string; data: unknown }): void => {
      correlation ??= subject
      const retold = told?.has(textOf({ ...assertion, subject })) === true
      const fact: Fact = {
        id: `${prefix}.${n++}`,
        type: assertion.type,
        subject,
        tenant: message.tenant,
        ...(assertion.occurredAt === undefined ? {} : { occurredAt: assertion.occurredAt }),
        recordedAt: this.#recordedAt,
        source: message.connection,
        causation: message.id,
        correlation,
        trace: message.trace,
        ...(connection?.connector.inbound === undefined ? {} : { mapping: connection.connector.inbound.mapping }),
        ...(message.replayOf === undefined ? {} : { replay: true as const }),
        ...(retold ? { retold } : {}),
        data: assertion.data,
      }
      this.facts.push({ partition: partitionOf(subject, this.#context.partitions), fact })
    }
    assertions.forEach((assertion, index) => {
      const found = correlations[index]
      if (found === undefined || !('subject' in found)) return
      if (found.outcome === 'created') this.created.add(found.subject)
      this.#claim(found.claims)
      const { entity, references } = assertion.about
      if (found.claims.length > 0) append(found.subject, { type: `${entity}.identified`, data: { references } })
      for (const merged of found.merged) append(merged, { type: `${entity}.merged`, data: { into: found.subject } })
      append(found.subject, assertion)
    })
  }

  #claim(claims: readonly IdentifierClaim[]): void {
    for (const claim of claims) {
      this.identifiers.push(claim)
      this.#claimed.set(identifierKey(claim), [knownBy(claim)])
    }
  }

  #hold(message: Message, stuck: Correlation): void {
    if (stuck.outcome === 'wait') {
      this.#park(message, {
        code: 'PARENT_UNKNOWN',
        detail: 'No object with one of these identifiers is known yet; the message is applied when it appears.',
        waitsFor: stuck.keys,
        until: message.receivedAt + this.#context.waitMs,
      })
    } else if (stuck.outcome === 'park') {
      this.#park(message, { code: stuck.code, detail: `Candidates: ${stuck.candidates.join(', ')}.` })
    }
  }

  /** For a person who says what the codes mean. The first ones are named. */
  #await(message: Message, waitsFor: readonly string[]): void {
    const named = waitsFor.slice(0, namedMax).map((key) => {
      const { kind, value } = readCodeKey(key)
      return `${kind} ${value}`
    })
    const { code, message: detail } = new InterlineError('CODE_UNKNOWN', { codes: named.join(', ') })
    this.#park(message, { code, detail, waitsFor })
  }

  /** It waits for its parts. Where these do not come on in all that time, a person has to look. */
  #part(message: Message, { code, message: detail }: InterlineError): void {
    const until = this.#context.at + this.#context.waitMs
    this.#park(message, { code, detail, waitsFor: [`parts ${message.id}`], until })
  }

  #fail(message: Message, failure: InterlineError): void {
    if (failure.code === takenInParts) this.#part(message, failure)
    else if (failure.flow === 'refuse') this.outcomes.push({ message, outcome: 'refused', reason: failure.code })
    else this.#park(message, { code: failure.code, detail: failure.message })
  }

  #park(message: Message, why: Pick<NewPark, 'code' | 'detail' | 'waitsFor' | 'until'>): void {
    const key = blockKey(message)
    // A message that waits for its parent does not hold its key back: the parent's own message may carry the same key.
    if (key !== undefined && holdsItsKey(why)) this.#blocked.add(key)
    this.parks.push({
      message: message.id,
      partition: message.partition,
      tenant: message.tenant,
      connection: message.connection,
      ...(message.orderKey === undefined ? {} : { orderKey: message.orderKey }),
      ...why,
      detail: why.detail.slice(0, limits.errorTextCharacters),
      at: this.#context.at,
    })
    this.outcomes.push({ message, outcome: 'parked', reason: why.code })
  }
}

/** Codes of one message that its parking names. */
const namedMax = 5

/** The accounting side of a plan: how many messages of each partition came to which outcome. */
export function countOutcomes(plan: Pick<TranslationPlan, 'outcomes'>): TranslateCount[] {
  const counts = new Map<number, { applied: number; ignored: number; refused: number; parked: number }>()
  for (const { message, outcome } of plan.outcomes) {
    const count = counts.get(message.partition) ?? { applied: 0, ignored: 0, refused: 0, parked: 0 }
    count[outcome]++
    counts.set(message.partition, count)
  }
  return [...counts].map(([partition, count]) => ({ partition, ...count }))
}

function isStuck({ outcome }: Correlation): boolean {
  return outcome === 'wait' || outcome === 'park'
}

function knownBy({ subject, from }: IdentifierClaim): KnownIdentifier {
  return { subject, from, lastUsed: from }
}
