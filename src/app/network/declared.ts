import type { FlowPorts } from '../../flow/workplace.ts'
import type { Network } from './network.ts'
import { policyKey } from './process-manifest.ts'

/** What the flow asks of the network that is in force. */
export function declaredPorts(
  network: () => Network,
): Pick<FlowPorts, 'channels' | 'notifications' | 'policy' | 'routes'> {
  return {
    channels: (tenant) => network().channels.get(tenant),
    notifications: (tenant) => network().notifications.get(tenant),
    policy: (tenant, process) => network().policies.get(policyKey(tenant, process)),
    routes: () => network().routes,
  }
}
