import type { IdentifierClaim, KnownIdentifier } from '../../backbone/step.ts'
import { shortHash } from '../../base/sha256.ts'
import { type About, entities, type Reference } from '../../model/fact.ts'
import { identifierKey, identifierValidDays, normalizeIdentifier } from '../../model/identifier.ts'
import { recipientSubject } from '../../model/notification/notice.ts'
import { stockSubject } from '../../model/stock/subject.ts'
import { numberSubject } from '../../model/transmission/number.ts'

/** Which object a message is about (model.md 3.2). Pure: what is known comes in. */
export type Correlation =
  | {
      readonly outcome: 'found' | 'created'
      readonly subject: string
      readonly claims: readonly IdentifierClaim[]
      /** Objects that turned out to be this one. */
      readonly merged: readonly string[]
    }
  | { readonly outcome: 'wait'; readonly keys: readonly string[] }
  | {
      readonly outcome: 'park'
      readonly code: 'IDENTITY_AMBIGUOUS' | 'IDENTITY_CONFLICT'
      readonly candidates: readonly string[]
    }

/** Whose message it is, when it came, and who is known by which identifier. */
export interface CorrelationContext {
  readonly tenant: string
  readonly known: (key: string) => readonly KnownIdentifier[]
  /** When the message was received, ms: recycled identifiers match only within their validity. */
  readonly at: number
  /** Makes the id of a new object deterministic: the message and the number of the assertion in it. */
  readonly cause: string
}

interface Level {
  readonly reference: Reference
  readonly normalized: string
  readonly key: string
  readonly candidates: readonly string[]
}

/** Finds the object, or makes a new one. Several candidates, or objects that nobody with authority calls one, are for a person. */
export function correlate(about: About, context: CorrelationContext): Correlation {
  const subject = fixedSubject(about, context.tenant)
  if (subject !== undefined) return { outcome: 'found', subject, claims: [], merged: [] }
  const levels = about.references.map((reference) => level(about, reference, context))
  const ambiguous = levels.find(({ candidates }) => candidates.length !== 0)
  if (ambiguous !== undefined && ambiguous.candidates.length > 1) {
    return { outcome: 'park', code: 'IDENTITY_AMBIGUOUS', candidates: ambiguous.candidates }
  }
  const found = once(levels.flatMap(({ candidates }) => (candidates.length === 1 ? candidates : [])))
  const first = found[0]
  if (first === undefined) {
    if (about.unknown === 'wait') return { outcome: 'wait', keys: levels.map(({ key }) => key) }
    const created = `${entities[about.entity]}_${shortHash(`${context.tenant}|${about.entity}|${context.cause}`)}`
    return {
      outcome: 'created',
      subject: created,
      claims: claims({ about, context, levels, subject: created }),
      merged: [],
    }
  }
  if (found.length > 1 && about.authoritative !== true) {
    return { outcome: 'park', code: 'IDENTITY_CONFLICT', candidates: found }
  }
  return {
    outcome: 'found',
    subject: first,
    claims: claims({ about, context, levels, subject: first }),
    merged: found.slice(1),
  }
}

/** Objects whose id follows from what they are. */
const named: ReadonlySet<string> = new Set<About['entity']>(['process', 'recipient', 'stock', 'task', 'transmission'])

/** Keys to look up before `correlate` can answer; none for objects whose id follows from their natural key. */
export function correlationKeys(about: About, tenant: string): readonly string[] {
  if (named.has(about.entity)) return []
  return about.references.map((reference) =>
    identifierKey({ tenant, entity: about.entity, reference, normalized: normalizeIdentifier(reference) }),
  )
}

function fixedSubject(about: About, tenant: string): string | undefined {
  const [first] = about.references
  if (first === undefined) return undefined
  if (about.entity === 'stock') return stockSubject(tenant, first.value)
  if (about.entity === 'recipient' && first.scheme === 'address')
    return recipientSubject(tenant, first.issuer ?? '', first.value)
  if (
    about.entity === 'process' ||
    about.entity === 'recipient' ||
    about.entity === 'task' ||
    (about.entity === 'transmission' && first.scheme === 'transmission')
  )
    return first.value
  if (about.entity === 'transmission') return numberSubject(tenant, first.scheme, first.issuer ?? '', first.value)
  return undefined
}

function level(about: About, reference: Reference, context: CorrelationContext): Level {
  const normalized = normalizeIdentifier(reference)
  const key = identifierKey({ tenant: context.tenant, entity: about.entity, reference, normalized })
  const days = identifierValidDays(reference.scheme)
  const candidates: string[] = []
  for (const { subject, from } of context.known(key))
    if (days === undefined || Math.abs(context.at - from) <= days * 86_400_000) candidates.push(subject)
  return { reference, normalized, key, candidates: once(candidates) }
}

/** Mostly it is one, or none. */
function once(subjects: readonly string[]): readonly string[] {
  return subjects.length < 2 ? subjects : [...new Set(subjects)]
}

function claims(input: {
  about: About
  context: CorrelationContext
  levels: readonly Level[]
  subject: string
}): IdentifierClaim[] {
  const { about, context, levels, subject } = input
  return levels.flatMap(({ reference, normalized, candidates }) => {
    const holder = candidates[0]
    if (holder === subject) return []
    const claim = { tenant: context.tenant, entity: about.entity, reference, normalized, subject, from: context.at }
    return [holder === undefined ? claim : { ...claim, replaces: holder }]
  })
}
