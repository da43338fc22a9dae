import type { FastifyReply, FastifyRequest } from 'fastify'
import { ownHeaders } from './response.ts'

/** A file of the control tower, as it is sent. */
export interface PageFile {
  readonly bytes: Uint8Array
  /** The same, packed, where that is smaller. */
  readonly packed?: Uint8Array
  readonly type: string
}

/** What browsers load of the control tower: one page, and the files that it names. */
export interface Pages {
  /** The page with this nonce; undefined while the tower is not built. */
  readonly page: (nonce: string) => string | undefined
  /** By path, such as `/assets/index-4f2a.js`. */
  readonly file: (path: string) => PageFile | undefined
}

/**
 * Answers a browser that wants a page or one of its files; false when the request is about something else. Every address of the tower is the
 * same page, which then asks the API for what it shows.
 */
export function answerPage(
  pages: Pages,
  randomBytes: (count: number) => Uint8Array,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  const path = request.url.split('?', 1)[0] ?? ''
  const file = pages.file(path)
  if (file !== undefined) {
    sendFile(file, request, reply)
    return true
  }
  if (/^\/(?:v1|docs)\//.test(path) || !String(request.headers.accept).includes('text/html')) return false
  const nonce = Buffer.from(randomBytes(16)).toString('base64url')
  const page = pages.page(nonce)
  if (page === undefined) return false
  void reply
    .headers({ ...ownHeaders, 'content-security-policy': policy(nonce), 'cross-origin-opener-policy': 'same-origin' })
    .type('text/html; charset=utf-8')
    .send(page)
  return true
}

/** Nothing from anywhere else; scripts only as files of our own, style sheets also with the nonce of this answer. */
function policy(nonce: string): string {
  return [
    "default-src 'self'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Their names change with their content: a browser may keep them for ever. */
function sendFile(file: PageFile, request: FastifyRequest, reply: FastifyReply): void {
  const isPacked = file.packed !== undefined && /\bgzip\b/.test(String(request.headers['accept-encoding']))
  void reply
    .headers({
      ...ownHeaders,
      'cache-control': 'public, max-age=31536000, immutable',
      vary: 'accept-encoding',
      ...(isPacked ? { 'content-encoding': 'gzip' } : {}),
    })
    .type(file.type)
    .send(Buffer.from(isPacked ? (file.packed ?? file.bytes) : file.bytes))
}
