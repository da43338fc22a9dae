import { readInstant } from '../../base/instant.ts'
import { theirUnit } from '../../model/partner-unit.ts'
import type { Substitution } from '../../model/stock/substitute.ts'
import type { NamesAwaited } from '../../model/transmission/report.ts'
import type { OutwardNames } from '../../registry/codes.ts'
import type { Connection } from '../connection.ts'
import { outward, unnamedReason } from '../dispatch/outward.ts'
import type { Workplace } from '../workplace.ts'

/** What partners call things of ours, while documents are written: looked at at once, and loaded between two looks. */
export interface Names {
  /** Whether there is anything to translate with; undefined: nobody has looked. */
  readonly hasAny: () => boolean | undefined
  /** Undefined where it has to be loaded. */
  readonly of: (key: string) => OutwardNames | undefined
  /** What may be sent instead of an item, by the key of `substitutionLookup`. Undefined where it has to be loaded. */
  readonly substitutions: (key: string) => readonly Substitution[] | undefined
}

/** Names for one fold: what it looked for in vain is loaded before it is folded again. */
export class NamesAtHand implements Names {
  readonly #place: Pick<Workplace, 'codes'>
  readonly #names = new Map<string, OutwardNames>()
  readonly #wanted = new Set<string>()
  readonly #substitutions = new Map<string, readonly Substitution[]>()
  readonly #wantedSubstitutions = new Set<string>()
  #hasAny: boolean | undefined
  #isAsked = false

  constructor(place: Pick<Workplace, 'codes'>) {
    this.#place = place
    this.#hasAny = place.codes.hasAnyNow()
  }

  hasAny = (): boolean | undefined => {
    if (this.#hasAny === undefined) this.#isAsked = true
    return this.#hasAny
  }

  of = (key: string): OutwardNames | undefined => {
    const known = this.#names.get(key)
    if (known === undefined) this.#wanted.add(key)
    return known
  }

  substitutions = (key: string): readonly Substitution[] | undefined => {
    const known = this.#substitutions.get(key)
    if (known === undefined) this.#wantedSubstitutions.add(key)
    return known
  }

  /** Loads what was looked for in vain. False where nothing was. Rejects when that cannot be found out: then nothing may be written. */
  async load(): Promise<boolean> {
    if (!this.#isAsked && this.#wanted.size === 0 && this.#wantedSubstitutions.size === 0) return false
    if (this.#isAsked) this.#hasAny = await this.#place.codes.hasAny()
    this.#isAsked = false
    const found = this.#wanted.size === 0 ? noNames : await this.#place.codes.outward(this.#wanted)
    for (const key of this.#wanted) this.#names.set(key, found.get(key) ?? [])
    this.#wanted.clear()
    if (this.#wantedSubstitutions.size === 0) return true
    const relations = await this.#place.codes.substitutions(this.#wantedSubstitutions)
    for (const key of this.#wantedSubstitutions) this.#substitutions.set(key, relations.get(key) ?? [])
    this.#wantedSubstitutions.clear()
    return true
  }
}

const noNames: ReadonlyMap<string, OutwardNames> = new Map()

/** What a document is to say, in the codes of the partner; or which of ours he has no name for. */
export function inPartnersCodes(
  payload: unknown,
  { codes }: Pick<Connection, 'codes'>,
  about: { readonly tenant: string; readonly at: string; readonly names?: Names | undefined },
): { readonly payload: unknown; readonly problem?: string; readonly waitsFor?: NamesAwaited } {
  const { tenant, at, names } = about
  if (names === undefined || (codes.outward !== 'park' && names.hasAny() !== true)) return { payload }
  const translated = outward(payload, {
    tenant,
    codes,
    unit: theirUnit,
    at: readInstant(at) ?? 0,
    namesOf: (key) => names.of(key) ?? [],
  })
  const { missing } = translated
  if (missing.length === 0) return translated
  return { payload, problem: unnamedReason(missing), waitsFor: { codes: missing.slice(0, waitingMax), since: at } }
}

/** More are asked for when these are named. */
const waitingMax = 10
