import { hash } from 'node:crypto'
import type { PostgresBackbone } from '../../backbone/postgres/postgres.ts'
import { failureCode } from '../../base/failure-code.ts'
import { FlowNode, type NodeOptions, type Role } from '../../flow/node.ts'
import { signWebhook } from '../../transports/signature.ts'
import { declaredPorts } from '../network/declared.ts'
import type { Network } from '../network/network.ts'
import { systemBreath, systemClock, systemRandom } from '../ports.ts'
import { flowSettings, flowTimes } from '../settings/flow-settings.ts'
import type { Settings } from '../settings/settings.ts'
import type { Subscribers } from '../subscribers.ts'
import type { Instruments } from '../watching/instruments.ts'
import type { IntakeCounts } from '../watching/intake-counts.ts'
import { flowSignals } from './flow-signals.ts'

type Ports = NodeOptions['ports']

interface FlowParts
  extends Pick<Ports, 'codes' | 'connections' | 'documents' | 'inParts' | 'lookAgain' | 'pauses' | 'trace'> {
  readonly settings: Settings
  readonly backbone: PostgresBackbone
  /** Unique per start. */
  readonly instance: string
  readonly signals: Instruments['signals']
  readonly counts: IntakeCounts
  readonly network: () => Network
  readonly subscribers: Subscribers
  readonly outbound: NodeOptions['exchange']['outbound']
}

/** The workers of this instance, with what the machine and the manifests give them. */
export function openFlow(parts: FlowParts): FlowNode {
  const { settings, backbone, instance, signals, counts, network, subscribers, outbound, ...ports } = parts
  return new FlowNode({
    roles: new Set<Role>(settings.roles as readonly Role[]),
    ports: {
      ...ports,
      ...declaredPorts(network),
      backbone,
      clock: systemClock,
      random: systemRandom,
      breath: systemBreath,
      signals: flowSignals(signals, counts, ports.connections),
      node: instance,
      settings: flowSettings(settings),
      subscribers: subscribers.list,
      disable: async (id, reason) => {
        await subscribers.disable(id, reason)
        signals.webhookDisabled({ subscription: id, reason: 'GONE' })
      },
    },
    exchange: { outbound, signer: { sign: signWebhook } },
    times: flowTimes(settings),
    hash: (body) => hash('sha256', body, 'hex'),
    spawn: (loop, run) => {
      run().catch((error: unknown) => signals.loopFailed({ loop, code: failureCode(error) }))
    },
  })
}
