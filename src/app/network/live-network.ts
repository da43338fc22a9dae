import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import type { AuditNote } from '../../backbone/audit.ts'
import { InterlineError } from '../../base/errors.ts'
import type { Connection } from '../../flow/connection.ts'
import type { NetworkRegistry, StoredSource } from '../../registry/network.ts'
import type { PartnerCertificates } from '../../registry/partner-certificates.ts'
import type { Signals } from '../../watch/signals.ts'
import { withAccepted } from '../as2/accepted-certificates.ts'
import { type ManifestFile, readManifestFolder } from './manifest-file.ts'
import { type Network, type ReadNetwork, readNetwork } from './network.ts'
import { type ManifestProblem, networkInvalid, problemLine } from './problem.ts'
import type { Reading } from './reading.ts'
import { type Change, planChanges, type Resource, resourcesOf } from './resource.ts'
import type { Secrets } from './secrets.ts'
import type { Source } from './sections.ts'

/** Who wants to change what. */
export interface Wish {
  readonly tenant: string
  readonly source: string
  readonly files: readonly ManifestFile[]
  readonly mayDeclareAny: boolean
}

/** What applying would change, on which revision, and what keeps it from being applied. */
export interface Plan {
  readonly revision: number
  readonly changes: readonly Change[]
  readonly problems: readonly ManifestProblem[]
}

/** What a network is read and kept with. */
export interface LiveNetworkOptions {
  readonly registry: NetworkRegistry
  /** What partners have uploaded and what counts of it. */
  readonly certificates: Pick<PartnerCertificates, 'accepted'>
  readonly secrets: Secrets
  readonly partitions: number
  readonly claimSeconds: number
  readonly signals: Pick<Signals, 'networkApplied' | 'networkRefused'>
  readonly now: () => number
}

/** A folder whose manifests are applied when the hub starts. */
export interface StartFolder {
  readonly source: string
  readonly path: string
}

/**
 * The network as this instance works with it. The database holds what is in force; an instance that sees a new revision reads it whole
 * and changes over in one step, or stays with the old one and says so.
 */
export class LiveNetwork {
  readonly #options: LiveNetworkOptions
  #current: Network | undefined
  #revision = -1
  #refused = -1
  #changed: (network: Network) => Promise<void> = async () => {}
  #refreshing: Promise<boolean> | undefined

  constructor(options: LiveNetworkOptions) {
    this.#options = options
  }

  /** Applies what the folders say that they did not say before, then reads what is in force. Throws NETWORK_INVALID. */
  async start(folders: readonly StartFolder[]): Promise<void> {
    for (const folder of folders) await this.#applyFolder(folder)
    const { revision, sources } = await this.#options.registry.load()
    const { network, problems } = this.#read(sources, false)
    if (problems.length > 0) throw networkInvalid(problems)
    this.#current = await this.#completed(network)
    this.#revision = revision
  }

  get current(): Network {
    if (this.#current === undefined) throw new InterlineError('INTERNAL', { trace: 'network' })
    return this.#current
  }

  get registry(): NetworkRegistry {
    return this.#options.registry
  }

  get revision(): number {
    return this.#revision
  }

  /** Called with each network that comes into force after the start. */
  onChange(changed: (network: Network) => Promise<void>): void {
    this.#changed = changed
  }

  /** Looks whether another instance has changed the network, and follows it. */
  refresh(): Promise<boolean> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined
    })
    return this.#refreshing
  }

  /** A connection as it was declared before it was removed. Undefined when there is none, or its secrets are gone as well. */
  async removed(id: string): Promise<Connection | undefined> {
    const rows = await this.#options.registry.removedWith(id)
    const [first] = rows
    if (first === undefined) return undefined
    const { tenant, source: name } = first
    const of = (kind: string): readonly unknown[] => rows.filter((one) => one.kind === kind).map(({ before }) => before)
    const files = [
      { connections: of('connection'), agreements: of('agreement') },
      ...of('overlay').map((overlay) => ({ overlay })),
    ].map((value, at) => ({ path: `removed-${at}.json`, bytes: Buffer.from(JSON.stringify(value)) }))
    const { sources } = await this.#options.registry.load()
    // Samples are gone, and nobody needs them any more: what cannot be read of the rest is left out.
    const source = { tenant, name: `${name} removed`, files, mayDeclareAny: true }
    return this.#read([...sources, source], false).network.connections.get(id)
  }

  async plan(wish: Wish): Promise<Plan> {
    return (await this.#plan(wish)).plan
  }

  /** Applies what was planned on a revision. Throws NETWORK_INVALID, NETWORK_CHANGED. */
  async apply(
    wish: Wish,
    {
      note,
      revision,
      startHash,
    }: { readonly note: AuditNote; readonly revision?: number; readonly startHash?: string },
  ): Promise<Plan> {
    const { plan, source } = await this.#plan(wish)
    if (plan.problems.length > 0) throw networkInvalid(plan.problems)
    const planned = revision ?? plan.revision
    if (planned !== plan.revision) throw new InterlineError('NETWORK_CHANGED', { planned, found: plan.revision })
    if (plan.changes.length === 0 && startHash === undefined) return plan
    const changes = plan.changes.map(({ change, kind, name: thing, before, after }) => ({
      change,
      kind,
      name: thing,
      before,
      after,
    }))
    const stored = { ...source, startHash }
    const made = await this.#options.registry.apply({ revision: planned, source: stored, note, changes })
    if (made === undefined)
      throw new InterlineError('NETWORK_CHANGED', { planned, found: await this.#options.registry.revision() })
    // A look that was under way may have been too early.
    for (let tries = 0; this.#current !== undefined && this.#revision < made && tries < 2; tries++) await this.refresh()
    return { ...plan, revision: made }
  }

  async #plan(wish: Wish): Promise<{ readonly plan: Plan; readonly source: StoredSource }> {
    const { tenant, source: name, files, mayDeclareAny } = wish
    const { revision, sources } = await this.#options.registry.load()
    const old = sources.find((one) => one.tenant === tenant && one.name === name)
    const source: StoredSource = { tenant, name, files, mayDeclareAny, startHash: undefined }
    const others = sources.filter((one) => one !== old)
    // What was wrong before, elsewhere, does not keep anybody from correcting something here.
    const before = new Set(this.#read(sources, true).problems.map(problemLine))
    const own = new Set(files.map(({ path }) => path))
    const problems = this.#read([...others, source], true).problems.filter(
      (one) => own.has(one.file) || !before.has(problemLine(one)),
    )
    const changes = planChanges(old === undefined ? [] : this.#resources(old), this.#resources(source))
    return { plan: { revision, changes, problems }, source }
  }

  #resources(stored: StoredSource): readonly Resource[] {
    const source: Source = stored
    return resourcesOf(source, this.#read([source], false).sections)
  }

  #read(sources: readonly Source[], isApplied: boolean): ReadNetwork {
    const { secrets, partitions, claimSeconds, now } = this.#options
    const reading: Omit<Reading, 'problems'> = { secrets, partitions, claimSeconds, now: now(), isApplied }
    return readNetwork(sources, reading)
  }

  /** With the certificates that partners have uploaded beside those of the files. */
  async #completed(network: Network): Promise<Network> {
    const accepted = await this.#options.certificates.accepted()
    return { ...network, as2Partners: withAccepted(network.as2Partners, accepted) }
  }

  async #refresh(): Promise<boolean> {
    const { registry, signals } = this.#options
    if ((await registry.revision()) === this.#revision) return false
    const { revision, sources } = await registry.load()
    const { network: declared, problems } = this.#read(sources, false)
    if (problems.length > 0) {
      // A secret is missing on this machine, for instance: it works on with what it knows.
      if (this.#refused !== revision)
        signals.networkRefused({ revision, code: problems[0]?.code ?? '', count: problems.length })
      this.#refused = revision
      return false
    }
    // Read after the revision: what is accepted meanwhile moves it again.
    const network = await this.#completed(declared)
    this.#current = network
    // What fails here is tried again with the next look.
    await this.#changed(network)
    this.#revision = revision
    signals.networkApplied({ revision, count: network.connections.size })
    return false
  }

  /** Two instances may start at once with the same folder: the second finds nothing to do. */
  async #applyFolder({ source, path }: StartFolder): Promise<void> {
    if (!existsSync(path)) return
    const files = readManifestFolder(path)
    const startHash = hashOf(files)
    for (let tries = 1; ; tries++) {
      const { sources } = await this.#options.registry.load()
      const known = sources.find(({ tenant, name }) => tenant === startTenant && name === source)
      if (known?.startHash === startHash) return
      try {
        const wish = { tenant: startTenant, source, files, mayDeclareAny: true }
        await this.apply(wish, { note: { actor: `start with ${source}` }, startHash })
        return
      } catch (error) {
        const isRace = error instanceof InterlineError && error.code === 'NETWORK_CHANGED'
        if (!isRace || tries >= triesMost) throw error
      }
    }
  }
}

/** Folders on the machine of the hub are the operator's, whose tenant is the first one. */
export const startTenant = 'main'
const triesMost = 10

function hashOf(files: readonly ManifestFile[]): string {
  const hash = createHash('sha256')
  for (const { path, bytes } of files) hash.update(JSON.stringify([path, bytes.length])).update(bytes)
  return hash.digest('hex')
}
