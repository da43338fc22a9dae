import ipaddr from 'ipaddr.js'

/** Addresses of cloud metadata services: refused even where a connection allows their range. */
const metadata: ReadonlySet<string> = new Set(['169.254.169.254', '169.254.170.2', '100.100.100.200', 'fd00:ec2::254'])

/**
 * Whether an address may be called: public unicast, or inside a range that the connection allows. IPv6 counts only inside
 * 2000::/3, because IPv4-compatible forms pass for unicast elsewhere.
 */
export function mayCall(address: string, allowedCidrs: readonly string[]): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (metadata.has(parsed.toString())) return false
  if (allowedCidrs.some((cidr) => inside(parsed, cidr))) return true
  if (parsed.range() !== 'unicast') return false
  return parsed.kind() === 'ipv4' || inside(parsed, '2000::/3')
}

function inside(address: ipaddr.IPv4 | ipaddr.IPv6, cidr: string): boolean {
  const [range, bits] = ipaddr.parseCIDR(cidr)
  return range.kind() === address.kind() && address.match(range, bits)
}

/** What is wrong with a URL before anything is resolved; undefined when nothing is. */
export function urlProblem(
  text: string,
  policy: {
    readonly allowHttp: boolean
    readonly allowedCidrs: readonly string[]
    readonly allowedPorts?: readonly number[]
  },
): string | undefined {
  if (text.length > 2048) return 'URL_TOO_LONG'
  if (!URL.canParse(text)) return 'URL_INVALID'
  const url = new URL(text)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && policy.allowHttp)) return 'SCHEME_REFUSED'
  if (url.username !== '' || url.password !== '') return 'USERINFO_REFUSED'
  if (url.hostname === '') return 'HOST_EMPTY'
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80))
  if (policy.allowedPorts !== undefined && !policy.allowedPorts.includes(port)) return 'PORT_REFUSED'
  const literal = url.hostname.replace(/^\[|\]$/g, '')
  return ipaddr.isValid(literal) && !mayCall(literal, policy.allowedCidrs) ? 'ADDRESS_REFUSED' : undefined
}
