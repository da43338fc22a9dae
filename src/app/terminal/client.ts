import { randomUUID } from 'node:crypto'
import { request } from 'undici'
import { InterlineError } from '../../base/errors.ts'
import { type Answer, recordOf, recordsOf, textOf } from './answer.ts'

/** The hub's API as the command line uses it. */
export interface HubClient {
  readonly url: string
  /** The body of a good answer. Throws ProblemAnswer for a refusal, HUB_UNREACHABLE when there is no answer. */
  call(method: Method, path: string, options?: CallOptions): Promise<Answer>
  /** A good answer that is not JSON, as text. */
  text(path: string, query: Query): Promise<string>
  /** Rows of a list, page after page, at most `rowsMax`. */
  list(path: string, query: Query, rowsMax: number): Promise<readonly Answer[]>
  /** Text of a stream as it comes, until it ends or is silent for too long. Throws as `call` does. */
  follow(path: string, options: { readonly query: Query; readonly lastId: string }): AsyncIterable<string>
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Query = Readonly<Record<string, string | undefined>>

/** What goes with a request: JSON or bytes, not both. */
export interface CallOptions {
  readonly query?: Query
  readonly json?: unknown
  /** Sent as they are. */
  readonly bytes?: { readonly body: Uint8Array; readonly contentType: string }
  /** The version that is changed; 0 for what does not exist yet. */
  readonly version?: number
}

/** The hub refused, and said why and what to do (RFC 9457). */
export class ProblemAnswer extends Error {
  override readonly name = 'ProblemAnswer'
  readonly status: number
  readonly code: string
  readonly nextAction: string
  readonly traceId: string

  constructor(status: number, problem: Answer) {
    const violations = recordsOf(problem['errors']).map(
      (one) => `\n  ${textOf(one, 'pointer')} ${textOf(one, 'detail')}`,
    )
    const said = textOf(problem, 'detail') || textOf(problem, 'title') || `HTTP ${status}`
    super(`${said}${violations.join('')}`)
    this.status = status
    this.code = textOf(problem, 'code') || `HTTP_${status}`
    this.nextAction = textOf(problem, 'nextAction')
    this.traceId = textOf(problem, 'traceId')
  }
}

const timeoutMs = 30_000
/** A stream that lives says something twice in this time. */
const silenceMs = 30_000
const answerBytesMax = 64 * 1024 * 1024
const pageRows = 200

/** A client of the hub at `url`. One wait takes 30 s at most; a POST gets an Idempotency-Key of its own. */
export function hubClient({ url, key }: { readonly url: string; readonly key?: string }): HubClient {
  const call = async (method: Method, path: string, options: CallOptions = {}): Promise<Answer> => {
    const { status, body } = await exchange(
      method,
      `${url}${path}${queryText(options.query)}`,
      headersOf(method, options, key),
      options,
    )
    if (status >= 200 && status < 300) return recordOf(parse(body))
    throw new ProblemAnswer(status, recordOf(parse(body)))
  }
  const text = async (path: string, query: Query): Promise<string> => {
    const { status, body } = await exchange(
      'GET',
      `${url}${path}${queryText(query)}`,
      { ...headersOf('GET', {}, key), accept: '*/*' },
      {},
    )
    if (status >= 200 && status < 300) return body
    throw new ProblemAnswer(status, recordOf(parse(body)))
  }
  const list = async (path: string, query: Query, rowsMax: number): Promise<readonly Answer[]> => {
    const rows: Answer[] = []
    let cursor: string | undefined
    do {
      const limit = String(Math.min(pageRows, rowsMax - rows.length))
      const answer = await call('GET', path, { query: { ...query, limit, cursor } })
      rows.push(...recordsOf(answer['data']))
      const next = recordOf(answer['page'])['next']
      cursor = typeof next === 'string' ? next : undefined
    } while (cursor !== undefined && rows.length < rowsMax)
    return rows
  }
  const follow: HubClient['follow'] = (path, { query, lastId }) => {
    const headers = { ...headersOf('GET', {}, key), accept: 'text/event-stream, application/problem+json' }
    return stream(`${url}${path}${queryText(query)}`, lastId === '' ? headers : { ...headers, 'last-event-id': lastId })
  }
  return { url, call, text, list, follow }
}

async function exchange(
  method: Method,
  url: string,
  headers: Record<string, string>,
  { json, bytes }: CallOptions,
): Promise<{ status: number; body: string }> {
  const body = bytes?.body ?? (json === undefined ? null : JSON.stringify(json))
  try {
    const answer = await request(url, { method, headers, body, headersTimeout: timeoutMs, bodyTimeout: timeoutMs })
    const chunks: Buffer[] = []
    let size = 0
    for await (const chunk of answer.body as AsyncIterable<Buffer>) {
      size += chunk.length
      if (size > answerBytesMax) throw new Error(`its answer is larger than ${answerBytesMax} bytes`)
      chunks.push(chunk)
    }
    return { status: answer.statusCode, body: Buffer.concat(chunks).toString('utf8') }
  } catch (error) {
    throw new InterlineError('HUB_UNREACHABLE', { url: new URL(url).origin, detail: reasonOf(error) }, error)
  }
}

async function* stream(url: string, headers: Record<string, string>): AsyncIterable<string> {
  try {
    const { statusCode, body } = await request(url, { headers, headersTimeout: timeoutMs, bodyTimeout: silenceMs })
    if (statusCode !== 200) throw new ProblemAnswer(statusCode, recordOf(parse(await body.text())))
    const text = new TextDecoder()
    for await (const chunk of body as AsyncIterable<Buffer>) yield text.decode(chunk, { stream: true })
  } catch (error) {
    if (error instanceof ProblemAnswer) throw error
    throw new InterlineError('HUB_UNREACHABLE', { url: new URL(url).origin, detail: reasonOf(error) }, error)
  }
}

function headersOf(
  method: Method,
  { json, bytes, version }: CallOptions,
  key: string | undefined,
): Record<string, string> {
  const contentType = bytes?.contentType ?? (json === undefined ? undefined : 'application/json')
  return {
    accept: 'application/json, application/problem+json',
    ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    ...(contentType === undefined ? {} : { 'content-type': contentType }),
    ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}),
    ...(version === undefined ? {} : { 'if-match': `"v${version}"` }),
  }
}

function queryText(query: Query = {}): string {
  const set = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return set.length === 0 ? '' : `?${new URLSearchParams(set).toString()}`
}

/** Something that is not JSON did not come from a hub; its status says enough. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return 'code' in error && typeof error.code === 'string' ? error.code : error.message
}
