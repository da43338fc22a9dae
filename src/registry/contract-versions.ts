import { createHash } from 'node:crypto'
import { compareContracts, isCompatible } from './contracts/compare.ts'
import type { Contract, ContractPart } from './contracts/contract.ts'
import { withoutWords } from './contracts/json-schema.ts'
import type { Queryable } from './queryable.ts'

/** A contract as it was from one moment on. */
export interface ContractVersion {
  readonly contract: string
  readonly major: number
  readonly minor: number
  /** Schemas without what explains them. */
  readonly parts: readonly ContractPart[]
  /** Of the program that declared it first. */
  readonly hubVersion: string
  /** ms since 1970 */
  readonly at: number
}

/** Tenant of contracts that are the same for everybody. */
export const everybody = '*'

/** Versions of contracts, which are only added: the next one when a declaration says something else than before. */
export class ContractVersions {
  readonly #database: Queryable

  constructor(database: Queryable) {
    this.#database = database
  }

  /** The newest number of each contract that a tenant sees, `2.3` by id. */
  async newest(tenant: string): Promise<ReadonlyMap<string, string>> {
    const { rows } = await this.#database.query(
      `SELECT DISTINCT ON (contract) contract, major, minor FROM contract_version
        WHERE tenant IN ($1, '*') ORDER BY contract, major DESC, minor DESC`,
      [tenant],
    )
    return new Map(rows.map(({ contract, major, minor }) => [String(contract), `${String(major)}.${String(minor)}`]))
  }

  /** The newest first, at most `limit`. */
  async list(tenant: string, contract: string, limit: number): Promise<readonly ContractVersion[]> {
    const { rows } = await this.#database.query(
      `SELECT * FROM contract_version WHERE tenant IN ($1, '*') AND contract = $2 ORDER BY major DESC, minor DESC LIMIT $3`,
      [tenant, contract, limit],
    )
    return rows.map(versionOf)
  }

  /**
   * Writes down what is new among the contracts of a tenant, or of everybody. What goes on with the last version raises the minor number,
   * what breaks somebody the major one. Several instances may do it at once. Says how many are new.
   */
  async register(tenant: string, contracts: readonly Contract[], hubVersion: string): Promise<number> {
    const declared = contracts.map((one) => ({ contract: one, ...bare(one) }))
    const { rows } = await this.#database.query(
      `SELECT DISTINCT ON (contract) contract, major, minor, hash FROM contract_version WHERE tenant = $1 ORDER BY contract, major DESC, minor DESC`,
      [tenant],
    )
    const last = new Map(rows.map((row) => [String(row['contract']), row]))
    const fresh = declared.filter(({ contract, hash }) => last.get(contract.id)?.['hash'] !== hash)
    if (fresh.length === 0) return 0
    const known = await this.#parts(
      tenant,
      fresh.map(({ contract }) => contract.id).filter((id) => last.has(id)),
    )
    const made = fresh.map(({ contract, hash, parts, text }) => {
      const before = last.get(contract.id)
      const old = known.get(contract.id)
      const [major, minor] = [Number(before?.['major'] ?? 1), Number(before?.['minor'] ?? -1)]
      const isNext = old !== undefined && !isCompatible(compareContracts({ parts: old }, { parts }))
      return {
        contract: contract.id,
        major: isNext ? major + 1 : major,
        minor: isNext ? 0 : minor + 1,
        hash,
        parts: text,
      }
    })
    const { rows: written } = await this.#database.query(
      `INSERT INTO contract_version (tenant, contract, major, minor, hash, parts, hub_version, at)
       SELECT $1, v.contract, v.major, v.minor, v.hash, v.parts, $3, now_ms()
         FROM jsonb_to_recordset($2::jsonb) AS v(contract text, major integer, minor integer, hash text, parts text) ORDER BY 2
       ON CONFLICT DO NOTHING RETURNING contract`,
      [tenant, JSON.stringify(made), hubVersion],
    )
    return written.length
  }

  async #parts(tenant: string, ids: readonly string[]): Promise<ReadonlyMap<string, readonly ContractPart[]>> {
    if (ids.length === 0) return new Map()
    const { rows } = await this.#database.query(
      `SELECT DISTINCT ON (contract) * FROM contract_version WHERE tenant = $1 AND contract = ANY ($2::text[]) ORDER BY contract, major DESC, minor DESC`,
      [tenant, ids],
    )
    return new Map(rows.map(versionOf).map(({ contract, parts }) => [contract, parts]))
  }
}

function bare({ parts }: Contract): {
  readonly parts: readonly ContractPart[]
  readonly text: string
  readonly hash: string
} {
  const own = parts.map((part) => ({ ...part, schema: withoutWords(part.schema) }))
  const text = JSON.stringify(own)
  return { parts: own, text, hash: createHash('sha256').update(text).digest('hex').slice(0, 32) }
}

function versionOf(row: Readonly<Record<string, unknown>>): ContractVersion {
  return {
    contract: String(row['contract']),
    major: Number(row['major']),
    minor: Number(row['minor']),
    // Written by `register`.
    parts: JSON.parse(String(row['parts'])) as readonly ContractPart[],
    hubVersion: String(row['hub_version']),
    at: Number(row['at']),
  }
}
