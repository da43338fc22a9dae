import { choice, type Fields, integer, text } from '../../base/fields.ts'
import type { CheckSettings } from '../../watch/check-rounds.ts'
import { checks } from '../../watch/checks/all.ts'
import { type Reading, readFields } from './reading.ts'
import type { Entry } from './sections.ts'
import { written } from './written.ts'

const usual = -1
const figuresMost = 1_000_000_000

/** Keys of an entry of `checks`: what a tenant wants otherwise than usual. */
export const checkFields = {
  check: choice(
    'Which check is meant.',
    checks.map(({ id }) => id),
  ),
  amber: integer('From this figure on it is amber; -1 is what is usual.', {
    default: usual,
    min: usual,
    max: figuresMost,
  }),
  red: integer('From this figure on it is red; -1 is what is usual.', { default: usual, min: usual, max: figuresMost }),
  graceMinutes: integer('What is younger does not count; -1 is what is usual.', {
    default: usual,
    min: usual,
    max: 527_040,
  }),
  tenant: text('Whose it is; the tenant of whoever applies without it.', { default: '' }),
} as const satisfies Fields

/** What tenants say otherwise, by `<tenant> <check>`. */
export function readChecks(reading: Reading, entries: readonly Entry[]): ReadonlyMap<string, CheckSettings> {
  return new Map(entries.flatMap((entry) => readCheck(reading, entry) ?? []))
}

function readCheck(
  reading: Reading,
  { place, values, source }: Entry,
): readonly (readonly [string, CheckSettings])[] | undefined {
  const read = readFields(reading, checkFields, values, place)
  if (read === undefined) return undefined
  const { id, thresholds } = checks.find((one) => one.id === read['check']) ?? {}
  const figure = (key: 'amber' | 'graceMinutes' | 'red'): number => checkFields[key].parse(read[key] ?? usual)
  const [amber, red, graceMinutes] = [figure('amber'), figure('red'), figure('graceMinutes')]
  if (thresholds !== undefined && pick(amber, thresholds.amber) > pick(red, thresholds.red)) {
    const problem = `amber is above red, which is ${pick(red, thresholds.red)}.`
    reading.problems.add('MANIFEST_VALUE_INVALID', place.at('amber'), { key: 'amber', problem })
    return undefined
  }
  const settings = {
    ...(amber === usual ? {} : { amber }),
    ...(red === usual ? {} : { red }),
    ...(graceMinutes === usual ? {} : { graceMinutes }),
  }
  return [[`${written(read['tenant']) || source.tenant} ${id ?? ''}`, settings]]
}

function pick(own: number, otherwise: number): number {
  return own === usual ? otherwise : own
}
