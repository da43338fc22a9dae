import ipaddr from 'ipaddr.js'

/**
 * Whose attempts are counted together: an address, and of IPv6 the network of 64 bits, because whoever has one address of it has all of them.
 * What is no address is counted as it is.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const known = ipaddr.process(address)
  return known instanceof ipaddr.IPv6
    ? ipaddr.IPv6.networkAddressFromCIDR(`${known.toNormalizedString()}/64`).toString()
    : known.toString()
}
