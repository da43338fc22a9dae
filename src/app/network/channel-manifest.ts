import { compare, isDecimal } from '../../base/decimal.ts'
import { type Fields, integer, list, text } from '../../base/fields.ts'
import type { Connection } from '../../flow/connection.ts'
import type { ChannelRule } from '../../processes/channel/publication.ts'
import { parsed } from './partner.ts'
import { known, type Reading, readFields } from './reading.ts'
import type { Entry } from './sections.ts'

/** Keys of an entry of `channels`. */
export const channelFields = {
  target: text('The connection to the channel: a shop or a market place.', { example: 'shop' }),
  locations: list('Places whose stock it sells.'),
  skus: list('Items that it sells; all without it.', { default: [] }),
  thresholds: list('Bounds at which it is told, ascending: with 0, 10 when it is sold out, low, and more than that.', {
    default: ['0', '10'],
  }),
  safetyStock: text('Kept back beside the safety stock of the places, in base units.', { default: '0' }),
  sharePercent: text('Its part of what is left.', { default: '100' }),
  place: text('The place in the words of the channel, where it has several.', { default: '' }),
  refreshHours: integer('After so long it is told again though nothing crossed a bound; 0 never.', {
    default: 24,
    min: 0,
    max: 720,
  }),
  tenant: text('Whose it is; the tenant of whoever applies without it.', { default: '' }),
} as const satisfies Fields

/** What channels may sell, by tenant. */
export function readChannels(
  reading: Reading,
  entries: readonly Entry[],
  connections: ReadonlyMap<string, Connection>,
): ReadonlyMap<string, readonly ChannelRule[]> {
  const read = entries.flatMap((entry) => readChannel(reading, entry, connections) ?? [])
  return new Map(
    [...Map.groupBy(read, ({ tenant }) => tenant)].map(([tenant, all]) => [tenant, all.map(({ rule }) => rule)]),
  )
}

function readChannel(
  reading: Reading,
  { place, values, source }: Entry,
  connections: ReadonlyMap<string, Connection>,
): { readonly tenant: string; readonly rule: ChannelRule } | undefined {
  const read = readFields(reading, channelFields, values, place)
  const target = known(reading, connections, values['target'], { what: 'connection', place: place.at('target') })
  if (read === undefined || target === undefined) return undefined
  const { thresholds, safetyStock, sharePercent, skus, tenant, target: channel, ...own } = parsed(channelFields, read)
  const { operations = {}, procedures = {} } = target.connector
  const canTell = [...Object.values(operations), ...Object.values(procedures)].some(
    ({ command }) => command === 'publish_availability',
  )
  const faults: readonly (readonly [key: string, isWrong: boolean, problem: string])[] = [
    ['target', !canTell, `${channel} cannot be told what may be sold.`],
    ['locations', own.locations.length === 0, 'no place is named.'],
    ['thresholds', !isAscending(thresholds), 'expected 1 to 20 ascending numbers.'],
    ['safetyStock', !isAtLeastZero(safetyStock), 'expected a number, not negative.'],
    ['sharePercent', !isAtLeastZero(sharePercent) || compare(sharePercent, '100') > 0, 'expected 0 to 100.'],
  ]
  const wrong = faults.filter(([, isWrong]) => isWrong)
  for (const [key, , problem] of wrong) reading.problems.add('MANIFEST_VALUE_INVALID', place.at(key), { key, problem })
  if (wrong.length > 0) return undefined
  const rule: ChannelRule = { ...own, channel, thresholds, safetyStock, sharePercent, skus: new Set(skus) }
  return { tenant: tenant === '' ? source.tenant : tenant, rule }
}

function isAscending(bounds: readonly string[]): boolean {
  if (bounds.length === 0 || bounds.length > 20 || !bounds.every(isDecimal)) return false
  return bounds.every((bound, at) => at === 0 || compare(bounds[at - 1] ?? '0', bound) < 0)
}

function isAtLeastZero(text: string): boolean {
  return isDecimal(text) && compare(text, '0') >= 0
}
