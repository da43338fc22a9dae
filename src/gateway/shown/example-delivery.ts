/** What an example came to: the request as it left, and the answer as far as there was one. */
export interface ExampleDelivery {
  readonly delivered: boolean
  /** What it means, as for a real one. */
  readonly reason: string
  readonly milliseconds: number
  readonly request: {
    readonly url: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }
  readonly answer?: {
    readonly status: number
    readonly headers: Readonly<Record<string, string>>
    readonly body: string
  }
}
