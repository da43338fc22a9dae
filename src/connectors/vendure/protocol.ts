import type { Reply } from '../kit/connector.ts'
import { peek, peekText } from '../kit/peek.ts'
import { type Conversation, Ended } from '../kit/procedure.ts'
import { Reading } from '../kit/reading.ts'
import type { VendureSettings } from './settings.ts'

/** One question or change in GraphQL. */
export function request(settings: VendureSettings, query: string, variables: object) {
  return {
    method: 'POST',
    path: settings.apiPath,
    contentType: 'application/json',
    ...(settings.channel === '' ? {} : { headers: { 'vendure-token': settings.channel } }),
    body: JSON.stringify({ query, variables }),
  } as const
}

/** A question: the data of its answer. Throws Ended where it is not answered. */
export function* ask(settings: VendureSettings, query: string, variables: object): Conversation<Reading> {
  return understand(yield { ask: request(settings, query, variables), changes: false }, false)
}

/** Somebody was faster, and the next look shows what there is now. */
const overtaken: readonly string[] = [
  'FULFILLMENT_STATE_TRANSITION_ERROR',
  'ITEMS_ALREADY_FULFILLED_ERROR',
  'ORDER_STATE_TRANSITION_ERROR',
]

/** A change; `name` is its field in the answer. Throws Ended where the shop says no, which it does in an answer of status 200. */
export function* change(
  settings: VendureSettings,
  name: string,
  query: string,
  variables: object,
): Conversation<Reading> {
  const data = understand(yield { ask: request(settings, query, variables), changes: true }, true)
  const result = data.at(name)
  const code = result.at('errorCode').optionalText(100)
  if (code === undefined || overtaken.includes(code)) return result
  const words = [result.at('message').excerpt(300), result.at('transitionError').excerpt(200)]
  throw new Ended({ outcome: 'refused', reason: `The shop says no: ${words.filter(Boolean).join(' · ')} (${code})` })
}

/** Codes of errors that come before anything was done, or that have taken it back. */
const harmless: readonly string[] = [
  'BAD_USER_INPUT',
  'CHANNEL_NOT_FOUND',
  'ENTITY_NOT_FOUND',
  'FORBIDDEN',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'ILLEGAL_OPERATION',
  'UNAUTHORIZED',
  'USER_INPUT_ERROR',
]

/** The data of an answer. `changes`: what cannot be understood leaves it open whether something was done. Throws Ended. */
export function understand({ status, json }: Pick<Reply, 'status' | 'json'>, changes: boolean): Reading {
  const code = peekText(json, 'errors', '0', 'extensions', 'code')
  const errors = peek(json, 'errors')
  const data = peek(json, 'data')
  const isEmpty = data === undefined || data === null
  if (status === 200 && !isEmpty && (!Array.isArray(errors) || errors.length === 0)) return new Reading(data, 'data')
  const words = new Reading(json).at('errors').value === undefined ? '' : firstWords(errors)
  const isRefused = (isEmpty && code !== undefined && harmless.includes(code)) || (status >= 400 && status < 500)
  if (isRefused)
    throw new Ended({ outcome: 'refused', reason: `The shop refused: ${words === '' ? String(status) : words}` })
  const reason = words === '' ? `The shop answered ${status} without data.` : `The shop failed: ${words}`
  throw new Ended(changes ? { outcome: 'unclear', reason } : { outcome: 'retry', reason })
}

function firstWords(errors: unknown): string {
  const message = peek(errors, '0', 'message')
  return typeof message === 'string' ? message.slice(0, 300) : ''
}
