import { choice, type Field, type Fields, flag, integer, list, seconds, text } from '../../base/fields.ts'
import { connectors } from '../../connectors/all.ts'
import type { Connector } from '../../connectors/kit/connector.ts'
import { type Connection, type ConnectionDeclaration, openConnection } from '../../flow/connection.ts'
import { codedKinds } from '../../model/codes/code-key.ts'
import { type ConnectionFiles, withFiles } from '../connection-files.ts'
import type { Agreement } from './agreement-manifest.ts'
import { addSentences, filesOf, type Reading, readFields } from './reading.ts'
import { type Entry, mapping } from './sections.ts'
import { written } from './written.ts'

/** Keys of a connection, beside `settings`, which are those of its connector, `polling` and `codes`. */
export const connectionFields = {
  id: text('Name of the connection; it is part of addresses such as /v1/inbound/NAME.', { example: 'harbor' }),
  connector: text('Which kind of system it is.', { example: 'edi-partner' }),
  tenant: text('Whose connection it is; the tenant of whoever applies without it.', { default: '' }),
  partner: text('To which partner it leads; the one of the same file or folder without it.', { default: '' }),
  lane: choice('How urgent its messages are.', ['bulk', 'interactive', 'realtime'], { default: 'realtime' }),
  inline: flag('False keeps its messages out of the transaction that takes them in.', { default: true }),
  bodyBytesMax: integer('Most bytes of one message.', { default: 26_214_400, min: 1, max: 26_214_400 }),
  allowedCidrs: list('Private networks that it may call.', { default: [] }),
  allowHttp: flag('Whether it may call without TLS.', { default: false }),
  allowedPorts: ports('Ports that it may call; without it 443, 80 with allowHttp, and any inside allowedCidrs.'),
  authorityFiles: list('Certificates in PEM of private authorities, the only ones that are trusted then.', {
    default: [],
  }),
  clientIdentityFile: text('Our certificate and its private key in PEM, for systems that ask for one.', {
    default: '',
  }),
  requestsPerSecond: rate('Requests per second to the system; what its connector declares without it.'),
  account: text('Connections of one account share its rate; the connection itself without it.', { default: '' }),
  concurrent: integer('Requests at once; what its connector declares without it.', { default: 2, min: 1, max: 1000 }),
  timeoutSeconds: seconds('Longest wait for one answer.', { default: 30, min: 1, max: 600 }),
  processingSeconds: seconds('How long the system may go on working on a request that it took.', { default: 60 }),
  maintenance: list('Daily windows in UTC during which nothing is sent.', { default: [] }),
} as const satisfies Fields

/** Keys of `polling`: the system is asked about shipments of which no news came. */
export const pollingFields = {
  minutes: integer('Minutes between two questions about one parcel.', { default: 60, min: 5, max: 1440 }),
  carriers: list('Whose shipments; those of the connector without it.', { default: [] }),
} as const satisfies Fields

/** Keys of `codes`: what becomes of codes of the system that nobody has translated. */
export const codesFields = {
  unknown: choice(
    'What becomes of a message with a code that nobody has translated: it is passed on as it is, it waits for a person, or only its lines with that code wait.',
    ['pass', 'park', 'park_lines'],
    { default: 'pass' },
  ),
  outward: choice(
    'What becomes of what the hub sends with a code of ours that the system has no name for: it leaves as it is, or it waits for a person.',
    ['pass', 'park'],
    { default: 'pass' },
  ),
  system: text(
    'Whose codes they are: connections of one system share their translations; the connection itself without it.',
    {
      default: '',
    },
  ),
  kinds: list(`Codes that have to be known, some of ${codedKinds.join(', ')}; item and uom without it.`, {
    default: [],
  }),
} as const satisfies Fields

/** A connection that could be opened, and the partner that it names. */
export interface OpenedConnection {
  readonly connection: Connection
  readonly partner: string | undefined
  readonly entry: Entry
}

/** Opens a connection with its agreement, where it has one. Everything that is wrong is a problem. */
export function readConnection(
  reading: Reading,
  entry: Entry,
  agreements: ReadonlyMap<string, readonly Agreement[]>,
): OpenedConnection | undefined {
  const { place, source } = entry
  const { settings = {}, polling, codes, ...own } = entry.values
  const read = readFields(reading, connectionFields, own, place)
  const connector = connectorOf(reading, own['connector'], entry)
  const settingsGiven = mapping(settings === '' ? {} : settings, place.at('settings'), reading.problems)
  const asked = polling === undefined ? undefined : mapping(polling, place.at('polling'), reading.problems)
  const pollingRead = asked === undefined ? undefined : readFields(reading, pollingFields, asked, place.at('polling'))
  const coded = codes === undefined ? undefined : mapping(codes, place.at('codes'), reading.problems)
  const codesRead = coded === undefined ? undefined : readFields(reading, codesFields, coded, place.at('codes'))
  const id = written(own['id'])
  const agreed = agreements.get(id) ?? []
  const ready =
    connector === undefined || settingsGiven === undefined
      ? undefined
      : allSettings(reading, { connector, given: settingsGiven, agreed, entry })
  const file = filesOf(reading, { ...entry, values: own }, ['authorityFiles', 'clientIdentityFile'])
  if (read === undefined || connector === undefined || ready === undefined || !file.isWhole) return undefined
  if (!/^[A-Za-z0-9][\w.-]{0,63}$/.test(id)) {
    const problem = 'expected 1 to 64 letters, digits, _, - and dots.'
    reading.problems.add('MANIFEST_VALUE_INVALID', place.at('id'), { key: 'id', problem })
    return undefined
  }
  const declared = {
    ...only(connectionFields, read, ['partner', 'tenant', 'account']),
    ...(read['account'] === undefined || read['account'] === '' ? {} : { account: read['account'] }),
    tenant: read['tenant'] === undefined || read['tenant'] === '' ? source.tenant : read['tenant'],
    settings: ready,
    ...(pollingRead === undefined ? {} : { polling: only(pollingFields, pollingRead, []) }),
    ...(codesRead === undefined ? {} : { codes: only(codesFields, codesRead, []) }),
  } as unknown as ConnectionDeclaration & ConnectionFiles
  try {
    const { partitions, claimSeconds } = reading
    const timeoutSecondsMax = claimSeconds - claimMarginSeconds
    const connection = openConnection(withFiles(declared, file.read), { connectors, partitions, timeoutSecondsMax })
    const partner = typeof read['partner'] === 'string' && read['partner'] !== '' ? read['partner'] : entry.partner
    return { connection, partner, entry }
  } catch (error) {
    addSentences(reading, place, error)
    return undefined
  }
}

/** A request must have ended well before the claim of its queue does, or it could never start. */
const claimMarginSeconds = 10

function connectorOf({ problems }: Reading, id: unknown, { place }: Entry): Connector | undefined {
  const found = connectors.find((one) => one.id === id && one.kind !== 'subscriber')
  if (found === undefined && id !== undefined) {
    const all = connectors.filter(({ kind }) => kind !== 'subscriber').map((one) => one.id)
    problems.add('MANIFEST_REFERENCE_UNKNOWN', place.at('connector'), {
      what: 'connector',
      name: written(id),
      known: all.join(', '),
    })
  }
  return found
}

/** What must be the same on all days: it is about the way, not about documents. */
const undated = ['url', 'token', 'timeoutSeconds'] as const

/** Settings of the connector with every edition of the agreement; without days there is one, and its settings are those of the connection. */
function allSettings(
  reading: Reading,
  parts: Omit<Parameters<typeof settingsOf>[1], 'agreed'> & { readonly agreed: readonly Agreement[] },
): Readonly<Record<string, unknown>> | undefined {
  const { agreed, entry } = parts
  const [first, ...others] = agreed
  const own = settingsOf(reading, { ...parts, agreed: first })
  if (first === undefined || (first.from === undefined && first.until === undefined && others.length === 0)) return own
  const editions = agreed.map((one) => {
    const settings = one === first ? own : settingsOf(reading, { ...parts, agreed: one })
    const other = undated.find((name) => settings !== undefined && written(settings[name]) !== written(own?.[name]))
    if (other !== undefined)
      reading.problems.add('MANIFEST_VALUE_INVALID', one.entry.place.at(other), {
        key: other,
        problem: `expected the same in all agreements of ${written(entry.values['id'])}; it belongs to settings of the connection.`,
      })
    return { from: one.from, until: one.until, settings }
  })
  if (own === undefined || editions.some(({ settings }) => settings === undefined)) return undefined
  return { ...own, editions }
}

/** Settings of the connector, with what the agreement says. */
function settingsOf(
  reading: Reading,
  parts: {
    readonly connector: Connector
    readonly given: Readonly<Record<string, unknown>>
    readonly agreed: Agreement | undefined
    readonly entry: Entry
  },
): Readonly<Record<string, unknown>> | undefined {
  const { connector, given, agreed, entry } = parts
  const twice = Object.keys(agreed?.settings ?? {}).filter((key) => Object.hasOwn(given, key))
  for (const key of twice)
    reading.problems.add('MANIFEST_DUPLICATE', entry.place.at('settings').at(key), {
      what: key,
      first: `the agreement in ${agreed?.entry.place.file}`,
    })
  // What the agreement says is a problem of the agreement's lines.
  const [own, others] = [{ ...given }, agreed?.settings ?? {}]
  const ownFields = Object.fromEntries(
    Object.entries(connector.settings).filter(([name]) => !Object.hasOwn(others, name)),
  )
  const read = readFields(reading, twice.length > 0 ? connector.settings : ownFields, own, entry.place.at('settings'))
  const agreedFields = Object.fromEntries(
    Object.entries(connector.settings).filter(([name]) => Object.hasOwn(others, name)),
  )
  const place = agreed?.entry.place ?? entry.place
  const unknown = Object.keys(others).filter((name) => !Object.hasOwn(connector.settings, name))
  for (const key of unknown)
    reading.problems.add('MANIFEST_KEY_UNKNOWN', place.at(key), {
      key,
      known: Object.keys(connector.settings).join(', '),
    })
  const known = Object.fromEntries(Object.entries(others).filter(([name]) => !unknown.includes(name)))
  const readAgreed = readFields(reading, agreedFields, known, place)
  if (read === undefined || readAgreed === undefined || unknown.length > 0 || twice.length > 0) return undefined
  return { ...read, ...readAgreed }
}

/** Values that are there, as what they are instead of as text. */
function only(
  fields: Fields,
  values: Readonly<Record<string, unknown>>,
  left: readonly string[],
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(values)
      .filter(([name]) => !left.includes(name))
      .map(([name, value]) => [name, fields[name]?.parse(value)]),
  )
}

/** Port numbers. */
function ports(description: string): Field<readonly number[]> {
  const texts = list(description)
  const port = integer(description, { min: 1, max: 65_535 })
  const parse = (value: unknown): readonly number[] => texts.parse(value).map(port.parse)
  return { kind: 'list', description, default: [], required: false, secret: false, parse }
}

/** A rate, which may be less than one in a second. */
function rate(description: string): Field<number> {
  const parse = (value: unknown): number => {
    const read = typeof value === 'string' && /^\d{1,6}(\.\d{1,6})?$/.test(value) ? Number(value) : value
    if (typeof read !== 'number' || !(read > 0 && read <= 100_000))
      throw new Error('expected a number above 0, at most 100000')
    return read
  }
  return { kind: 'integer', description, default: 2, required: false, secret: false, parse }
}
