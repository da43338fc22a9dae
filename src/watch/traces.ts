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
    const id = hex.slice(at - 32, at)
    return zeros.test(id) ? `${'0'.repeat(31)}1` : id
  }
}

const zeros = /^0+$/
