import type { Authentication, Reply } from '../kit/connector.ts'
import { peek, peekText } from '../kit/peek.ts'
import { request } from './protocol.ts'
import type { VendureSettings } from './settings.ts'

const login = `mutation ($user: String!, $password: String!) {
  login(username: $user, password: $password) { __typename ... on ErrorResult { errorCode message } }
}`

/** A login opens a session, whose token comes in a header. One that is over is told as an error in an answer of status 200. */
export function authenticate(settings: VendureSettings): Authentication {
  const { user, password } = settings
  return {
    scheme: 'session',
    login: request(settings, login, { user, password }),
    opened: ({ headers, json }) => {
      const token = headers['vendure-auth-token']
      const isIn = peekText(json, 'data', 'login', '__typename') === 'CurrentUser'
      return isIn && token !== undefined && /^[\w.-]{8,200}$/.test(token)
        ? { token }
        : { refused: 'The shop did not let the hub in.' }
    },
    isOver,
  }
}

/** The shop gives the same answer to who may not do a thing at all: a second one after another login means that. Nothing has run. */
export function isOver({ json }: Pick<Reply, 'json'>): boolean {
  const data = peek(json, 'data')
  return (data === null || data === undefined) && peekText(json, 'errors', '0', 'extensions', 'code') === 'FORBIDDEN'
}
