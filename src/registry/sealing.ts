/** Where a secret lies in the database. Sealed for one place, it opens at no other. */
export interface SealedPlace {
  /** Empty for what belongs to the hub and to no tenant. */
  readonly tenant: string
  readonly table: string
  readonly column: string
  /** Of the row. */
  readonly ids: readonly string[]
}

/** Keeps secrets in the database that nobody reads who has only the database, or a backup of it. */
export interface Sealing {
  /** Throws MASTER_KEY_UNFIT. */
  seal(text: string, place: SealedPlace): Promise<string>
  /** Undefined when it was sealed for another place or was changed, or when its key is gone. */
  open(sealed: string, place: SealedPlace): Promise<string | undefined>
}

/** What a sealed text is bound to. */
export function boundTo({ tenant, table, column, ids }: SealedPlace): string {
  return JSON.stringify([tenant, table, column, ...ids])
}
