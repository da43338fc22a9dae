/** How a pick-up stands on this instance. */
export interface PickUpStatus {
  readonly connection: string
  readonly tenant: string
  readonly protocol: string
  readonly state: 'new' | 'ok' | 'failing' | 'elsewhere'
  /** Why the last look failed. */
  readonly reason?: string
  /** Milliseconds since 1970. */
  readonly lookedAt?: number
  readonly taken: number
  readonly refused: number
  readonly failed: number
  readonly waiting: number
}
