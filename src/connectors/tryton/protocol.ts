import type { Reading as Outcome, Reply } from '../kit/connector.ts'
import { type Conversation, Ended } from '../kit/procedure.ts'
import { Reading } from '../kit/reading.ts'
import type { TrytonSettings } from './settings.ts'

/** What an answer says, beside its result. Application errors come with status 200. */
export type Said =
  | { readonly kind: 'result'; readonly result: Reading }
  | { readonly kind: 'warning'; readonly name: string; readonly message: string }
  | { readonly kind: 'ended'; readonly reading: Ended['reading'] }

/** One call. `changes`: it may change something, so that an answer that cannot be understood leaves it open whether it did. */
export function request(
  method: string,
  params: readonly unknown[],
): { method: 'POST'; path: string; contentType: string; body: string } {
  return { method: 'POST', path: '/', contentType: 'application/json', body: JSON.stringify({ id: 0, method, params }) }
}

/** The last parameter of every method of a model. The company decides on defaults and on what day it is; it filters nothing. */
function contextOf({ company }: TrytonSettings): object {
  return { company, language: 'en' }
}

/** A question. Throws Ended where it is not answered. */
export function* ask(settings: TrytonSettings, method: string, ...params: readonly unknown[]): Conversation<Reading> {
  const said = understand(yield { ask: request(method, [...params, contextOf(settings)]), changes: false }, false)
  if (said.kind === 'result') return said.result
  if (said.kind === 'warning') throw new Ended({ outcome: 'refused', reason: said.message })
  throw new Ended(said.reading)
}

/** Rows of a model with these fields, in order of id; fields of related records as `lines.product.code`. Throws Ended. */
export function* find(
  settings: TrytonSettings,
  model: string,
  domain: readonly unknown[],
  fields: readonly string[],
): Conversation<readonly Reading[]> {
  const rows = yield* ask(settings, `model.${model}.search_read`, domain, 0, rowsMax + 1, [['id', 'ASC']], fields)
  return rows.list(rowsMax)
}

/** Records of one look, at most: more under one number or reference is a mistake, and no reason to read them all. */
const rowsMax = 1000

/**
 * A call that changes something. Warnings that the connection acknowledges are answered and the call is repeated, because it did not
 * run; any other warning is refused with its words. Throws Ended.
 */
export function* change(
  settings: TrytonSettings,
  method: string,
  params: readonly unknown[],
  more: { readonly timestamps?: Readonly<Record<string, string>>; readonly around?: object } = {},
): Conversation<Reading> {
  const { timestamps, around: besides } = more
  const around = { ...contextOf(settings), ...besides, ...(timestamps === undefined ? {} : { _timestamp: timestamps }) }
  for (let warnings = 0; ; warnings++) {
    const said = understand(yield { ask: request(method, [...params, around]), changes: true }, true)
    if (said.kind === 'result') return said.result
    if (said.kind === 'ended') throw new Ended(said.reading)
    const { name, message } = said
    const isAcknowledged = settings.acknowledgedWarnings.some((part) => part !== '' && name.includes(part))
    if (!isAcknowledged || warnings >= warningsMax)
      throw new Ended({ outcome: 'refused', reason: `Tryton warns: ${message} (${name})`.slice(0, 500) })
    yield* acknowledge(settings, name)
  }
}

/** Different warnings of one call that are answered, at most. */
const warningsMax = 5

function* acknowledge(settings: TrytonSettings, name: string): Conversation<void> {
  const [user] = yield* find(settings, 'res.user', [['login', '=', settings.user]], ['login'])
  if (user === undefined) throw new Ended({ outcome: 'refused', reason: 'The hub cannot read its own user.' })
  const values = { user: idOf(user), name, always: false }
  const said = understand(
    yield { ask: request('model.res.user.warning.create', [[values], contextOf(settings)]), changes: true },
    true,
  )
  if (said.kind === 'ended') throw new Ended(said.reading)
}

/** Reads an answer. Never throws. */
export function understand(reply: Reply, changes: boolean): Said {
  const { status, json } = reply
  if (status !== 200) return { kind: 'ended', reading: failed(status, changes) }
  if (!isObject(json)) return { kind: 'ended', reading: doubt('Tryton answered without a readable document.', changes) }
  const { error } = json
  if (Array.isArray(error)) return refusal(error, changes)
  if (!Object.hasOwn(json, 'result'))
    return { kind: 'ended', reading: doubt('Tryton answered with neither a result nor an error.', changes) }
  return { kind: 'result', result: new Reading(json.result, 'result') }
}

function failed(status: number, changes: boolean): Ended['reading'] {
  if (status === 403) return { outcome: 'refused', reason: 'Tryton does not know or not allow this call (403).' }
  if (status >= 500 || status < 400) return doubt(`Tryton answered ${status}.`, changes)
  return { outcome: 'refused', reason: `Tryton refused the request (${status}).` }
}

/** A race that Tryton tells like a mistake: whoever comes second in a new period finds the journal open when he tries again. */
const transient = /only one journal per period/i

/** An error that Tryton names has rolled its transaction back; one of the machinery around it may have come after the commit. */
function refusal(error: readonly unknown[], changes: boolean): Said {
  const [kind, detail] = error
  const words = (Array.isArray(detail) ? detail : [detail]).filter((one) => typeof one === 'string' && one !== '')
  if (kind === 'UserWarning') {
    const [name, ...message] = words as readonly string[]
    if (name !== undefined) return { kind: 'warning', name, message: message.join(' · ').slice(0, 500) }
  }
  if (kind === 'UserError' && words.some((text) => transient.test(String(text))))
    return {
      kind: 'ended',
      reading: {
        outcome: 'retry',
        reason: 'Two account moves opened the journal of the period at once.',
      },
    }
  if (kind === 'UserError')
    return { kind: 'ended', reading: { outcome: 'refused', reason: words.join(' · ').slice(0, 500) } }
  if (kind === 'ConcurrencyException')
    return {
      kind: 'ended',
      reading: { outcome: 'retry', reason: 'Somebody else changed it meanwhile.' },
    }
  const text = typeof kind === 'string' ? kind.slice(0, 300) : 'an error without words'
  // A name in quotes and nothing else: a model or field that this Tryton does not have. Nothing was done.
  if (/^'[\w.]+'$/.test(text))
    return {
      kind: 'ended',
      reading: { outcome: 'refused', reason: `Tryton does not know ${text}: a module may be missing.` },
    }
  return { kind: 'ended', reading: doubt(`Tryton failed: ${text}`, changes) }
}

function doubt(reason: string, changes: boolean): Ended['reading'] {
  return changes ? { outcome: 'unclear', reason } : { outcome: 'retry', reason }
}

/** Ids are whole numbers; the reader gives them as text. */
export function idOf(row: Reading): number {
  const id = row.at('id').whole()
  if (id === undefined) throw row.at('id').wrong('an id')
  return id
}

/** A person has to decide; the sentence says what about. */
export function refused(reason: string): { readonly ended: Outcome } {
  return { ended: { outcome: 'refused', reason } }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
