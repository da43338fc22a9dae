import type { Fact } from '../../model/fact.ts'
import type { Connection } from '../connection.ts'

/** Somebody outside who follows the fact log: a webhook subscription with its filter and its connection. */
export interface Subscriber {
  /** `subscription:<id>`: the target of its effects and the name of its cursors. */
  readonly id: string
  readonly tenant: string
  readonly connection: Connection
  readonly state: 'active' | 'paused' | 'disabled'
  readonly matches: (fact: Fact) => boolean
  /** The payload of the effect that delivers this fact: the CloudEvent, as JSON text. */
  readonly event: (fact: Fact, position: { readonly partition: number; readonly offset: number }) => string
}
