/**
 * What pure code may use of the platform beyond the language: no clock, no randomness, no I/O. Declared here by hand, because a
 * `types` entry or the DOM library would bring `fetch`, timers and the rest along. Every addition is reviewed.
 */
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>
}
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(input?: Uint8Array): string
}
declare class URL {
  constructor(url: string, base?: string)
  readonly protocol: string
  readonly hostname: string
  readonly port: string
  readonly pathname: string
  readonly search: string
  readonly href: string
  readonly username: string
  readonly password: string
}
