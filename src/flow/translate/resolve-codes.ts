import { readInstant } from '../../base/instant.ts'
import { codeKey } from '../../model/codes/code-key.ts'
import { type FoundCode, withCodes } from '../../model/codes/coded-members.ts'
import type { Assertion } from '../../model/fact.ts'
import { canonicalUnit } from '../../model/partner-unit.ts'
import { isKnownUnit } from '../../model/unit.ts'
import { type CodeEntry, type ItemUnits, unheard } from '../../registry/codes.ts'
import type { Connection } from '../connection.ts'
import { assertsHeader } from '../intake/received.ts'
import type { Workplace } from '../workplace.ts'
import type { Translated } from './translated.ts'

/** What a message says in our own codes, as far as they are known. */
export interface ResolvedCodes {
  /** The first ones are whole; those from `unresolved` on hold a code that nobody knows. */
  readonly assertions: readonly Assertion[]
  /** How many assertions hold an unknown code; they stand at the end. */
  readonly unresolved: number
  /** Keys of the codes that nobody knows. */
  readonly waitsFor: readonly string[]
}

/**
 * Translates the codes of messages into ours, by what is approved for the time when they happened. With nothing approved and nobody
 * who is strict it costs nothing.
 */
export async function resolveCodes(
  place: Pick<Workplace, 'codes'>,
  translated: readonly Translated[],
): Promise<readonly Translated[]> {
  const { codes } = place
  const hasAny = await codes.hasAny()
  const concerned = translated.filter(
    // What the hub says itself, it says in our codes.
    ({ message, connection, translation }) =>
      'assertions' in translation &&
      connection !== undefined &&
      message.headers[assertsHeader] === undefined &&
      (hasAny || connection.codes.unknown !== 'pass'),
  )
  if (concerned.length === 0) return translated
  const keys = new Set<string>()
  const collect = (key: string): CodeEntry => {
    keys.add(key)
    return unheard
  }
  for (const one of concerned) resolve(one, collect)
  const entries = await codes.load(keys)
  const entryOf = (key: string): CodeEntry => entries.get(key) ?? unheard
  const chosen = new Set(concerned)
  return translated.map((one) => (chosen.has(one) ? withResolved(one, resolve(one, entryOf)) : one))
}

function withResolved(one: Translated, { assertions, unresolved, waitsFor }: ResolvedCodes): Translated {
  const { translation } = one
  if (!('assertions' in translation)) return one
  if (unresolved === 0) return { ...one, translation: { ...translation, assertions } }
  const isLines = one.connection?.codes.unknown === 'park_lines'
  const whole = isLines ? assertions.slice(0, assertions.length - unresolved) : []
  return { ...one, translation: { ...translation, assertions: whole }, waitsFor }
}

/** Puts our codes in place of those of the sender, by the entries that are given. Pure, so that it can be asked first which it needs. */
export function resolve(
  { message, connection, translation }: Translated,
  entryOf: (key: string) => CodeEntry,
): ResolvedCodes {
  const own = 'assertions' in translation ? translation.assertions : []
  if (connection === undefined) return { assertions: own, unresolved: 0, waitsFor: [] }
  const waitsFor = new Set<string>()
  const [known, unknown]: [Assertion[], Assertion[]] = [[], []]
  for (const assertion of own) {
    const at = readInstant(assertion.occurredAt ?? '') ?? message.receivedAt
    let isKnown = true
    const look = ({ kind, qualifier, value }: Pick<FoundCode, 'kind' | 'qualifier' | 'value'>): Found => {
      const key = codeKey({ tenant: message.tenant, kind, system: connection.codes.system, qualifier, value })
      return { key, ...found(entryOf(key), at) }
    }
    const unitsOf = (item: string | undefined): ItemUnits =>
      (item === undefined ? undefined : look({ kind: 'item', qualifier: '', value: item }).units) ?? {}
    const other = withCodes(assertion, (code) => {
      const { key, canonical, isCanonical } = look(code)
      if (canonical !== undefined) return canonical
      const isOurs =
        isCanonical ||
        (code.kind === 'uom' &&
          (isKnownUnit(code.value) || Object.hasOwn(unitsOf(code.item), canonicalUnit(code.value))))
      if (!isOurs && isStrict(connection, code)) {
        waitsFor.add(key)
        isKnown = false
      }
      return code.value
    })
    const whole = isKnown ? withConversion(other, assertion, unitsOf) : assertion
    if (isKnown) known.push(whole)
    else unknown.push(whole)
  }
  return { assertions: [...known, ...unknown], unresolved: unknown.length, waitsFor: [...waitsFor] }
}

interface Found {
  readonly key: string
  readonly canonical?: string
  readonly isCanonical: boolean
  readonly units?: ItemUnits
}

function found({ mappings, isCanonical, units }: CodeEntry, at: number): Omit<Found, 'key'> {
  const valid = mappings.filter(({ from, to }) => (from ?? at) <= at && at < (to ?? Number.POSITIVE_INFINITY))
  const best = valid.find(({ isFallback }) => !isFallback) ?? (isCanonical ? undefined : valid[0])
  if (best === undefined) return { isCanonical, ...(units === undefined ? {} : { units }) }
  return { canonical: best.canonical, isCanonical, ...(best.units === undefined ? {} : { units: best.units }) }
}

function isStrict({ codes }: Connection, { kind }: FoundCode): boolean {
  return codes.unknown !== 'pass' && codes.kinds.includes(kind)
}

/** A quantity of stock in a unit of the item: what one of it is comes from the item, where the sender does not say. */
function withConversion(
  assertion: Assertion,
  before: Assertion,
  unitsOf: (item: string | undefined) => ItemUnits,
): Assertion {
  if (assertion.about.entity !== 'stock') return assertion
  const data = assertion.data as { readonly uom?: unknown; readonly conversion?: unknown }
  const { sku } = before.data as { readonly sku?: unknown }
  if (typeof data.uom !== 'string' || data.conversion !== undefined || typeof sku !== 'string') return assertion
  const conversion = unitsOf(sku)[canonicalUnit(data.uom)]
  return conversion === undefined ? assertion : { ...assertion, data: { ...data, conversion } }
}
