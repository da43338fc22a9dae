import type { Lane } from '../backbone/step.ts'
import { readSettings } from '../base/fields.ts'
import type { Connector } from '../connectors/kit/connector.ts'
import { type CodedKind, codedKinds } from '../model/codes/code-key.ts'
import { isRange } from '../transports/http/judge.ts'
import { partitionOf } from './partition.ts'

/** A connection as it is declared: which system, with which settings, under which limits. */
export interface ConnectionDeclaration {
  readonly id: string
  readonly tenant: string
  readonly connector: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly lane?: Lane
  /** False keeps the connection out of the inline lane. */
  readonly inline?: boolean
  readonly bodyBytesMax?: number
  /** Private networks that this connection may call (on-premises systems). */
  readonly allowedCidrs?: readonly string[]
  readonly allowHttp?: boolean
  /** Ports that may be called. Without it 443, 80 where plain HTTP is allowed, and any port inside `allowedCidrs`. */
  readonly allowedPorts?: readonly number[]
  /** Certificates in PEM: only what one of these authorities signed is trusted, instead of the public ones. */
  readonly authorities?: readonly string[]
  /** What this side shows by TLS, in PEM. */
  readonly certificate?: ClientCertificate
  readonly requestsPerSecond?: number
  /** Connections of one account share its rate, over all instances of the hub. Each is an account of its own by default. */
  readonly account?: string
  readonly concurrent?: number
  readonly timeoutSeconds?: number
  /** Longest time in which the system may still finish a request that it accepted; by default what its connector declares. */
  readonly processingSeconds?: number
  /** Asks the system about shipments of which no news came; where its connector can. */
  readonly polling?: PollingDeclaration
  /** Daily windows in UTC during which nothing is sent: `22:00-23:30`. */
  readonly maintenance?: readonly string[]
  /** What becomes of codes of the system that nobody has translated. */
  readonly codes?: CodesDeclaration
}

/** How codes of a system are translated into ours. */
export interface CodesDeclaration {
  /** `pass`: as it is, and counted · `park`: the message waits for a person · `park_lines`: only what holds the code waits. */
  readonly unknown?: CodePolicy['unknown']
  /** The same for what leaves: `pass`: our code goes out as it is · `park`: what holds it waits for a person. */
  readonly outward?: CodePolicy['outward']
  /** Whose codes they are: connections of one system share their translations. The connection itself without it. */
  readonly system?: string
  /** Which codes have to be known; without it items and units. */
  readonly kinds?: readonly string[]
}

/** How codes of a system are translated, with the defaults put in. */
export interface CodePolicy {
  readonly unknown: 'pass' | 'park' | 'park_lines'
  readonly outward: 'pass' | 'park'
  readonly system: string
  readonly kinds: readonly CodedKind[]
}

/** A certificate, with those that lead to its authority, and its private key, in PEM. */
export interface ClientCertificate {
  readonly certificate: string
  readonly key: string
}

/** How often a carrier is asked, and about whose shipments. */
export interface PollingDeclaration {
  /** Minutes between two questions about a parcel on its way; 5 to 1440. */
  readonly minutes?: number
  /** Whose shipments; by default those of the carrier that the connector is for, or of all where it speaks for many. */
  readonly carriers?: readonly string[]
}

/** A connection with its connector found and its settings read. */
export interface Connection {
  readonly id: string
  readonly tenant: string
  readonly connector: Connector
  readonly settings: Readonly<Record<string, unknown>>
  readonly lane: Lane
  readonly inline: boolean
  /** Partition of the inbox: all messages of a connection are in one, so its order is kept. */
  readonly partition: number
  readonly bodyBytesMax: number
  readonly outbound: OutboundLimits
  readonly polling?: { readonly minutes: number; readonly carriers?: readonly string[] }
  readonly codes: CodePolicy
}

/** Where requests of a connection may go, how many at once, and how long one may take. */
export interface OutboundLimits {
  readonly allowedCidrs: readonly string[]
  readonly allowHttp: boolean
  readonly allowedPorts?: readonly number[]
  readonly authorities?: readonly string[]
  readonly certificate?: ClientCertificate
  readonly requestsPerSecond: number
  /** Whose rate it is. */
  readonly account: string
  readonly concurrent: number
  readonly timeoutMs: number
  readonly processingSeconds?: number
  /** Minutes of the UTC day, half-open. */
  readonly maintenance: readonly { readonly from: number; readonly to: number }[]
}

const timeoutSecondsDefault = 30

/** Reads a declaration. Throws one Error that lists every problem. */
export function openConnection(
  declared: ConnectionDeclaration,
  options: {
    readonly connectors: readonly Connector[]
    readonly partitions: number
    /** Longest request that fits into the claim of a queue. */
    readonly timeoutSecondsMax?: number
  },
): Connection {
  const connector = options.connectors.find(({ id }) => id === declared.connector)
  if (connector === undefined) {
    const known = options.connectors.map(({ id }) => id).join(', ')
    throw new Error(`connection ${declared.id}: unknown connector ${declared.connector}; known are ${known}`)
  }
  const { timeoutSecondsMax = Number.POSITIVE_INFINITY } = options
  const { timeoutSeconds = Math.min(timeoutSecondsDefault, timeoutSecondsMax) } = declared
  if (timeoutSeconds > timeoutSecondsMax) {
    const advice = `at most ${timeoutSecondsMax} fit into a claim; raise INTERLINE_CLAIM_SECONDS for more`
    throw new Error(`connection ${declared.id}: timeoutSeconds is ${timeoutSeconds}, and ${advice}`)
  }
  return {
    id: declared.id,
    tenant: declared.tenant,
    connector,
    settings: readSettings(connector.settings, declared.settings),
    lane: declared.lane ?? 'realtime',
    inline: (declared.inline ?? true) && connector.inbound?.lane !== 'staged' && declared.lane !== 'bulk',
    partition: partitionOf(declared.id, options.partitions),
    ...(declared.polling === undefined ? {} : { polling: readPolling(declared.id, connector, declared.polling) }),
    bodyBytesMax: declared.bodyBytesMax ?? 25 * 1024 * 1024,
    codes: readCodes(declared.id, declared.codes ?? {}),
    outbound: {
      allowedCidrs: declared.allowedCidrs ?? [],
      allowHttp: declared.allowHttp ?? false,
      ...readSafety(declared),
      requestsPerSecond: declared.requestsPerSecond ?? connector.budget?.requestsPerSecond ?? 2,
      account: declared.account ?? declared.id,
      concurrent: declared.concurrent ?? connector.budget?.concurrent ?? 2,
      timeoutMs: timeoutSeconds * 1000,
      ...(declared.processingSeconds === undefined ? {} : { processingSeconds: declared.processingSeconds }),
      maintenance: (declared.maintenance ?? []).map((window) => readWindow(declared.id, window)),
    },
  }
}

/** What is mistyped here would be refused at the first call, when nobody looks any more. */
function readSafety({
  id,
  allowedPorts,
  allowedCidrs,
  authorities,
  certificate,
}: ConnectionDeclaration): Pick<OutboundLimits, 'allowedPorts' | 'authorities' | 'certificate'> {
  const isPort = (port: unknown): boolean => Number.isInteger(port) && Number(port) > 0 && Number(port) < 65_536
  if (
    allowedPorts !== undefined &&
    !(Array.isArray(allowedPorts) && allowedPorts.length > 0 && allowedPorts.every(isPort))
  )
    throw new Error(`connection ${id}: allowedPorts: expected ports such as [443, 8443]`)
  for (const range of allowedCidrs ?? [])
    if (!isRange(range)) throw new Error(`connection ${id}: allowedCidrs: ${range} is no range such as 10.1.0.0/16`)
  return {
    ...(allowedPorts === undefined ? {} : { allowedPorts }),
    ...(authorities === undefined ? {} : { authorities }),
    ...(certificate === undefined ? {} : { certificate }),
  }
}

function readCodes(id: string, declared: CodesDeclaration): CodePolicy {
  const { unknown = 'pass', outward = 'pass', system, kinds: given = [] } = declared
  const kinds = given.length === 0 ? ['item', 'uom'] : given
  const isCoded = (kind: string): kind is CodedKind => codedKinds.some((one) => one === kind)
  const wrong = kinds.find((kind) => !isCoded(kind))
  if (wrong !== undefined)
    throw new Error(`connection ${id}: codes.kinds: ${wrong} is none of ${codedKinds.join(', ')}`)
  if (!['pass', 'park', 'park_lines'].includes(unknown))
    throw new Error(`connection ${id}: codes.unknown is ${unknown}, and pass, park and park_lines are possible`)
  if (!['pass', 'park'].includes(outward))
    throw new Error(`connection ${id}: codes.outward is ${outward}, and pass and park are possible`)
  const whose = system === undefined || system === '' ? id : system
  return { unknown, outward, system: whose, kinds: kinds.filter(isCoded) }
}

function readPolling(
  id: string,
  connector: Connector,
  { minutes = 60, carriers }: PollingDeclaration,
): NonNullable<Connection['polling']> {
  if (connector.operations?.track === undefined || connector.inbound === undefined)
    throw new Error(`connection ${id}: ${connector.id} cannot be asked for tracking; remove polling`)
  if (!(Number.isFinite(minutes) && minutes >= 5 && minutes <= 1440))
    throw new Error(`connection ${id}: polling.minutes is ${minutes}, and 5 to 1440 are possible`)
  return { minutes, ...(carriers === undefined ? {} : { carriers: carriers.map((one) => one.toLowerCase()) }) }
}

/** Whether a UTC instant (ms) lies in one of the windows; they may pass midnight. */
export function inMaintenance(windows: OutboundLimits['maintenance'], now: number): boolean {
  const minute = Math.floor(now / 60_000) % 1440
  return windows.some(({ from, to }) => (from <= to ? minute >= from && minute < to : minute >= from || minute < to))
}

function readWindow(connection: string, window: string): { from: number; to: number } {
  const match = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/.exec(window)
  if (match === null)
    throw new Error(`connection ${connection}: maintenance window ${window} is not of the form 22:00-23:30`)
  return { from: Number(match[1]) * 60 + Number(match[2]), to: Number(match[3]) * 60 + Number(match[4]) }
}
