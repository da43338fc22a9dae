import { networkInterfaces } from 'node:os'
import ipaddr from 'ipaddr.js'

/**
 * Tells the hub's own doors (its API, its database) from other destinations: an allowed private range usually contains them, and a
 * request that the hub makes to itself comes from inside.
 */
export function ownMachine(ports: () => readonly number[]): (address: string, port: number) => boolean {
  return (address, port) => ports().includes(port) && isHere(address)
}

function isHere(address: string): boolean {
  const parsed = ipaddr.process(address)
  if (parsed.range() === 'loopback' || parsed.range() === 'unspecified') return true
  const text = parsed.toString()
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .some((one) => ipaddr.process(one.address).toString() === text)
}
