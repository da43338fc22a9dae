import { readInstant } from '../base/instant.ts'
import { type Code, type CodedKind, codeKey } from '../model/codes/code-key.ts'

/** What another system calls a thing of ours, as it is stored. */
export interface CrossReference {
  readonly entity: CodedKind
  readonly system: string
  readonly externalValue: string
  readonly qualifier?: string
  readonly canonicalId: string
  readonly direction: 'in' | 'out' | 'both'
  readonly validFrom?: string
  readonly validTo?: string
  readonly status: 'proposed' | 'active' | 'retired'
  readonly approvedBy?: string
  readonly fallback?: boolean
  /** How often it was ended, and by which decision last. Written by the hub. */
  readonly endings?: number
  readonly endedBy?: string
}

/** Names one translation: another time from which it is valid makes another one. */
export function crossReferenceKey({
  entity,
  system,
  qualifier = '',
  externalValue,
  validFrom,
}: CrossReference): string {
  const parts = [entity, system, ...(qualifier === '' ? [] : [qualifier]), externalValue]
  const name = parts.map(encodeURIComponent).join('/')
  return validFrom === undefined ? name : `${name}@${validFrom}`
}

/** What translations of one code are found by. */
export function lookupOf(
  tenant: string,
  { entity: kind, system, qualifier = '', externalValue }: CrossReference,
): string {
  return codeKey({ tenant, kind, system, qualifier, value: externalValue })
}

/** What translations to one thing are found by, where they lead outwards. */
export function reverseOf(tenant: string, row: CrossReference): string | undefined {
  const { entity: kind, system, qualifier = '', canonicalId: value, direction, status } = row
  if (direction === 'in' || status !== 'active') return undefined
  return codeKey({ tenant, kind, system, qualifier, value })
}

/** The translation that an approval makes of a code. */
export function approved({ kind, system, qualifier, value }: Code, canonicalId: string): CrossReference {
  return {
    entity: kind,
    system,
    externalValue: value,
    ...(qualifier === '' ? {} : { qualifier }),
    canonicalId,
    direction: 'in',
    status: 'active',
  }
}

/**
 * Why an active translation cannot stand beside others: one code means one thing at a time, and one thing is called one name outwards.
 * `undefined` where it can.
 */
export function conflictOf(row: CrossReference, others: readonly CrossReference[]): string | undefined {
  if (row.status !== 'active') return undefined
  const key = crossReferenceKey(row)
  const beside = others.filter(
    (one) =>
      one.status === 'active' &&
      scopeOf(one) === scopeOf(row) &&
      crossReferenceKey(one) !== key &&
      (one.fallback ?? false) === (row.fallback ?? false) &&
      overlaps(one, row),
  )
  const same = beside.find((one) => one.externalValue === row.externalValue && one.canonicalId !== row.canonicalId)
  if (same !== undefined && row.direction !== 'out' && same.direction !== 'out')
    return `${row.externalValue} means ${same.canonicalId} in a part of that time (${crossReferenceKey(same)})`
  const out = beside.find((one) => one.canonicalId === row.canonicalId && one.externalValue !== row.externalValue)
  if (out !== undefined && row.direction !== 'in' && out.direction !== 'in')
    return `${row.canonicalId} is called ${out.externalValue} in a part of that time (${crossReferenceKey(out)})`
  return undefined
}

/** Half-open, ms since 1970. */
export function validity({ validFrom, validTo }: Pick<CrossReference, 'validFrom' | 'validTo'>): {
  readonly from?: number
  readonly to?: number
} {
  const [from, to] = [readInstant(validFrom ?? ''), readInstant(validTo ?? '')]
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) }
}

/** Codes of another kind, system or qualifier have nothing to do with each other. */
function scopeOf({ entity, system, qualifier = '' }: CrossReference): string {
  return JSON.stringify([entity, system, qualifier])
}

function overlaps(one: CrossReference, other: CrossReference): boolean {
  const [a, b] = [validity(one), validity(other)]
  const end = Number.POSITIVE_INFINITY
  return (a.from ?? -end) < (b.to ?? end) && (b.from ?? -end) < (a.to ?? end)
}
