/** What this hub uses of the package, which comes without types. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http'

  export interface TokenContext {
    readonly req: IncomingMessage
    readonly oidc: { readonly params: { scope?: string }; readonly client: { readonly clientId: string } }
  }
  export class Provider {
    constructor(issuer: string, configuration: object)
    readonly Client: {
      readonly prototype: {
        compareClientSecret: (this: { readonly clientId: string }, given: string) => Promise<boolean>
      }
    }
    readonly ReplayDetection: { unique: (issuer: string, id: string, expirySeconds: number) => Promise<boolean> }
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>
    on(event: 'server_error', told: (context: TokenContext, error: Error) => void): this
    on(event: 'error', told: (error: Error) => void): this
  }
  export const errors: {
    readonly InvalidScope: new (description: string, scope: string) => Error
    readonly InvalidTarget: new () => Error
    readonly InvalidClientAuth: new (detail: string) => Error
  }
}
