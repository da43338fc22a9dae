/** How a sender proves its messages. Connectors declare it, the door checks it. */
export type SignatureScheme =
  | { readonly scheme: 'api-key' }
  | {
      readonly scheme: 'hmac'
      readonly algorithm: 'sha256' | 'sha1'
      /** Lower-case header name. */
      readonly header: string
      readonly encoding: 'hex' | 'base64'
      /** Text before the digest in the header, e.g. `hmac-sha256-hex=`. */
      readonly prefix?: string
      readonly secret: string
      /** How the vendor turns the shared text into key bytes before use, e.g. EasyPost's NFKD normalisation. */
      readonly normalize?: 'nfkd'
    }
  | { readonly scheme: 'token'; readonly header: string; readonly secret: string }
  | { readonly scheme: 'query-token'; readonly parameter: string; readonly secret: string }
  | { readonly scheme: 'standard-webhooks'; readonly secret: string }
