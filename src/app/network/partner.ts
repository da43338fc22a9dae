import { choice, type Fields, integer, list, type SettingsOf, text } from '../../base/fields.ts'
import { type Reading, readFields } from './reading.ts'
import type { Entry } from './sections.ts'
import { mapping } from './sections.ts'

/** What is declared of a partner. */
export const partnerFields = {
  id: text('Short name of the partner, for commands and references.', { example: 'harbor' }),
  name: text('Name of the partner for people.', { example: 'Harbor Fulfilment' }),
  role: choice('What the partner does for you.', ['3pl', 'carrier', 'customer', 'other', 'supplier', 'system'], {
    default: 'other',
  }),
  carriers: list('Carrier codes that it goes by in shipments: it sees those that it carries or is offered.', {
    default: [],
  }),
  locations: list(
    'Places that it runs, as documents name them: it sees deliveries, receipts, returns and stock there.',
    {
      default: [],
    },
  ),
  parties: list('Numbers or names of the customer or supplier that it is, as documents name it: it sees those.', {
    default: [],
  }),
  tenant: text('Whose partner it is; the tenant of whoever applies without it.', { default: '' }),
  contacts: list('Who is asked when something is wrong, each with an address.', { default: [] }),
  notes: text('What else colleagues must know.', { default: '' }),
} as const satisfies Fields

/** What was promised by the partner and is looked at. */
export const slaFields = {
  quietDays: integer('Days of silence after which somebody should ask; 0 never.', { default: 0, min: 0, max: 365 }),
  certificateDays: integer('Days before the end of a certificate at which `partner test` calls for the next one.', {
    default: 30,
    min: 1,
    max: 365,
  }),
} as const satisfies Fields

/** Whom you exchange documents with, and through which connections. */
export interface Partner extends Omit<SettingsOf<typeof partnerFields>, 'tenant'> {
  readonly tenant: string
  readonly sla: SettingsOf<typeof slaFields>
  /** The file that declares it. */
  readonly file: string
  readonly source: string
  readonly connections: readonly string[]
}

/** A partner without its connections, which say themselves to whom they belong. */
export type DeclaredPartner = Omit<Partner, 'connections'>

/** Reads `partner:` of a manifest. Undefined, and problems, where it cannot be read. */
export function readPartner(reading: Reading, { source, place, values }: Entry): DeclaredPartner | undefined {
  const { sla: slaValue = {}, ...own } = values
  const slaValues = mapping(slaValue, place.at('sla'), reading.problems)
  const read = readFields(reading, partnerFields, own, place)
  const sla = slaValues === undefined ? undefined : readFields(reading, slaFields, slaValues, place.at('sla'))
  if (read === undefined || sla === undefined) return undefined
  const settings = parsed(partnerFields, read)
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(settings.id)) {
    const problem = 'expected 1 to 40 lower-case letters, digits and -.'
    reading.problems.add('MANIFEST_VALUE_INVALID', place.at('id'), { key: 'id', problem })
    return undefined
  }
  const tenant = settings.tenant === '' ? source.tenant : settings.tenant
  return { ...settings, tenant, sla: parsed(slaFields, sla), file: place.file, source: source.name }
}

/** Values that were checked before, with defaults for what is not there. */
export function parsed<F extends Fields>(fields: F, values: Readonly<Record<string, unknown>>): SettingsOf<F> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      values[name] === undefined ? field.default : field.parse(values[name]),
    ]),
  ) as SettingsOf<F>
}
