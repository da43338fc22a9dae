import type { Pool } from 'pg'
import { typeFilter } from '../../connectors/webhook/filter.ts'
import type { Connection } from '../../flow/connection.ts'
import { routes } from '../../gateway/all.ts'
import { declaredStanding } from '../../gateway/contract/contract-obeyed.ts'
import type { ContractDesk, ContractsInForce } from '../../gateway/desks/contract-desk.ts'
import { ContractStandings, type DecidedStanding } from '../../registry/contract-standings.ts'
import { type ContractUser, ContractUses, trimUses, usersOf, usesSince } from '../../registry/contract-uses.ts'
import { ContractVersions, everybody } from '../../registry/contract-versions.ts'
import type { Contract } from '../../registry/contracts/contract.ts'
import type { Agreement } from '../network/agreement-manifest.ts'
import { version } from '../version.ts'
import { catalogue } from './catalogue.ts'
import { declaredContracts } from './declared.ts'
import { connectionContracts } from './of-connections.ts'

/** Uses so many days back say who uses a contract. */
const usedDays = 90
const versionsMost = 50
const trimEveryMs = 3_600_000
/** A hub that has just started has other things to do. */
const registerAfterMs = 60_000

/** What contracts are made of in a running hub. */
export interface ContractsOptions {
  /** Connections that see all tenants. */
  readonly pool: Pool
  readonly connections: () => ReadonlyMap<string, Connection>
  /** Whether this is the one of all instances that writes down what is new by itself. */
  readonly isOurs: () => boolean
  readonly agreements: () => ReadonlyMap<string, readonly Agreement[]>
  readonly now: () => number
}

/** The contracts of a running hub: decisions in force, uses that are counted, and versions that are written down. */
export class HubContracts implements ContractsInForce {
  readonly #options: ContractsOptions
  readonly #uses: ContractUses
  #standings: ReadonlyMap<string, DecidedStanding> = new Map()
  readonly #startedAt: number
  #trimmedAt: number
  /** The network whose contracts have been written down. */
  #registered: unknown

  constructor(options: ContractsOptions) {
    this.#options = options
    this.#uses = new ContractUses(options.now)
    this.#startedAt = options.now()
    this.#trimmedAt = this.#startedAt
  }

  standing(tenant: string, contract: string): DecidedStanding | undefined {
    return this.#standings.get(`${tenant} ${contract}`)
  }

  used(user: ContractUser): void {
    this.#uses.add(user)
  }

  async refresh(): Promise<void> {
    const rows = await new ContractStandings(this.#options.pool).list()
    this.#standings = new Map(rows.map((row) => [`${row.tenant} ${row.contract}`, row]))
  }

  /** Every few seconds: what others decided counts here, what was used is written down. */
  readonly round = async (): Promise<boolean> => {
    const { pool, now, isOurs } = this.#options
    await this.refresh()
    await this.#uses.flush(pool)
    if (now() - this.#startedAt > registerAfterMs && isOurs()) await this.#register()
    if (now() - this.#trimmedAt > trimEveryMs) {
      this.#trimmedAt = now()
      await trimUses(pool)
    }
    return false
  }

  /** The contracts of whoever sees what these connections to the database see. */
  readonly desk = (own: Pick<Pool, 'query'>): ContractDesk => {
    const [versions, standings] = [new ContractVersions(own), new ContractStandings(own)]
    const contracts = (connections: ReadonlyMap<string, Connection>): readonly Contract[] =>
      [...declaredContracts(), ...this.#ofConnections([...connections.values()])].toSorted((a, b) =>
        a.id < b.id ? -1 : 1,
      )
    return {
      contracts,
      operation: (name) => operations.get(name),
      catalogue: () => catalogue,
      newest: (tenant) => versions.newest(tenant),
      versions: async (tenant, contract) => {
        await this.#register()
        return versions.list(tenant, contract, versionsMost)
      },
      standings: async (tenant) => new Map((await standings.list(tenant)).map((one) => [one.contract, one])),
      decide: (decision, note) => standings.decide(decision, note),
      users: (tenant) => usersOf(own, tenant, usedDays),
      uses: (tenant, contract) => usesSince(own, { tenant, contract, days: usedDays }),
      takes: (patterns, type) => typeFilter(patterns)(type),
    }
  }

  /** Writes down what is declared otherwise than before, for everybody and for each tenant with connections; once for each network. */
  async #register(): Promise<void> {
    const connections = this.#options.connections()
    if (this.#registered === connections) return
    const versions = new ContractVersions(this.#options.pool)
    await versions.register(everybody, declaredContracts(), version)
    for (const [tenant, own] of Map.groupBy(connections.values(), (one) => one.tenant))
      await versions.register(tenant, this.#ofConnections(own), version)
    this.#registered = connections
  }

  #ofConnections(connections: readonly Connection[]): readonly Contract[] {
    const agreements = this.#options.agreements()
    return connections.flatMap((one) =>
      connectionContracts(
        one,
        (agreements.get(one.id) ?? []).flatMap(({ overlays }) => overlays),
      ),
    )
  }
}

const operations = new Map(
  routes.map((route) => {
    const declared = declaredStanding(route)
    return [route.operationId, { tag: route.tag, ...(declared === undefined ? {} : { declared }) }] as const
  }),
)
