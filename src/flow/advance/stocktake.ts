import type { Job } from '../../backbone/stores.ts'
import { hexHash, shortHash } from '../../base/sha256.ts'
import type { Assertion, Fact } from '../../model/fact.ts'
import type { SnapshotScopeReport } from '../../model/report.ts'
import type { Intake } from '../intake/intake.ts'
import type { Workplace } from '../workplace.ts'

/** SKUs that have stock in a scope, in order, after one of them. */
export type StockedItems = (
  scope: { readonly tenant: string } & Pick<SnapshotScopeReport, 'locations' | 'owners'>,
  page: { readonly after: string; readonly limit: number },
) => Promise<readonly string[]>

interface Progress {
  /** How far the views must have come: what was on the log when the job was first looked at. */
  readonly heads?: readonly number[]
  readonly after: string
  readonly asked: number
}

const kind = 'stocktake'
const claimSeconds = 60
const itemsMost = 500

/** A complete snapshot is also about items that it does not list at all: who they are, only the views can tell. Idempotent. */
export async function openStocktakes(place: Workplace, facts: readonly Fact[]): Promise<void> {
  for (const fact of facts) {
    if (fact.type !== 'inventory.snapshot_scope_reported') continue
    const report = fact.data as SnapshotScopeReport
    if (report.opens !== true) continue
    const spec = { fact: fact.id, connection: fact.source, report }
    await place.backbone.stores.jobs.create({ id: `job_${shortHash(fact.id)}`, tenant: fact.tenant, kind, spec })
  }
}

/**
 * Tells each item with stock in the scope of a complete snapshot that the snapshot was taken. Those that it lists know; to the others
 * it says zero. Goes through intake like everything else, under identities that a restart repeats.
 */
export class Stocktake {
  readonly #place: Workplace
  readonly #intake: Pick<Intake, 'accept'>
  readonly #items: StockedItems

  constructor(place: Workplace, intake: Pick<Intake, 'accept'>, items: StockedItems) {
    this.#place = place
    this.#intake = intake
    this.#items = items
  }

  /** Works on one snapshot, if there is one. */
  async round(): Promise<boolean> {
    const { jobs } = this.#place.backbone.stores
    const job = await jobs.claim(kind, this.#place.node, claimSeconds)
    if (job === undefined) return false
    const progress: Progress = { after: '', asked: 0, ...(job.progress as Partial<Progress> | null) }
    const heads = progress.heads ?? (await this.#place.backbone.heads()).facts
    if (await this.#save(job, { ...progress, heads })) await this.#work(job, { ...progress, heads })
    return true
  }

  async #work(job: Job, begun: Progress): Promise<void> {
    const { jobs } = this.#place.backbone.stores
    const { report, connection } = job.spec as { readonly report: SnapshotScopeReport; readonly connection: string }
    let progress = begun
    while (!(await this.#areViewsAt(progress.heads ?? []))) {
      await this.#place.clock.sleep(250)
      if (!(await this.#save(job, progress))) return
    }
    for (;;) {
      const { locations, owners } = report
      const scope = { tenant: job.tenant, locations, ...(owners === undefined ? {} : { owners }) }
      const skus = await this.#items(scope, { after: progress.after, limit: itemsMost })
      const last = skus.at(-1)
      if (last === undefined) break
      if (!(await this.#tell(job, connection, skus))) {
        await jobs.finish(job.id, job.claimEpoch, {
          state: 'failed',
          progress: { ...progress, reason: 'no such connection' },
        })
        return
      }
      progress = { ...progress, after: last, asked: progress.asked + skus.length }
      if (!(await this.#save(job, progress))) return
    }
    await jobs.finish(job.id, job.claimEpoch, { state: 'done', progress })
  }

  async #tell(job: Job, id: string, skus: readonly string[]): Promise<boolean> {
    const connection = this.#place.ports.connections().get(id)
    if (connection === undefined) return false
    const { report } = job.spec as { readonly report: SnapshotScopeReport }
    const assertions = skus.map((sku) => assertionOf(report, sku))
    const body = JSON.stringify(assertions)
    await this.#intake.accept({
      connection,
      body: new TextEncoder().encode(body),
      contentType: 'application/json',
      headers: {},
      trace: hexHash(`${kind}:${job.id}`),
      lane: 'bulk',
      identity: `${kind}:${job.id}:${shortHash(body)}`,
      asserts: true,
    })
    return true
  }

  async #areViewsAt(heads: readonly number[]): Promise<boolean> {
    const at = new Map<number, number>()
    for (const { partition, offset } of await this.#place.backbone.stores.cursors.load('views'))
      at.set(partition, offset)
    return heads.every((head, partition) => (at.get(partition) ?? -1) >= head)
  }

  #save(job: Job, progress: Progress): Promise<boolean> {
    return this.#place.backbone.stores.jobs.save(job.id, job.claimEpoch, { progress, seconds: claimSeconds })
  }
}

function assertionOf(report: SnapshotScopeReport, sku: string): Assertion<SnapshotScopeReport> {
  const { document, effectiveAt, locations, owners } = report
  return {
    type: 'inventory.snapshot_scope_reported',
    about: { entity: 'stock', references: [{ scheme: 'sku', value: sku }], unknown: 'create' },
    occurredAt: effectiveAt.at,
    data: { sku, document, effectiveAt, locations, listed: [], ...(owners === undefined ? {} : { owners }) },
  }
}
