/** W3C Trace Context. Ours is the trace; a sender's own is kept only where the sender is trusted. The trace id of a `traceparent`; undefined when it is none. */
export function readTraceparent(header: string | undefined): string | undefined {
  const match = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(header ?? '')
  const id = match?.[1]
  return id === undefined || /^0+$/.test(id) ? undefined : id
}

/** Trace ids from random bytes that are drawn many at a time: one system call per request would be a tenth of its cost. */
export function traceIds(random: (count: number) => Uint8Array): () => string {
  let hex = ''
  let at = 0
  return () => {
    if (at >= hex.length) {
      hex = Buffer.from(random(16 * 256)).toString('hex')
      at = 0
    }
    at += 32
    return hex.slice(at - 32, at)
  }
}
