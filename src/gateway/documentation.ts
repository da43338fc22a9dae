import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { ownHeaders } from './response.ts'

const pack = promisify(gzip)

/** A page, picture or script of the documentation, read only when it is asked for. */
export interface DocumentationFile {
  readonly type: string
  /** Its name changes with its content. */
  readonly isImmutable: boolean
  readonly read: () => Promise<Buffer>
}

/** The documentation that came with this hub. */
export interface Documentation {
  /** By the path below `/docs/`, with or without its ending. */
  readonly find: (path: string) => DocumentationFile | undefined
}

/** What a request asks of the documentation; undefined when it is about something else, or there is no such page. */
export function documentAsked(
  documentation: Documentation,
  { method, url }: FastifyRequest,
): DocumentationFile | undefined {
  const [isAbout, path = ''] = /^\/docs(?:\/([^?]*))?(?:\?|$)/.exec(url) ?? []
  if (isAbout === undefined || (method !== 'GET' && method !== 'HEAD')) return undefined
  const name = path.replace(/\/$/, '')
  return documentation.find(name === '' ? 'index' : name)
}

/** Sends it, packed where the reader takes that. */
export async function sendDocument(
  file: DocumentationFile,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const bytes = await file.read()
  const isPacked = file.type !== 'font/woff2' && /\bgzip\b/.test(String(request.headers['accept-encoding']))
  return await reply
    .headers({
      ...ownHeaders,
      'cache-control': file.isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
      vary: 'accept-encoding',
      ...(isPacked ? { 'content-encoding': 'gzip' } : {}),
      ...(file.type.startsWith('text/html') ? { 'content-security-policy': policy(bytes.toString('utf8')) } : {}),
    })
    .type(file.type)
    .send(isPacked ? await pack(bytes) : bytes)
}

/** Nothing from anywhere else; of scripts inside a page exactly those that it was built with. Code is coloured by attributes. */
function policy(page: string): string {
  const inside = [...page.matchAll(/<script(?![^>]*\bsrc=)[^>]*>([\s\S]*?)<\/script>/g)].map(
    ([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`,
  )
  return [
    "default-src 'self'",
    ["script-src 'self'", ...new Set(inside)].join(' '),
    "style-src 'self'",
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
