import { choice, type Fields, text } from '../../base/fields.ts'
import { definitions } from '../../processes/all.ts'
import { type Reading, readFields } from './reading.ts'
import { type Entry, mapping } from './sections.ts'

/** What a tenant has set for a process, by the names that its page lists. */
export type Policy = Readonly<Record<string, unknown>>

/** Keys of a process in a manifest, beside `policy`: what the tenant wants otherwise than usual. */
export const processFields = {
  process: choice(
    'Which process the tenant wants, or wants otherwise than usual.',
    [...new Set(definitions.map(({ id }) => id))].toSorted(),
  ),
  tenant: text('Whose process; the tenant of whoever applies without it.', { default: '' }),
} as const satisfies Fields

/** One text for a tenant and a process. */
export function policyKey(tenant: string, process: string): string {
  return `${process} ${tenant}`
}

/** The policy of one process; empty where only the process is wanted. */
export function readPolicy(reading: Reading, { place, values }: Entry): Policy | undefined {
  const { policy, ...own } = values
  const read = readFields(reading, processFields, own, place)
  const set = policy === undefined ? {} : mapping(place.at('policy').typed(), place.at('policy'), reading.problems)
  if (read === undefined || set === undefined) return undefined
  const { policies, timers = {}, judged = {} } = definitions.findLast(({ id }) => id === read['process']) ?? {}
  const stays = new Set(Object.values(timers).flatMap(({ stays: name }) => name ?? []))
  let isWhole = true
  // What is in force already goes on: the process takes what is usual for it.
  for (const key of Object.keys(set).filter((one) => reading.isApplied && stays.has(one) && !isLasting(set[one]))) {
    isWhole = false
    // A timer that is over before it begins is set again at once, without end.
    const problem = 'expected a number of minutes from 1 to 5256000 (ten years).'
    reading.problems.add('MANIFEST_VALUE_INVALID', place.at('policy').at(key), { key, problem })
  }
  for (const key of Object.keys(set).filter((one) => reading.isApplied && Object.hasOwn(judged, one))) {
    const problem = judged[key]?.(set[key])
    if (problem === undefined) continue
    isWhole = false
    reading.problems.add('MANIFEST_VALUE_INVALID', place.at('policy').at(key), { key, problem })
  }
  for (const key of Object.keys(set)) {
    if (policies === undefined || Object.hasOwn(policies, key)) continue
    isWhole = false
    const known = Object.keys(policies).toSorted().join(', ')
    reading.problems.add('MANIFEST_KEY_UNKNOWN', place.at('policy').at(key), { key, known })
  }
  return isWhole ? set : undefined
}

const minutesMax = 5_256_000

function isLasting(minutes: unknown): boolean {
  return typeof minutes === 'number' && minutes >= 1 && minutes <= minutesMax
}
