import { documentKinds } from '../connectors/generic-erp/contract.ts'
import type { ConnectionDeclaration } from '../flow/connection.ts'
import type { PostingRoute } from '../processes/postings.ts'

/** Where the systems of the sandbox listen. */
export interface SandboxPorts {
  readonly erp: number
  readonly wms: number
  readonly customer: number
}

/** What the senders prove themselves with; the hub's connections hold the same. */
export const sandboxSecrets = { dhl: 'sandbox-dhl', easypost: 'sandbox-easypost', ltl: 'sandbox-ltl' } as const

const tenant = 'main'
const loopback = { allowHttp: true, allowedCidrs: ['127.0.0.0/8'] } as const

/** The hub's connections to the sandbox. */
export function sandboxConnections(ports: Pick<SandboxPorts, 'erp' | 'wms'>): readonly ConnectionDeclaration[] {
  return [
    { id: 'dhl', tenant, connector: 'dhl', settings: { webhookToken: sandboxSecrets.dhl } },
    { id: 'easypost', tenant, connector: 'easypost', settings: { webhookSecret: sandboxSecrets.easypost } },
    {
      id: 'erp',
      tenant,
      connector: 'generic-erp',
      settings: { url: `http://127.0.0.1:${ports.erp}`, system: 'erp' },
      ...loopback,
      requestsPerSecond: 200,
      concurrent: 16,
    },
    { id: 'ltl', tenant, connector: 'easypost', settings: { webhookSecret: sandboxSecrets.ltl } },
    { id: 'shop', tenant, connector: 'generic-erp', settings: { url: 'http://127.0.0.1:9', system: 'erp' } },
    {
      id: 'wms',
      tenant,
      connector: 'generic-wms',
      settings: { url: `http://127.0.0.1:${ports.wms}`, system: 'wms', orderSystem: 'erp' },
      ...loopback,
    },
  ]
}

/** Everything that the hub owes goes to the one ERP. */
export function sandboxRoutes(): readonly PostingRoute[] {
  return Object.keys(documentKinds).map((command) => ({ command, target: 'erp', tenant }))
}
