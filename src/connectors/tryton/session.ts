import type { Authentication } from '../kit/connector.ts'
import { request, understand } from './protocol.ts'
import type { TrytonSettings } from './settings.ts'

/** A login opens a session; Tryton answers 401 when it is over. */
export function authenticate({ user, password }: TrytonSettings): Authentication {
  return {
    scheme: 'session',
    login: request('common.db.login', [user, { password }, 'en']),
    opened: (reply) => {
      const said = understand(reply, false)
      if (said.kind !== 'result') return { refused: 'Tryton did not let the hub in.' }
      const { value } = said.result
      const [id, key] = Array.isArray(value) ? (value as readonly unknown[]) : []
      if (typeof id !== 'string' || typeof key !== 'string') return { refused: 'Tryton wants more than a password.' }
      return { word: 'Session', credentials: `${user}:${id}:${key}` }
    },
  }
}
