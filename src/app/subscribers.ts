import type { Backbone } from '../backbone/backbone.ts'
import type { Subscription } from '../backbone/stores.ts'
import { connectors } from '../connectors/all.ts'
import { cloudEvent } from '../connectors/webhook/cloud-event.ts'
import { referenceFilter, typeFilter } from '../connectors/webhook/filter.ts'
import { openConnection } from '../flow/connection.ts'
import type { Subscriber } from '../flow/subscriber.ts'
import { type Fact, isReport, type Reference } from '../model/fact.ts'
import type { SubscriptionBody } from '../registry/subscription.ts'

export interface SubscriberOptions {
  readonly backbone: Backbone
  readonly partitions: number
  readonly allowedCidrs: readonly string[]
  readonly now: () => number
  /** Objects that carry one of these references now: what a filter by reference starts from. */
  readonly subjects: (tenant: string, references: readonly string[]) => Promise<readonly string[]>
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
    // A rotated secret ends by time, without a new version.
    const versions = rows
      .map(
        ({ id, version, body }) => `${id}:${version}:${signing(body as SubscriptionBody, this.#options.now()).length}`,
      )
      .join(' ')
    if (versions === this.#versions) return false
    this.#list = await Promise.all(rows.map((row) => this.#open(row)))
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

  async #open({ id, tenant, body }: Subscription): Promise<Subscriber> {
    const { partitions, allowedCidrs, now, subjects } = this.#options
    const { url, types, references, state, secrets } = body as SubscriptionBody
    const declaration = {
      id: `subscription:${id}`,
      tenant,
      connector: 'webhook',
      settings: { url, secrets: signing({ secrets }, now()) },
      allowedCidrs,
      allowHttp: url.startsWith('http:') && allowedCidrs.length > 0,
      timeoutSeconds: 15,
    }
    const wanted = typeFilter(types)
    const named = references.length === 0 ? undefined : new Set(await subjects(tenant, references))
    const carries = referenceFilter(references)
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
      id: declaration.id,
      tenant,
      state,
      connection: openConnection(declaration, { connectors, partitions }),
      // The reference is looked at even for types that nobody wants: it tells which objects later facts are about.
      matches: (fact) => about(fact) && !isReport(fact.type) && wanted(fact.type),
      event: cloudEvent,
    }
  }
}

function signing({ secrets }: Pick<SubscriptionBody, 'secrets'>, now: number): readonly string[] {
  return secrets.filter(({ until }) => until === undefined || until > now).map(({ text }) => text)
}
