import { documentKinds } from '../connectors/generic-erp/contract.ts'
import type { ConnectionDeclaration } from '../flow/connection.ts'
import type { PostingRoute } from '../processes/postings.ts'
import { fleet } from './edi/documents.ts'

/** Where the simulated systems listen. */
export interface PeerPorts {
  readonly erp: number
  readonly customer: number
  readonly easypost: number
}

const local = { tenant: 'main', allowHttp: true, allowedCidrs: ['127.0.0.0/8'] }

/** How a hub is connected to the simulated systems. */
export function sandboxNetwork(ports: PeerPorts): {
  readonly connections: readonly ConnectionDeclaration[]
  readonly routes: readonly PostingRoute[]
  readonly processes: readonly { readonly process: string; readonly tenant: string; readonly policy?: object }[]
  readonly slas: readonly object[]
} {
  const erp = { url: `http://127.0.0.1:${ports.erp}` }
  return {
    connections: [
      { id: 'dhl', connector: 'dhl', settings: { webhookToken: 'sandbox-dhl' }, ...local },
      {
        id: 'easypost',
        connector: 'easypost',
        settings: {
          webhookSecret: 'sandbox-easypost',
          environment: 'test',
          apiKey: 'sandbox',
          url: `http://127.0.0.1:${ports.easypost}`,
        },
        polling: { minutes: 60, carriers: ['parcelnorth'] },
        // As the ERP: a registration whose answer was lost is looked up soon.
        processingSeconds: 20,
        ...local,
      },
      {
        id: 'erp',
        connector: 'generic-erp',
        settings: erp,
        requestsPerSecond: 200,
        concurrent: 16,
        timeoutSeconds: 10,
        // It finishes what it has taken within 20 seconds: a lost answer is looked up soon.
        processingSeconds: 20,
        ...local,
      },
      {
        id: 'fleet',
        connector: 'generic-carrier',
        settings: { carrier: fleet.name, signature: 'hmac', webhookSecret: 'sandbox-fleet' },
        ...local,
      },
      {
        id: 'ltl',
        connector: 'generic-carrier',
        settings: { carrier: 'freightwest', signature: 'hmac', webhookSecret: 'sandbox-ltl' },
        ...local,
      },
      { id: 'shop', connector: 'generic-erp', settings: { ...erp, system: 'erp' }, ...local },
      { id: 'wms', connector: 'generic-wms', settings: {}, ...local },
    ],
    routes: Object.keys(documentKinds).map((command) => ({ command, target: 'erp', tenant: 'main' })),
    processes: [
      { process: 'order-to-ship', tenant: 'main' },
      { process: 'ship-to-invoice', tenant: 'main', policy: { proofRequired: 'pod_document' } },
    ],
    slas: [
      { sla: 'erp-postings', measure: 'posting', connection: 'erp', percent: '95', withinMinutes: 5, owner: 'finance' },
      { sla: 'delivery-news', measure: 'milestone', percent: '90', withinMinutes: 120, owner: 'transport' },
    ].map((one) => ({ ...one, tenant: 'main', period: 'day' })),
  }
}
