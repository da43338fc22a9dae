import { createHmac, timingSafeEqual } from 'node:crypto'
import { InterlineError } from '../base/errors.ts'
import type { CursorSigner } from './gateway.ts'

/** HMAC over query and position: a cursor cannot be made up, and fits no other query, filter or tenant. */
export function cursorSigner(secret: Uint8Array): CursorSigner {
  const mac = (query: string, position: string): Buffer =>
    createHmac('sha256', secret).update(`${query}\n${position}`).digest().subarray(0, 12)
  return {
    sign: (query, position) => Buffer.concat([mac(query, position), Buffer.from(position)]).toString('base64url'),
    open: (query, cursor) => {
      const bytes = Buffer.from(cursor, 'base64url')
      const position = bytes.subarray(12).toString()
      if (bytes.length <= 12 || !timingSafeEqual(bytes.subarray(0, 12), mac(query, position)))
        throw new InterlineError('CURSOR_INVALID')
      return position
    },
  }
}
