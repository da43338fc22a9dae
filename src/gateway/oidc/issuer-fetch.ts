/** A request to an issuer, as its package makes it. */
export interface IssuerRequest {
  readonly method: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** Asks an issuer, or a place that it names, through the guarded client. Throws IssuerSilent. */
export type IssuerFetch = (issuer: string, url: string, request: IssuerRequest) => Promise<Response>

/** No answer, or none that can be used. */
export class IssuerSilent extends Error {}

/** The silence that is behind an error, where it is. */
export function silentBehind(error: unknown): IssuerSilent | undefined {
  for (let one = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth++)
    if (one instanceof IssuerSilent) return one
  return undefined
}
