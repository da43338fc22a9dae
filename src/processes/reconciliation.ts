/** A posting as the hub's ledger knows it. */
export interface Owed {
  readonly effect: string
  readonly naturalKey: string
  readonly externalReference: string
  readonly state: string
  readonly documentReference?: string
  /** When it last changed, ms since 1970: when it was settled, where it is. */
  readonly updatedAt: number
}

/** A document as the system lists it. */
export interface Booked {
  readonly externalReference: string
  readonly documentNumber: string
}

/**
 * - `missing`: the ledger says that it was done, the system does not list it.
 * - `double`: the system lists more than one document under one reference.
 * - `other_number`: both know it, under different document numbers.
 * - `unsettled`: the system did it, and the ledger says refused, parked or cancelled.
 * - `unexpected`: the system lists a reference of the hub that the hub has never given.
 */
export type DifferenceKind = (typeof differenceKinds)[number]

/** All of them, alphabetical. */
export const differenceKinds = ['double', 'missing', 'other_number', 'unexpected', 'unsettled'] as const

/** Something that the two books do not agree on. */
export interface Difference {
  readonly kind: DifferenceKind
  readonly externalReference: string
  readonly documentNumbers: readonly string[]
  readonly effect?: string
  readonly naturalKey?: string
  readonly state?: string
}

/** How much of two books was held against each other, and where they do not agree. */
export interface Comparison {
  /** Postings of the ledger that should be listed. */
  readonly posted: number
  /** Documents listed. */
  readonly booked: number
  /** On their way: listed or not, it is too early to say. */
  readonly inFlight: number
  /** Sorted by kind and reference. */
  readonly differences: readonly Difference[]
}

const abandoned: ReadonlySet<string> = new Set(['cancelled', 'parked', 'refused'])

/**
 * Compares what the ledger says was posted with what the system lists. Only what was settled within the span must be listed; what
 * is outside it, or still under way, is known and no more. `complete` false: the list was cut, so that nothing is called missing.
 */
export function compareBooks(
  ledger: readonly Owed[],
  listed: readonly Booked[],
  span: { readonly fromMs: number; readonly untilMs: number; readonly complete: boolean },
): Comparison {
  const numbers = new Map<string, string[]>()
  for (const { externalReference, documentNumber } of listed)
    numbers.set(externalReference, [...(numbers.get(externalReference) ?? []), documentNumber])
  const known = new Set(ledger.map(({ externalReference }) => externalReference))
  const unexpected = [...numbers]
    .filter(([externalReference]) => !known.has(externalReference))
    .map(
      ([externalReference, documentNumbers]): Difference => ({
        kind: 'unexpected',
        externalReference,
        documentNumbers,
      }),
    )
  const isDue = ({ state, updatedAt }: Owed): boolean =>
    state === 'applied' && updatedAt >= span.fromMs && updatedAt < span.untilMs
  const differences = ledger.flatMap((owed) =>
    judge(owed, numbers.get(owed.externalReference) ?? [], span.complete && isDue(owed)),
  )
  return {
    posted: ledger.filter(isDue).length,
    booked: listed.length,
    inFlight: ledger.filter(({ state }) => state !== 'applied' && !abandoned.has(state)).length,
    differences: [...differences, ...unexpected].toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)),
  }
}

function judge(owed: Owed, documentNumbers: readonly string[], mustBeListed: boolean): Difference[] {
  const { effect, naturalKey, externalReference, state, documentReference } = owed
  const differ = (kind: DifferenceKind): Difference[] => [
    { kind, externalReference, documentNumbers, effect, naturalKey, state },
  ]
  if (documentNumbers.length > 1) return differ('double')
  if (documentNumbers.length === 0) return mustBeListed ? differ('missing') : []
  if (abandoned.has(state)) return differ('unsettled')
  const isOther = state === 'applied' && documentReference !== undefined && documentReference !== documentNumbers[0]
  return isOther ? differ('other_number') : []
}

function orderOf({ kind, externalReference }: Difference): string {
  return `${kind} ${externalReference}`
}
