import { STATUS_CODES } from 'node:http'
import { keepAliveSeconds } from './keep-alive.ts'

/** What is said to a plain request. The headers without those that belong to the connection. */
export interface PlainAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | number>>
  readonly body: string
}

/** The answer as it goes over the wire: one piece, because each piece is a system call. Throws where a header is not visible text. */
export function writePlainAnswer(
  { status, headers, body }: PlainAnswer,
  { now, isLast }: { /** ms since 1970 */ readonly now: number; readonly isLast: boolean },
): { readonly text: string; readonly encoding: 'latin1' | 'utf8' } {
  let text = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n`
  for (const name in headers) {
    const value = String(headers[name])
    if (!visible.test(value)) throw new RangeError(`the header ${name} cannot be sent`)
    text += `${name}: ${value}\r\n`
  }
  const bytes = Buffer.byteLength(body)
  text += `content-length: ${bytes}\r\ndate: ${dateOf(now)}\r\n${isLast ? last : onward}\r\n${body}`
  return { text, encoding: bytes === body.length ? 'latin1' : 'utf8' }
}

const visible = /^[\x20-\x7e]*$/
const onward = `connection: keep-alive\r\nkeep-alive: timeout=${keepAliveSeconds}\r\n`
const last = 'connection: close\r\n'

let second = -1
let date = ''

/** Written once a second. */
function dateOf(now: number): string {
  const current = Math.floor(now / 1000)
  if (current !== second) {
    second = current
    date = new Date(current * 1000).toUTCString()
  }
  return date
}
