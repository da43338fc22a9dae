/** W3C Trace Context: one trace from intake to the last delivery. A sender's own is kept only where the sender is trusted. */
export interface TraceContext {
  /** 32 hex digits. */
  readonly trace: string
  /** 16 hex digits. */
  readonly span: string
  readonly sampled: boolean
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
    const id = hex.slice(at - 32, at)
    return zeros.test(id) ? `${'0'.repeat(31)}1` : id
  }
}

/** The root span of a trace. Derived, so that everything that carries the trace id knows its parent without carrying that too. */
export function rootSpanId(trace: string): string {
  const id = trace.slice(16)
  return zeros.test(id) ? `${'0'.repeat(15)}1` : id
}

/** The context of a `traceparent`; undefined when it is none. Later versions may say more, and are read as far as known. */
export function parseTraceparent(header: string | undefined): TraceContext | undefined {
  const [, version, trace = '', span = '', flags = '', more] = pattern.exec(header ?? '') ?? []
  if (version === undefined || version === 'ff' || (version === '00' && more !== undefined)) return undefined
  if (zeros.test(trace) || zeros.test(span)) return undefined
  return { trace, span, sampled: (Number.parseInt(flags, 16) & 1) === 1 }
}

/** The trace id of a `traceparent`; undefined when it is none. */
export function readTraceparent(header: string | undefined): string | undefined {
  return parseTraceparent(header)?.trace
}

export function formatTraceparent({ trace, span, sampled }: TraceContext): string {
  return `00-${trace}-${span}-${sampled ? '01' : '00'}`
}

const pattern = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/
const zeros = /^0+$/
