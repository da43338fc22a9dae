import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { InterlineError } from '../../base/errors.ts'
import {
  choice,
  type Field,
  type Fields,
  flag,
  integer,
  list,
  readSettings,
  type SettingsOf,
  seconds,
  secret,
  text,
  url,
} from '../../base/fields.ts'
import { roles as people } from '../../gateway/access/roles.ts'
import { type Environment, secretPrefix, systemEnvironment, variableOf, variablePrefix } from '../environment.ts'
import { contradictions } from './contradictions.ts'
import { closest } from './suggestion.ts'

const roles = ['gateway', 'translate', 'advance', 'dispatch'] as const

/** Every setting of the hub. `databaseUrl` is read from INTERLINE_DATABASE_URL, or from the file that INTERLINE_DATABASE_URL_FILE names. */
export const settingFields = {
  allowedOrigins: list('Web origins, such as https://tower.example, whose pages may read answers; none without it.', {
    default: [],
  }),
  allowedPrivateRanges: list('Private address ranges (CIDR) that outgoing connections may reach.', { default: [] }),
  as2Certificate: text(
    'PEM file with certificate chain and private key: the door for AS2 then speaks HTTPS by itself. Empty: a proxy in front does.',
    { default: '', example: '/etc/interline/as2-server.pem' },
  ),
  as2Megabytes: integer(
    'Largest document by AS2 for connectors that take files in parts; while one is opened, three times as much room is needed on the disk of the data directory.',
    { default: 25, min: 1, max: 1024 },
  ),
  as2Port: integer('Port of the door for AS2, which opens where partners are declared; 0 takes a free one.', {
    default: 4080,
    min: 0,
    max: 65_535,
  }),
  auditCheckpointMinutes: integer('Minutes between two signed heads of the audit log; one more when the hub stops.', {
    default: 10,
    min: 1,
    max: 1440,
  }),
  auditCheckpointPath: text(
    'File that signed heads of the audit log are appended to, best on another machine; empty writes none.',
    { default: '', example: '/mnt/vault/interline-audit.ndjson' },
  ),
  auditCheckpointUrl: url('Address that signed heads of the audit log are posted to; empty posts none.', {
    default: '',
  }),
  auditKey: secret('Ed25519 key in PEM (PKCS 8) that signs heads of the audit log: interline audit key makes one.', {
    default: '',
  }),
  auditRetentionDays: integer(
    'Days that the audit log is kept; 0 for ever. Older rows go only behind a signed head that has left the hub, so it needs auditKey and a place for heads.',
    { default: 0, min: 0, max: 36_500 },
  ),
  ballastMegabytes: integer('Size of a file that an operator may delete when the disk is full.', {
    default: 64,
    min: 0,
    max: 4096,
  }),
  batchBytes: integer('Most bytes in one micro-batch.', { default: 4_194_304, min: 65_536, max: 67_108_864 }),
  batchMessages: integer('Most messages in one micro-batch.', { default: 500, min: 1, max: 5000 }),
  checkHistoryDays: integer('Days for which answers of business checks are kept.', {
    default: 30,
    min: 7,
    max: 400,
  }),
  claimSeconds: seconds('How long an instance may work on one queue of postings; longer than any request.', {
    default: 60,
    min: 15,
    max: 600,
  }),
  clientRequestsPerSecond: integer('Requests per second that one API key or connection may send on average.', {
    default: 5000,
    min: 1,
  }),
  databaseUrl: {
    ...url('PostgreSQL to use (15 or newer); empty starts the embedded one.', { default: '' }),
    secret: true,
  },
  dataDirectory: text('Folder for the embedded database, the first key and the lock.', { default: '.interline' }),
  drainSeconds: seconds('Longest wait for running attempts when the hub stops.', { default: 20, max: 600 }),
  effectRetentionDays: integer(
    'Days that settled postings and deliveries are kept, with their attempts; 0 for ever. What was posted is never posted again.',
    { default: 400, min: 0, max: 36_500 },
  ),
  externalIssuer: url(
    'Issuer whose access tokens count beside those of the hub, as their `iss` says it; empty means none.',
    {
      default: '',
    },
  ),
  externalIssuerAudience: text(
    'What tokens of the external issuer name as audience; empty means the address of the hub.',
    {
      default: '',
    },
  ),
  externalIssuerKeys: url('Where the external issuer publishes its keys (JWKS).', { default: '' }),
  externalIssuerScopes: list(
    'What scopes and roles of the external issuer mean here, such as reader=shipments:read; without any, scopes of the same name count.',
    { default: [] },
  ),
  factRetentionDays: integer('Days that facts are kept; 0 for ever. What an object came to stays.', {
    default: 1100,
    min: 0,
    max: 36_500,
  }),
  gatewayDatabaseUrl: {
    ...url(
      'Login of the front door at the same database, where the operator makes it; empty: the hub makes one. It sees one tenant at a time.',
      { default: '' },
    ),
    secret: true,
  },
  host: text('Address that the HTTP interface listens on.', { default: '127.0.0.1' }),
  httpConnectionsMax: integer(
    'Connections to the HTTP and HTTPS interface at once, of which one address has half; some of the files that the process may open are kept for others.',
    { default: 4000, min: 10 },
  ),
  hubUrl: url('Hub that the command line talks to; empty means the one running in the data directory.', {
    default: '',
  }),
  identifiersMax: integer('Identifiers cached in memory.', { default: 100_000, min: 100 }),
  inline: flag('Whether cheap, trusted maps run in the intake transaction.', { default: true }),
  key: secret('API key of the command line; empty means the first key in the data directory.', { default: '' }),
  leaseSeconds: seconds('How long an instance owns a partition without renewing.', { default: 15, min: 3, max: 300 }),
  logLevel: choice('Least important level that is logged.', ['trace', 'debug', 'info', 'warn', 'error'], {
    default: 'info',
  }),
  mailboxPort: integer(
    'Port of the SFTP server for mailboxes, which runs where some are declared; 0 takes a free one.',
    {
      default: 2222,
      min: 0,
      max: 65_535,
    },
  ),
  masterKey: {
    ...text(
      'Keys that seal the data keys of tenants: 32 bytes in base64 each, the same on all instances; the first seals, the others open, too. Empty: a file in the data directory.',
      { default: '' },
    ),
    secret: true,
  },
  networkDirectory: text(
    'Folder of manifests that are applied at the start; empty means `network` in the data directory.',
    {
      default: '',
    },
  ),
  operationsPort: integer('Port of probes and metrics; 0 serves them on the main port.', {
    default: 0,
    min: 0,
    max: 65_535,
  }),
  otlpEndpoint: url(
    'OpenTelemetry collector (OTLP over HTTP), also OTEL_EXPORTER_OTLP_ENDPOINT; empty sends no traces.',
    { default: '' },
  ),
  partitions: integer('Partitions of inbox and log; fixed once data exists.', { default: 8, min: 1, max: 256 }),
  pollMilliseconds: integer('Longest pause before a loop looks for work by itself.', {
    default: 1000,
    min: 10,
    max: 60_000,
  }),
  port: integer('Port of the HTTP interface; 0 takes a free one.', { default: 8080, min: 0, max: 65_535 }),
  postgresParameters: list('Parameters of the embedded PostgreSQL, such as shared_buffers=1GB.', { default: [] }),
  postgresPort: integer('Port of the embedded PostgreSQL on loopback; 0 takes a free one.', {
    default: 0,
    min: 0,
    max: 65_535,
  }),
  publicUrl: url('Address under which others reach the hub.', { default: '' }),
  queueBytes: integer('Most bytes accepted and not yet committed.', { default: 67_108_864, min: 1_048_576 }),
  queueMessages: integer('Most messages accepted and not yet committed.', { default: 20_000, min: 1 }),
  reconcileHours: integer(
    'Hours between two comparisons of the ledger, and of stock, with what target systems have booked; 0 for only on request.',
    {
      default: 24,
      min: 0,
      max: 8760,
    },
  ),
  replayRetentionDays: integer('Days that replays are listed after they ended.', { default: 90, min: 1, max: 36_500 }),
  retentionDays: integer(
    'Days that raw messages and their identities are kept; longer while something still needs them.',
    {
      default: 90,
      min: 1,
      max: 36_500,
    },
  ),
  roles: severalOf('What this process does.', roles),
  sealKey: {
    ...text(
      'Key that earlier releases sealed secrets with; only to open those. Empty: `seal.key` in the data directory, where it is.',
      { default: '' },
    ),
    secret: true,
  },
  secondFactorRoles: severalOf('Roles whose people need a second factor.', Object.keys(people), []),
  secretsDirectory: text(
    'Folder of the files that manifests refer to as secrets; empty means `secrets` in the data directory.',
    {
      default: '',
    },
  ),
  sessionIdleSeconds: seconds('How long somebody stays signed in without doing anything.', {
    default: 1800,
    min: 60,
    max: 86_400,
  }),
  sessionSeconds: seconds('How long somebody stays signed in at most.', { default: 43_200, min: 300, max: 604_800 }),
  statesMax: integer('Objects cached in memory per instance.', { default: 50_000, min: 100 }),
  statesMegabytes: integer(
    'Most megabytes of objects cached in memory per instance, as they are stored; the process takes about twice as much for them.',
    { default: 32, min: 1, max: 65_536 },
  ),
  streamClients: integer('Live streams that one instance serves at most.', { default: 2000, min: 1, max: 50_000 }),
  streamClientsPerPrincipal: integer('Live streams that one person or API key may have open at one instance.', {
    default: 20,
    min: 1,
    max: 50_000,
  }),
  tlsAuthorities: text(
    'PEM file of the authorities whose client certificates count for tls_client_auth; empty means those that Node.js knows.',
    { default: '', example: '/etc/interline/partners-ca.pem' },
  ),
  tlsCertificate: text(
    'PEM file with certificate chain and private key: the API then also speaks HTTPS by itself, and sees certificates of clients.',
    { default: '', example: '/etc/interline/api.pem' },
  ),
  tlsPort: integer('Port of the HTTPS interface, which opens where a certificate is named; 0 takes a free one.', {
    default: 8443,
    min: 0,
    max: 65_535,
  }),
  tokenSeconds: seconds('How long a token of this hub counts.', { default: 900, min: 60, max: 900 }),
  trustedProxies: list(
    'Addresses and ranges (CIDR) of proxies in front of the hub: what they say of the address and the certificate of a client counts.',
    { default: [] },
  ),
  vanishedSeconds: seconds(
    'How long the kernel of an instance that vanished may go on sending; 120 with net.ipv4.tcp_retries2 and tcp_orphan_retries at 8.',
    { default: 960, max: 3600 },
  ),
  waitingHours: integer('Hours that a message waits for its object before a person is asked.', {
    default: 72,
    min: 1,
    max: 8760,
  }),
  watermarkMegabytes: integer('Free disk space below which intake refuses.', { default: 2048, min: 0 }),
  watermarkPercent: integer('Free share of the disk below which intake refuses.', { default: 10, min: 0, max: 90 }),
} satisfies Fields

/** All settings of the hub, read and within their limits. */
export type Settings = SettingsOf<typeof settingFields>

/** Name of a setting as a file has it; `variableOf` makes the name in the environment. */
export type SettingName = keyof typeof settingFields

/** Where a value came from: `default`, a variable, or a file. */
export type Sources = Readonly<Record<SettingName, string>>

/** Reads all settings: variables first, beneath them the JSON file named by INTERLINE_CONFIG. Throws SETTINGS_INVALID that lists every problem. */
export function loadSettings(environment: Environment = systemEnvironment()): { settings: Settings; sources: Sources } {
  const problems: string[] = unknownVariables(environment)
  const found = new Map<string, { readonly value: unknown; readonly source: string }>()
  const collect = (read: () => void): void => {
    try {
      read()
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error))
    }
  }
  collect(() => {
    const path = environment['INTERLINE_CONFIG']
    if (path === undefined) return
    for (const [name, value] of Object.entries(readConfigFile(path))) found.set(name, { value, source: path })
  })
  for (const [name, variable] of Object.entries(foreignVariables)) {
    const value = environment[variable]
    if (value !== undefined) found.set(name, { value, source: variable })
  }
  for (const name of settingNames) {
    collect(() => {
      const one = readVariable(environment, name)
      if (one !== undefined) found.set(name, one)
    })
  }
  let settings: Settings | undefined
  collect(() => {
    settings = readSettings(settingFields, Object.fromEntries([...found].map(([name, { value }]) => [name, value])))
  })
  if (settings !== undefined) problems.push(...contradictions(settings))
  if (settings === undefined || problems.length > 0)
    throw new InterlineError('SETTINGS_INVALID', { problems: problems.join('\n') })
  const sources = Object.fromEntries(settingNames.map((name) => [name, found.get(name)?.source ?? 'default']))
  return { settings, sources: sources as Record<SettingName, string> }
}

/** Every port that a hub with these settings listens on. */
export function portsOf({ port, tlsPort, operationsPort, mailboxPort, as2Port }: Settings): readonly number[] {
  return [port, tlsPort, operationsPort, mailboxPort, as2Port].filter((one) => one !== 0)
}

/** Variables that others have given a meaning; ours win over them. */
export const foreignVariables = { databaseUrl: 'DATABASE_URL', otlpEndpoint: 'OTEL_EXPORTER_OTLP_ENDPOINT' }
const settingNames = Object.keys(settingFields) as SettingName[]

function readVariable(environment: Environment, name: SettingName): { value: unknown; source: string } | undefined {
  const variable = variableOf(name)
  const value = environment[variable]
  const path = environment[`${variable}_FILE`]
  if (value !== undefined && path !== undefined)
    throw new Error(`${variable} and ${variable}_FILE are both set; keep one`)
  if (value !== undefined) return { value, source: variable }
  if (path === undefined) return undefined
  return { value: readText(path, `${variable}_FILE`).trim(), source: `${variable}_FILE` }
}

function unknownVariables(environment: Environment): string[] {
  const known = ['CONFIG', ...settingNames.map((name) => variableOf(name).slice(variablePrefix.length))]
  const files = known.map((name) => `${name}_FILE`)
  return Object.keys(environment)
    .filter((variable) => variable.startsWith(variablePrefix) && !variable.startsWith(secretPrefix))
    .map((variable) => variable.slice(variablePrefix.length))
    .filter((name) => name === 'CONFIG_FILE' || ![...known, ...files].includes(name))
    .map((name) => {
      const near = closest(name, known)
      return `${variablePrefix}${name}: no such setting${near === undefined ? '' : `; did you mean ${variablePrefix}${near}?`}`
    })
}

function readConfigFile(path: string): Record<string, unknown> {
  let content: unknown
  try {
    content = JSON.parse(readText(path, 'INTERLINE_CONFIG'))
  } catch (error) {
    if (error instanceof SyntaxError) throw new Error(`INTERLINE_CONFIG: ${path} is not JSON`)
    throw error
  }
  if (typeof content !== 'object' || content === null || Array.isArray(content))
    throw new Error(`INTERLINE_CONFIG: ${path} must hold an object`)
  return { ...content }
}

function readText(path: string, variable: string): string {
  try {
    return readFileSync(resolve(path), 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable'
    throw new Error(`${variable}: cannot read ${path} (${code})`)
  }
}

function severalOf<const C extends string>(
  description: string,
  choices: readonly C[],
  preset: readonly C[] = choices,
): Field<readonly C[]> {
  const texts = list(description)
  const one = choice(description, choices)
  const parse = (value: unknown): readonly C[] => [...new Set(texts.parse(value).map(one.parse))]
  return { kind: 'list', description, choices, default: preset, required: false, secret: false, parse }
}
