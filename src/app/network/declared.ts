import type { FlowPorts } from '../../flow/workplace.ts'
import type { Network } from './network.ts'
import { policyKey } from './process-manifest.ts'

/** What the flow asks of the network that is in force. */
export function declaredPorts(network: () => Network): Pick<FlowPorts, 'notifications' | 'policy' | 'routes'> {
  return {
    notifications: (tenant) => network().notifications.get(tenant),
    policy: (tenant, process) => network().policies.get(policyKey(tenant, process)),
    routes: () => network().routes,
  }
}
