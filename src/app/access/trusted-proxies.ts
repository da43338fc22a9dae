import ipaddr from 'ipaddr.js'
import { InterlineError } from '../../base/errors.ts'

/** Whether an address is of a proxy of ours: an address, or a range such as `10.0.0.0/8`. Throws SETTINGS_INVALID. */
export function trustedProxies(ranges: readonly string[]): (address: string) => boolean {
  const known = ranges.map((range) => {
    try {
      return ipaddr.parseCIDR(
        range.includes('/') ? range : `${range}/${ipaddr.parse(range).kind() === 'ipv4' ? 32 : 128}`,
      )
    } catch {
      throw new InterlineError('SETTINGS_INVALID', { problems: `trustedProxies: ${range} is no address and no range` })
    }
  })
  return (address) => {
    if (known.length === 0 || !ipaddr.isValid(address)) return false
    const one = ipaddr.process(address)
    return known.some(([range, bits]) => range.kind() === one.kind() && one.match(range, bits))
  }
}
