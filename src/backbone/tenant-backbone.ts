import type { Backbone } from './backbone.ts'
import type { Ledger } from './ledger.ts'
import type { Step } from './step.ts'
import type { KeyStore, Stores } from './stores.ts'

/** As much of the backbone as the front door may use for a tenant; all of it is of that tenant, whatever it is asked for. */
export interface TenantBackbone
  extends Pick<
    Backbone,
    | 'partitions'
    | 'states'
    | 'history'
    | 'known'
    | 'message'
    | 'lookBack'
    | 'offsetAt'
    | 'factsOf'
    | 'parked'
    | 'release'
    | 'waits'
    | 'position'
    | 'timers'
    | 'accounting'
    | 'heads'
  > {
  /** Settles what is parked; what is not the tenant's is not there. */
  commit(step: Pick<Step, 'unparks' | 'audits'>): ReturnType<Backbone['commit']>
  readonly ledger: Pick<Ledger, 'effect' | 'effects' | 'attempts' | 'evidenceOf' | 'decide' | 'counts'>
  readonly stores: Pick<Stores, 'subscriptions' | 'answers' | 'jobs' | 'budgets' | 'cursors'> & {
    readonly keys: Pick<KeyStore, 'create' | 'list' | 'get' | 'expire' | 'revoke'>
  }
}
