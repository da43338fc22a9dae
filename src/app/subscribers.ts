import type { Pool } from 'pg'
import type { Backbone } from '../backbone/backbone.ts'
import type { Subscription } from '../backbone/stores.ts'
import { connectors } from '../connectors/all.ts'
import { cloudEvent } from '../connectors/webhook/cloud-event.ts'
import { referenceFilter, typeFilter } from '../connectors/webhook/filter.ts'
import { openConnection } from '../flow/connection.ts'
import type { Subscriber } from '../flow/deliver/subscriber.ts'
import type { ContractsInForce } from '../gateway/desks/contract-desk.ts'
import { type Fact, isReport, type Reference } from '../model/fact.ts'
import { type Standing, stateAt } from '../registry/contracts/lifecycle.ts'
import type { Sealing } from '../registry/sealing.ts'
import { type SigningSecret, type SubscriptionBody, secretsOf } from '../registry/subscription.ts'
import { subjectsOf } from '../views/reference.ts'
import type { Signals } from '../watch/signals.ts'
import type { Vault } from './access/vault.ts'
import type { Settings } from './settings/settings.ts'

/** What following the subscriptions needs. */
export interface SubscriberOptions {
  readonly backbone: Backbone
  readonly sealing: Sealing
  /** What is stored of one cannot be read: it is sent nothing until it can. The others are not its business. */
  readonly unreadable: (subscription: string, code: 'SECRET_UNREADABLE' | 'SUBSCRIPTION_UNREADABLE') => void
  readonly partitions: number
  readonly allowedCidrs: readonly string[]
  readonly now: () => number
  /** What ends, and who still takes it. */
  readonly contracts: Pick<ContractsInForce, 'standing' | 'used'>
  /** Objects that carry one of these references now: what a filter by reference starts from. */
  readonly subjects: (tenant: string, references: readonly string[]) => Promise<readonly string[]>
}

/** The subscriptions of a running hub, none read yet. */
export function openSubscribers(hub: {
  readonly settings: Pick<Settings, 'partitions' | 'allowedPrivateRanges'>
  readonly backbone: Backbone
  readonly pool: Pool
  readonly vault: Vault
  readonly signals: Pick<Signals, 'loopFailed'>
  readonly contracts: SubscriberOptions['contracts']
}): Subscribers {
  const { settings, backbone, pool, vault, signals, contracts } = hub
  return new Subscribers({
    contracts,
    backbone,
    sealing: vault.keys,
    unreadable: (loop, code) => signals.loopFailed({ loop, code }),
    partitions: settings.partitions,
    allowedCidrs: settings.allowedPrivateRanges,
    now: () => Date.now(),
    subjects: (tenant, references) => subjectsOf(pool, tenant, references),
  })
}

/** The webhook subscriptions as the flow follows them; read again whenever one changes, and now and then for other instances. */
export class Subscribers {
  readonly #options: SubscriberOptions
  #list: readonly Subscriber[] = []
  #versions = ''

  constructor(options: SubscriberOptions) {
    this.#options = options
  }

  readonly list = (): readonly Subscriber[] => this.#list

  async refresh(): Promise<boolean> {
    const rows: Subscription[] = []
    for (let after: string | undefined; ; after = rows.at(-1)?.id) {
      const page = await this.#options.backbone.stores.subscriptions.list({
        limit: 200,
        ...(after === undefined ? {} : { after }),
      })
      rows.push(...page)
      if (page.length < 200) break
    }
    const read = await Promise.all(rows.map(async (row) => ({ row, secrets: await this.#secrets(row) })))
    // A rotated secret ends by time, without a new version.
    const versions = read.map(({ row, secrets }) => `${row.id}:${row.version}:${secrets?.length}`).join(' ')
    if (versions === this.#versions) return false
    const opened = await Promise.all(read.map(({ row, secrets }) => this.#open(row, secrets)))
    this.#list = opened.filter((one) => one !== undefined)
    this.#versions = versions
    return false
  }

  /** A subscriber answered 410. */
  async disable(id: string, reason: string): Promise<void> {
    const { subscriptions } = this.#options.backbone.stores
    const row = await subscriptions.get(id.replace(/^subscription:/, ''))
    if (row === undefined) return
    const { url, types, references, state } = row.body as SubscriptionBody
    const before = { url, types, references, state }
    await subscriptions.change(
      row.id,
      row.version,
      { ...(row.body as SubscriptionBody), state: 'disabled', reason },
      { actor: 'the hub', before, after: { ...before, state: 'disabled', reason } },
    )
    await this.refresh()
  }

  /** Those that sign now; undefined where they cannot be read. */
  async #secrets(row: Subscription): Promise<readonly string[] | undefined> {
    const { sealing, now } = this.#options
    const at = now()
    const signs = ({ until }: SigningSecret): boolean => until === undefined || until > at
    return (await secretsOf(sealing, row))?.filter(signs).map(({ text }) => text)
  }

  /** How an event ends; undefined for one that goes on. */
  #ending({ tenant, type }: Fact): Standing | undefined {
    const standing = this.#options.contracts.standing(tenant, `event:${type}`)
    return standing?.deprecatedAt === undefined ? undefined : standing
  }

  /** After its sunset an event is not sent any more. */
  #isServed(fact: Fact): boolean {
    const standing = this.#ending(fact)
    return standing === undefined || ['deprecated', 'published'].includes(stateAt(standing, this.#options.now()))
  }

  async #open(row: Subscription, secrets: readonly string[] | undefined): Promise<Subscriber | undefined> {
    const { subjects, unreadable } = this.#options
    const { id, tenant } = row
    if (secrets === undefined) {
      unreadable(id, 'SECRET_UNREADABLE')
      return undefined
    }
    const read = this.#read(row, secrets)
    if (read === undefined) {
      unreadable(id, 'SUBSCRIPTION_UNREADABLE')
      return undefined
    }
    const { connection, host, wanted, carries } = read
    const { references, state } = row.body as SubscriptionBody
    const named = references.length === 0 ? undefined : new Set(await subjects(tenant, references))
    const about = (fact: Fact): boolean => {
      if (named === undefined || named.has(fact.subject)) return true
      if (
        !fact.type.endsWith('.identified') ||
        !carries((fact.data as { references: readonly Reference[] }).references)
      )
        return false
      named.add(fact.subject)
      return true
    }
    return {
      id: connection.id,
      tenant,
      state,
      connection,
      // The reference is looked at even for types that nobody wants: it tells which objects later facts are about.
      matches: (fact) => about(fact) && !isReport(fact.type) && wanted(fact.type) && this.#isServed(fact),
      event: (fact, position) => {
        const standing = this.#ending(fact)
        if (standing === undefined) return cloudEvent(fact, position)
        const contract = `event:${fact.type}`
        this.#options.contracts.used({ tenant, contract, principal: connection.id, name: host })
        return cloudEvent(fact, position, standing)
      },
    }
  }

  /** What is stored of one, made ready; undefined where it cannot be read, as of a release that judged otherwise or by another hand. */
  #read({ id, tenant, body }: Subscription, secrets: readonly string[]): ReadSubscription | undefined {
    const { partitions, allowedCidrs } = this.#options
    const { url, types, references } = body as SubscriptionBody
    const host = URL.parse(url)?.host
    if (host === undefined) return undefined
    const declaration = {
      id: `subscription:${id}`,
      tenant,
      connector: 'webhook',
      settings: { url, secrets },
      allowedCidrs,
      allowHttp: url.startsWith('http:') && allowedCidrs.length > 0,
      timeoutSeconds: 15,
    }
    try {
      const connection = openConnection(declaration, { connectors, partitions })
      return { connection, host, wanted: typeFilter(types), carries: referenceFilter(references) }
    } catch {
      // Told by whoever asked, by its code: the words may hold what is stored.
      return undefined
    }
  }
}

interface ReadSubscription {
  readonly connection: Subscriber['connection']
  readonly host: string
  readonly wanted: ReturnType<typeof typeFilter>
  readonly carries: ReturnType<typeof referenceFilter>
}
