import { choice, type Fields, integer, text } from '../../base/fields.ts'
import { measures, periodKinds, type Sla, slaMilestones } from '../../watch/slas/sla.ts'
import { known, type Reading, readFields } from './reading.ts'
import type { Entry } from './sections.ts'
import { written } from './written.ts'

/** Keys of an entry of `slas`. */
export const slaPromiseFields = {
  sla: text('Its name: letters, digits, `-`, `_` and `.`.', { example: 'erp-postings' }),
  measure: choice(
    'What is measured: `posting` from the order to the books, `milestone` from what happened to when the hub heard of it, `completeness` of the story of what was delivered, `acknowledgement` from a document to its answer.',
    measures,
  ),
  percent: text('Which share has to be in time: above 0 and below 100, at most three decimals.', { example: '99.5' }),
  withinMinutes: integer('Minutes within which it is in time.', { min: 1, max: 527_040 }),
  period: choice('How long one period lasts.', periodKinds, { default: 'month' }),
  timeZone: text('Zone whose calendar says where a period begins, IANA.', { default: 'UTC', example: 'Europe/Berlin' }),
  owner: text('Who acts.', { example: 'finance' }),
  connection: text('Only what goes to this connection: of `posting` and `acknowledgement`.', { default: '' }),
  partner: text('Only what goes to connections of this partner: of `posting` and `acknowledgement`.', { default: '' }),
  carrier: text('Only of this carrier: of `milestone` and `completeness`.', { default: '' }),
  milestone: choice('Of `milestone`: which one.', slaMilestones, { default: 'delivered' }),
  tenant: text('Whose it is; the tenant of whoever applies without it.', { default: '' }),
} as const satisfies Fields

/** What an SLA may name. */
export interface SlaWorld {
  /** With the tenant of each. */
  readonly connections: ReadonlyMap<string, { readonly tenant: string }>
  /** With the tenant and connections of each. */
  readonly partners: ReadonlyMap<string, { readonly tenant: string; readonly connections: readonly string[] }>
}

const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/
const percentPattern = /^\d{1,2}(\.\d{1,3})?$/
const onConnections = ['posting', 'acknowledgement']

/** Service levels of all tenants. */
export function readSlas(reading: Reading, entries: readonly Entry[], world: SlaWorld): readonly Sla[] {
  return entries.flatMap((entry) => readSla(reading, entry, world) ?? [])
}

function readSla(reading: Reading, { place, values, source }: Entry, world: SlaWorld): Sla | undefined {
  const read = readFields(reading, slaPromiseFields, values, place)
  if (read === undefined) return undefined
  const said = (key: keyof typeof slaPromiseFields): string => written(read[key])
  const tenant = said('tenant') || source.tenant
  const measure = slaPromiseFields.measure.parse(read['measure'])
  const problems = problemsOf(said)
  for (const { key, problem } of problems)
    reading.problems.add('MANIFEST_VALUE_INVALID', place.at(key), { key, problem })
  const connections = connectionsOf(reading, { said, place, tenant }, world)
  if (problems.length > 0 || connections === 'unknown') return undefined
  return {
    tenant,
    id: said('sla'),
    measure,
    target: Number(said('percent')),
    owner: said('owner'),
    withinMinutes: slaPromiseFields.withinMinutes.parse(read['withinMinutes']),
    period: slaPromiseFields.period.parse(read['period'] ?? 'month'),
    timeZone: said('timeZone') || 'UTC',
    milestone: slaPromiseFields.milestone.parse(read['milestone'] ?? 'delivered'),
    ...(connections === undefined ? {} : { connections }),
    ...(said('carrier') === '' ? {} : { carrier: said('carrier') }),
  }
}

type Said = (key: keyof typeof slaPromiseFields) => string

function problemsOf(said: Said): readonly { readonly key: string; readonly problem: string }[] {
  const found: { key: string; problem: string }[] = []
  const demand = (isRight: boolean, key: string, problem: string): void => {
    if (!isRight) found.push({ key, problem })
  }
  const isOnConnections = onConnections.includes(said('measure'))
  demand(namePattern.test(said('sla')), 'sla', 'expected 1 to 63 letters, digits, -, _ and .')
  demand(
    percentPattern.test(said('percent')) && Number(said('percent')) > 0,
    'percent',
    'expected above 0 and below 100, with at most three decimals.',
  )
  demand(isZone(said('timeZone') || 'UTC'), 'timeZone', 'expected the name of a time zone, such as Europe/Berlin.')
  for (const key of ['connection', 'partner'] as const)
    demand(said(key) === '' || isOnConnections, key, `${said('measure')} is measured by carrier.`)
  demand(said('carrier') === '' || !isOnConnections, 'carrier', `${said('measure')} is measured by connection.`)
  demand(said('connection') === '' || said('partner') === '', 'partner', 'say the connection or the partner, not both.')
  return found
}

function connectionsOf(
  reading: Reading,
  { said, place, tenant }: { readonly said: Said; readonly place: Entry['place']; readonly tenant: string },
  { connections, partners }: SlaWorld,
): readonly string[] | undefined | 'unknown' {
  const own = <T extends { readonly tenant: string }>(all: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    new Map([...all].filter(([, one]) => one.tenant === tenant))
  const [connection, partner] = [said('connection'), said('partner')]
  if (connection !== '') {
    const where = { what: 'connection', place: place.at('connection') }
    return known(reading, own(connections), connection, where) === undefined ? 'unknown' : [connection]
  }
  if (partner === '') return undefined
  return (
    known(reading, own(partners), partner, { what: 'partner', place: place.at('partner') })?.connections ?? 'unknown'
  )
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    // Not a zone that anybody knows.
    return false
  }
}
