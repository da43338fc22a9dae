/** W3C Trace Context. Ours is the trace; a sender's own is kept only where the sender is trusted. */
export function newTraceId(random: Uint8Array): string {
  return Buffer.from(random.subarray(0, 16)).toString('hex')
}

/** The trace id of a `traceparent`; undefined when it is none. */
export function readTraceparent(header: string | undefined): string | undefined {
  const match = /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(header ?? '')
  const id = match?.[1]
  return id === undefined || /^0+$/.test(id) ? undefined : id
}
