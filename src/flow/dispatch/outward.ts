import type { Effect } from '../../backbone/ledger.ts'
import { InterlineError } from '../../base/errors.ts'
import { codeKey, readCodeKey } from '../../model/codes/code-key.ts'
import { type FoundCode, withCodesIn } from '../../model/codes/coded-members.ts'
import { isKnownUnit } from '../../model/unit.ts'
import type { OutwardNames } from '../../registry/codes.ts'
import type { Connection } from '../connection.ts'
import type { Workplace } from '../workplace.ts'

/** What leaves, in the codes of the system that it goes to. */
export interface Outward {
  readonly payload: unknown
  /** Keys of our codes that the system has no name for, where it must have one. */
  readonly missing: readonly string[]
}

/** Pure: what is known comes in. `at` is when it was owed, so that a second attempt says the same as the first one. */
export function outward(
  payload: unknown,
  about: {
    readonly at: number
    readonly tenant: string
    readonly codes: Connection['codes']
    readonly namesOf: (key: string) => OutwardNames
    /** How the system's name for a unit is told from one of ours; absent: as it is. */
    readonly unit?: (name: string) => string
  },
): Outward {
  const { at, tenant, codes, namesOf, unit = (name: string) => name } = about
  const missing = new Set<string>()
  const translate = ({ kind, qualifier, value }: FoundCode): string => {
    const key = codeKey({ tenant, kind, system: codes.system, qualifier, value })
    const valid = namesOf(key).filter(({ from, to }) => (from ?? at) <= at && at < (to ?? Number.POSITIVE_INFINITY))
    const name = valid.find(({ isFallback }) => !isFallback) ?? valid[0]
    if (name !== undefined) return kind === 'uom' ? unit(name.external) : name.external
    // Units of UN/ECE Recommendation 20 are everybody's.
    const isCommon = kind === 'uom' && isKnownUnit(value)
    if (codes.outward === 'park' && codes.kinds.includes(kind) && !isCommon) missing.add(key)
    return value
  }
  return { payload: withCodesIn(payload, translate), missing: [...missing] }
}

/**
 * Puts the codes of the systems into what is owed to them, by what is approved for the time when it was owed. With no master data and
 * nobody who is strict it costs nothing. Rejects when that cannot be found out: then nothing may leave as it is.
 */
export async function inTheirCodes(
  place: Pick<Workplace, 'codes'>,
  connection: Connection,
  effects: readonly Effect[],
): Promise<readonly (Effect & { readonly missing: readonly string[] })[]> {
  const { codes, connector } = connection
  const isConcerned = connector.kind !== 'subscriber' && (codes.outward === 'park' || (await place.codes.hasAny()))
  if (!isConcerned) return effects.map((effect) => ({ ...effect, missing: [] }))
  const keys = new Set<string>()
  const read = effects.map((effect) => ({ effect, payload: JSON.parse(effect.payload) as unknown }))
  const of = (namesOf: (key: string) => OutwardNames) => (one: (typeof read)[number]) =>
    outward(one.payload, { at: one.effect.createdAt, tenant: one.effect.tenant, codes, namesOf })
  for (const one of read)
    of((key) => {
      keys.add(key)
      return []
    })(one)
  if (keys.size === 0) return effects.map((effect) => ({ ...effect, missing: [] }))
  const names = await place.codes.outward(keys)
  return read.map((one) => {
    const { payload, missing } = of((key) => names.get(key) ?? [])(one)
    return { ...one.effect, ...(payload === one.payload ? {} : { payload: JSON.stringify(payload) }), missing }
  })
}

/** Why an effect waits, so that it is found by the codes that it waits for. */
export function unnamedReason(missing: readonly string[]): string {
  const codes = missing.slice(0, namedMax).map(readCodeKey)
  const { message } = new InterlineError('CODE_UNNAMED', {
    codes: codes.map(({ kind, value }) => `${kind} ${value}`).join(', '),
  })
  return `${message} ${JSON.stringify(missing.slice(0, namedMax))}`
}

/** Keys that it waits for; undefined: it waits for something else. */
export function waitsForNames(reason: string | undefined): readonly string[] | undefined {
  const at = reason?.indexOf(' ["code:') ?? -1
  if (reason === undefined || at < 0) return undefined
  try {
    return JSON.parse(reason.slice(at + 1)) as readonly string[]
  } catch {
    return undefined
  }
}

/** More are asked for when these are named. */
const namedMax = 10
