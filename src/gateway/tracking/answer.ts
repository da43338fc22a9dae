import type { FastifyReply, FastifyRequest } from 'fastify'
import { InterlineError } from '../../base/errors.ts'
import type { Gateway } from '../gateway.ts'
import { ownHeaders } from '../response.ts'
import type { Brand } from './brand.ts'
import type { Setting } from './frame.ts'
import { languageOf } from './language.ts'

/** One visit of a stranger. */
export interface Visit {
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Whom the page is for, as far as the request says it. */
export function settingOf(gateway: Pick<Gateway, 'randomBytes'>, { request }: Visit, brand: Brand): Setting {
  const query = request.query as Readonly<Record<string, unknown>>
  const chosen = request.body instanceof Uint8Array ? formOf(request).get('lang') : query['lang']
  return {
    brand,
    language: languageOf(chosen, request.headers['accept-language'], brand.locale),
    path: request.url.split('?', 1)[0] ?? '',
    nonce: Buffer.from(gateway.randomBytes(16)).toString('base64url'),
  }
}

/** Fields of a form that was sent. Throws CONTENT_TYPE_UNSUPPORTED. */
export function formOf({ headers, body }: FastifyRequest): URLSearchParams {
  const type = headers['content-type'] ?? ''
  const expected = 'application/x-www-form-urlencoded'
  if (!type.toLowerCase().startsWith(expected))
    throw new InterlineError('CONTENT_TYPE_UNSUPPORTED', { type: type.slice(0, 100), expected })
  return new URLSearchParams(body instanceof Uint8Array ? Buffer.from(body).toString('utf8') : '')
}

/** Sends a page: nothing may keep it, find it, frame it or run in it. */
export function answer(
  { reply }: Visit,
  { nonce, language }: Setting,
  { status = 200, page, retryAfter }: { readonly status?: number; readonly page: string; readonly retryAfter?: number },
): FastifyReply {
  return reply
    .code(status)
    .headers({
      ...strictHeaders,
      'content-security-policy': policy(nonce),
      'content-language': language,
      vary: 'accept-language',
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    })
    .type('text/html; charset=utf-8')
    .send(page)
}

/** On every answer of the tracking page. */
export const strictHeaders = {
  ...ownHeaders,
  'x-robots-tag': 'noindex, nofollow, noarchive',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
} as const

function policy(nonce: string): string {
  return [
    "default-src 'none'",
    `style-src 'nonce-${nonce}'`,
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}
