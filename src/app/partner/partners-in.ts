import type { Gateway } from '../../gateway/gateway.ts'

/** What is asked of a partner: its connections, and the names by which it has a part in objects. */
export function partnersIn(network: Gateway['network']): Pick<Gateway, 'connectionsOf' | 'partsOf' | 'isPartners'> {
  return {
    connectionsOf: (tenant, partner) =>
      network
        .partners(tenant)
        .find(({ id }) => id === partner)
        ?.connections.map(({ id }) => id) ?? [],
    partsOf: (tenant, partner) => partsOf(network, tenant, partner),
    isPartners: false,
  }
}

function partsOf(network: Gateway['network'], tenant: string, partner: string): readonly string[] {
  const found = network.partners(tenant).find(({ id }) => id === partner)
  if (found === undefined) return []
  return [
    `partner:${partner}`,
    ...found.connections.map(({ id }) => `connection:${id}`),
    ...found.carriers.map((name) => `carrier:${name}`),
    ...found.locations.map((name) => `location:${name}`),
    ...found.parties.map((name) => `party:${name}`),
  ]
}
