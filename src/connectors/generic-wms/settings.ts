/** What the maps need of the connection's settings. */
export interface Settings {
  readonly system: string
  readonly orderSystem: string
}
