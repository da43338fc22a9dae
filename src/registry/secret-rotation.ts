/** What a job that changes keys is to do. */
export interface SecretRotation {
  readonly dryRun: false
  /** `data`: a new key of the tenant, and everything sealed anew. `master`: a new master key, and the keys of tenants sealed anew. */
  readonly key: 'data' | 'master'
  readonly by: string
  readonly about: string
  readonly reason?: string
}

/** Kind of the job. */
export const secretRotationKind = 'secret-rotation'

/** How the secrets of a tenant stand. */
export interface SecretStanding {
  /** Name of the master key that seals now, and whether the hub keeps it itself. */
  readonly master: { readonly name: string; readonly isOwn: boolean }
  /** The newest first: that one seals. */
  readonly keys: readonly {
    readonly id: string
    readonly master: string
    /** Milliseconds since 1970. */
    readonly createdAt: number
    /** Secrets that it has sealed. */
    readonly secrets: number
  }[]
  /** Secrets that a release before left, to be sealed within the next minutes. */
  readonly unsealed: number
}
