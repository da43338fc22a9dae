import ipaddr from 'ipaddr.js'
import { remembered } from '../remembered.ts'

/** Where a connection may go. */
export interface DialPolicy {
  readonly allowHttp: boolean
  /** Private networks that this connection may call (on-premises systems). */
  readonly allowedCidrs: readonly string[]
  /** Absent: any port inside `allowedCidrs`; elsewhere 443, and 80 where plain HTTP is allowed. */
  readonly allowedPorts?: readonly number[]
}

/** Why nothing may be sent to a place; stable codes. */
export type Refusal =
  | 'ADDRESS_REFUSED'
  | 'HOST_EMPTY'
  | 'PORT_REFUSED'
  | 'SCHEME_REFUSED'
  | 'URL_INVALID'
  | 'URL_TOO_LONG'
  | 'USERINFO_REFUSED'

const urlCharacters = 2048

/** Reads the URL of a request and judges all of it that can be judged before a name is resolved. */
export function judgeUrl(text: string, policy: DialPolicy): URL | Refusal {
  if (text.length > urlCharacters) return 'URL_TOO_LONG'
  const url = URL.parse(text)
  if (url === null) return 'URL_INVALID'
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && policy.allowHttp)) return 'SCHEME_REFUSED'
  if (url.username !== '' || url.password !== '') return 'USERINFO_REFUSED'
  const host = bareHost(url.hostname)
  if (host === '') return 'HOST_EMPTY'
  if (ipaddr.isValid(host)) return judgeAddress(host, portOf(url), policy) ?? url
  return policy.allowedPorts !== undefined && !policy.allowedPorts.includes(portOf(url)) ? 'PORT_REFUSED' : url
}

/**
 * Judges a numeric address: public unicast or inside an allowed range, never a metadata service. IPv6 counts as public only inside
 * 2000::/3, because IPv4-compatible forms pass for unicast elsewhere.
 */
export function judgeAddress(address: string, port: number, policy: DialPolicy): Refusal | undefined {
  if (!ipaddr.isValid(address)) return 'ADDRESS_REFUSED'
  const parsed = ipaddr.process(address)
  if (isMetadata(parsed)) return 'ADDRESS_REFUSED'
  const { allowedPorts } = policy
  if (policy.allowedCidrs.some((cidr) => isInside(parsed, cidr)))
    return allowedPorts === undefined || allowedPorts.includes(port) ? undefined : 'PORT_REFUSED'
  if (!isPublic(parsed)) return 'ADDRESS_REFUSED'
  return (allowedPorts ?? (policy.allowHttp ? [443, 80] : [443])).includes(port) ? undefined : 'PORT_REFUSED'
}

/** The host without the brackets of IPv6. */
export function bareHost(hostname: string): string {
  return hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
}

/** The port that is dialled: the one of the scheme, 443 or 80, where the URL names none. */
export function portOf(url: { readonly port: string; readonly protocol: string }): number {
  return Number(url.port || (url.protocol === 'https:' ? 443 : 80))
}

type Address = ipaddr.IPv4 | ipaddr.IPv6

/** Where clouds tell a machine its own secrets, one line each: AWS, Google, Azure (a public address), Alibaba, Oracle, Scaleway. */
const metadata: ReadonlySet<string> = new Set([
  ...['169.254.169.254', '169.254.170.2', '169.254.170.23', 'fd00:ec2::254', 'fd00:ec2::23'],
  'fd20:ce::254',
  '168.63.129.16',
  '100.100.100.200',
  '192.0.0.192',
  ...['169.254.42.42', 'fd00:42::42'],
])

/** Also behind an IPv6 form that carries an IPv4 address: an allowed NAT64 prefix must not become a way around. */
function isMetadata(address: Address): boolean {
  if (metadata.has(address.toString())) return true
  if (address.kind() === 'ipv4') return false
  const bytes = address.toByteArray()
  return (
    (isInside(address, '2002::/16') && metadata.has(bytes.slice(2, 6).join('.'))) ||
    metadata.has(bytes.slice(12).join('.'))
  )
}

function isPublic(address: Address): boolean {
  return address.range() === 'unicast' && (address.kind() === 'ipv4' || isInside(address, '2000::/3'))
}

/** Whether a text is a range of addresses, such as `10.1.0.0/16`. */
export function isRange(text: string): boolean {
  return ipaddr.isValidCIDR(text)
}

/** A range that cannot be read allows nothing. */
function isInside(address: Address, cidr: string): boolean {
  const range = rangeOf(cidr)
  return range !== undefined && range[0].kind() === address.kind() && address.match(range)
}

const rangeOf = remembered((cidr) => (ipaddr.isValidCIDR(cidr) ? ipaddr.parseCIDR(cidr) : undefined))
