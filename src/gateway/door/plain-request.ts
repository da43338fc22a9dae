import { limits } from '../../base/limits.ts'

/**
 * A request for the hot door in its plainest form: whole, small, and with nothing in its head that two readers could understand
 * differently. What is not plain is not wrong: node:http reads it, and judges it.
 */
export interface PlainRequest {
  readonly target: string
  /** By name in small letters; none comes twice. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** Bytes of it, head and body; what follows is the next request. */
  readonly size: number
}

/** `incomplete`: it may become one when more has come. `other`: it never will. */
export function readPlainRequest(bytes: Buffer): PlainRequest | 'incomplete' | 'other' {
  const end = bytes.indexOf(headEnd)
  if (end > limits.headerBytes || (end < 0 && bytes.length > limits.headerBytes)) return 'other'
  if (end < 0) return beginning.startsWith(bytes.toString('latin1', 0, beginning.length)) ? 'incomplete' : 'other'
  const head = bytes.toString('latin1', 0, end)
  const lineEnd = head.indexOf('\r\n')
  const target = targetOf(lineEnd < 0 ? head : head.slice(0, lineEnd))
  if (target === undefined) return 'other'
  const headers = lineEnd < 0 ? undefined : headersOf(head, lineEnd + 2)
  const length = headers === undefined ? undefined : lengthOf(headers)
  if (headers === undefined || length === undefined) return 'other'
  const from = end + headEnd.length
  const size = from + length
  return bytes.length < size ? 'incomplete' : { target, headers, body: bytes.subarray(from, size), size }
}

const headEnd = Buffer.from('\r\n\r\n')
const beginning = 'POST /v1/inbound/'
const ending = ' HTTP/1.1'
/** A larger body is read while it comes, by those who watch its pace and its proof. */
const bodyBytesMax = 64 * 1024
const headersMax = 100

/** Characters of a path and a query, RFC 3986; nothing is decoded. */
const targetText = /^[\w.~!$&'()*+,;=:@%/?-]*$/
const nameText = /^[\w!#$%&'*+.^`|~-]+$/
const valueText = /^[\t\x20-\x7e]*$/

function targetOf(line: string): string | undefined {
  if (!line.startsWith(beginning) || !line.endsWith(ending)) return undefined
  const target = line.slice('POST '.length, -ending.length)
  return target.length <= limits.urlBytes && targetText.test(target) ? target : undefined
}

/** Undefined where a line is not a name and a value, or a name comes twice. */
function headersOf(head: string, from: number): Record<string, string> | undefined {
  const headers: Record<string, string> = {}
  let count = 0
  for (let at = from; at < head.length; ) {
    const found = head.indexOf('\r\n', at)
    const end = found < 0 ? head.length : found
    const colon = head.indexOf(':', at)
    if (colon < 0 || colon > end || ++count > headersMax) return undefined
    const name = head.slice(at, colon).toLowerCase()
    const value = head.slice(colon + 1, end)
    // A name that every object knows (`constructor`) counts as one that came before.
    if (!nameText.test(name) || !valueText.test(value) || name in headers) return undefined
    headers[name] = value.trim()
    at = end + 2
  }
  return headers
}

/** Where the body ends; undefined where its length is said in another way than by one number, or the headers ask for more than an answer. */
function lengthOf(headers: Readonly<Record<string, string>>): number | undefined {
  if (headers['host'] === undefined || notPlain.some((name) => headers[name] !== undefined)) return undefined
  const connection = headers['connection']
  if (connection !== undefined && connection.toLowerCase() !== 'keep-alive') return undefined
  const length = headers['content-length'] ?? ''
  return /^(0|[1-9]\d{0,5})$/.test(length) && Number(length) <= bodyBytesMax ? Number(length) : undefined
}

const notPlain = [
  ...['transfer-encoding', 'content-encoding', 'expect', 'upgrade', 'trailer', 'te', 'set-cookie'],
  // Whether they count is asked of the connection, which nobody sees here.
  ...['client-cert', 'x-forwarded-client-cert'],
]
