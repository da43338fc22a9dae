/** W3C Trace Context: one trace from intake to the last delivery. A sender's own is kept as a link, never as ours. */
export interface TraceContext {
  /** 32 hex digits. */
  readonly trace: string
  /** 16 hex digits. */
  readonly span: string
  readonly sampled: boolean
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

/** The `traceparent` header that a context is passed on with, version 00 (W3C Trace Context, section 3.2). */
export function formatTraceparent({ trace, span, sampled }: TraceContext): string {
  return `00-${trace}-${span}-${sampled ? '01' : '00'}`
}

/** The start of one of our traces, for those that carry it on. */
export function traceparentOf(trace: string): string {
  return formatTraceparent({ trace, span: rootSpanId(trace), sampled: true })
}

const pattern = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/
const zeros = /^0+$/
