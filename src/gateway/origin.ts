/** Cross-origin access is off; the operator names origins whose pages may read answers. Never with credentials of a browser. */
export function crossOriginHeaders(
  allowed: readonly string[],
  origin: string | undefined,
): Readonly<Record<string, string>> {
  if (allowed.length === 0) return {}
  if (origin === undefined || !allowed.includes(origin)) return { vary: 'origin' }
  return {
    vary: 'origin',
    'access-control-allow-origin': origin,
    'access-control-expose-headers':
      'etag, link, location, ratelimit, ratelimit-policy, retry-after, x-request-id, idempotency-replayed',
  }
}

/** What a browser may send, as the answer to its question before the request. */
export function preflightHeaders(
  allowed: readonly string[],
  origin: string | undefined,
  methods: string,
): Readonly<Record<string, string>> {
  if (origin === undefined || !allowed.includes(origin)) return {}
  return {
    'access-control-allow-methods': methods,
    'access-control-allow-headers':
      'authorization, x-api-key, content-type, idempotency-key, if-match, if-none-match, traceparent',
    'access-control-max-age': '600',
  }
}
