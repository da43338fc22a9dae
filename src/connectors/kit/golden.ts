import { InterlineError } from '../../base/errors.ts'
import { type Fields, readSettings } from '../../base/fields.ts'
import { readJson } from '../../base/json.ts'
import type { Assertion } from '../../model/fact.ts'
import type { DocumentDraft } from '../../model/transmission/report.ts'
import type {
  Ask,
  Connector,
  Document,
  Identity,
  Operation,
  OperationRequest,
  OwedDocument,
  ReadBack,
  Reading,
  Reply,
  Translation,
} from './connector.ts'
import { type GoldenTalk, type ProcedureOutcome, playProcedure } from './golden-procedure.ts'
import type { Procedure } from './procedure.ts'

/** How a golden file is written. */
export type GoldenFormat = 'json' | 'csv' | 'txt' | 'edi'

/** A recorded or invented message of a vendor: what comes in, or a request of ours with the answers to it. */
export interface GoldenCase {
  /** `inbound`, or the name of an operation. */
  readonly operation: string
  readonly name: string
  readonly format: GoldenFormat
  readonly text: string
  /** What the connection says beside the examples of the declaration. */
  readonly settings?: Readonly<Record<string, unknown>>
}

/** What the connector makes of it: the content of the `.out.json` beside it. */
export type GoldenOutcome =
  | {
      readonly identity?: Identity
      readonly receipt?: readonly Assertion[]
      readonly translation: Translation
      readonly rest?: Failure
    }
  | { readonly identity?: Identity; readonly receipt?: readonly Assertion[]; readonly error: Failure }
  | {
      readonly ask: Ask
      readonly reading: Reading
      readonly readBack?: { readonly ask: Ask; readonly found: ReadBack }
    }
  | ProcedureOutcome
  | { readonly draft: DocumentDraft }
  | { readonly error: Failure }

interface Failure {
  readonly code: string
  readonly message: string
}

/** Content of an `.in.json` of an operation: the request, the answer, and what a look-up after it answers. */
interface Exchange {
  readonly request: OperationRequest
  readonly reply: Answer
  readonly lookUp?: Answer
}

interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** Runs a case through the connector's own functions. Any other failure than an error of the table is a fault and is thrown. */
export function playGolden(connector: Connector, golden: GoldenCase): GoldenOutcome {
  if (golden.operation === 'inbound') return playInbound(connector, encode(golden.text), golden.format, golden.settings)
  if (golden.operation === 'documents') return playDocument(connector, JSON.parse(golden.text) as OwedGolden)
  const settings = { ...exampleSettings(connector.settings), ...golden.settings }
  const procedure = connector.procedures?.[golden.operation]
  if (procedure !== undefined) return playConversation(procedure, golden.text, settings)
  const operation = connector.operations?.[golden.operation]
  if (operation === undefined) throw new Error(`${connector.id} has no operation ${golden.operation}`)
  return playOperation(operation, JSON.parse(golden.text) as Exchange, settings)
}

function playConversation(
  procedure: Procedure<Readonly<Record<string, unknown>>>,
  text: string,
  settings: Readonly<Record<string, unknown>>,
): GoldenOutcome {
  try {
    return playProcedure(procedure, JSON.parse(text) as GoldenTalk<Answer>, { settings, replyOf: answerOf })
  } catch (error) {
    return { error: failureOf(error) }
  }
}

/** Received bytes, as intake and translate see them. */
export function playInbound(
  connector: Connector,
  bytes: Uint8Array,
  format: GoldenFormat = 'json',
  own: GoldenCase['settings'] = {},
): GoldenOutcome {
  const { inbound } = connector
  if (inbound === undefined) throw new Error(`${connector.id} takes nothing in`)
  const settings = { ...exampleSettings(connector.settings), ...own }
  const contentType = contentTypes[format]
  const bare = { bytes, contentType, headers: {}, content: undefined }
  let document: Document = bare
  const identify = (): { identity?: Identity } => {
    const identity = inbound.identify(document, settings)
    return identity === undefined ? {} : { identity }
  }
  let told: { receipt?: readonly Assertion[] } = {}
  try {
    document = { ...bare, content: contentOf(bytes, format) }
    const context = { settings, connection: 'golden', receivedAt: 1_772_323_200_000, messageId: 'msg_0-0' }
    if (inbound.receipt !== undefined) told = { receipt: inbound.receipt(document, context) }
    return { ...identify(), ...told, ...translated(inbound.translate(document, context)) }
  } catch (error) {
    return { ...identify(), ...told, error: failureOf(error) }
  }
}

function translated(translation: Translation): { translation: Translation; rest?: Failure } {
  if (!('rest' in translation) || translation.rest === undefined) return { translation }
  const { rest, ...understood } = translation
  return { translation: understood, rest: failureOf(rest) }
}

const contentTypes = {
  json: 'application/json',
  csv: 'text/csv',
  txt: 'text/plain',
  edi: 'application/edi-x12',
} as const

function contentOf(bytes: Uint8Array, format: GoldenFormat): unknown {
  return format === 'json' ? readJson(bytes) : undefined
}

function playOperation(
  operation: Operation<Readonly<Record<string, unknown>>>,
  { request, reply, lookUp }: Exchange,
  settings: Readonly<Record<string, unknown>>,
): GoldenOutcome {
  try {
    const made = { ask: operation.ask(request, settings), reading: operation.read(answerOf(reply), request, settings) }
    const { readBack } = operation
    if (lookUp === undefined || readBack === undefined) return made
    const found = readBack.read(answerOf(lookUp), request, settings)
    return { ...made, readBack: { ask: readBack.ask(request, settings), found } }
  } catch (error) {
    return { error: failureOf(error) }
  }
}

/** Content of an `.in.json` of documents: what is owed, and what of the agreement differs from its defaults. */
interface OwedGolden extends OwedDocument {
  readonly settings?: Readonly<Record<string, unknown>>
}

function playDocument(connector: Connector, { settings, ...owed }: OwedGolden): GoldenOutcome {
  if (connector.documents === undefined) throw new Error(`${connector.id} sends no documents`)
  try {
    const agreed = readSettings(connector.settings, { ...exampleSettings(connector.settings), ...settings })
    return { draft: connector.documents.write(owed, { settings: agreed, at: 1_772_323_200_000 }) }
  } catch (error) {
    return { error: failureOf(error) }
  }
}

/** The answer as the exchange hands it over: strictly read, undefined when it is no JSON. */
export function answerOf({ status, headers = {}, body }: Answer): Reply {
  const bytes = encode(body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body))
  return { status, headers, body: bytes, json: jsonOf(bytes) }
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return readJson(bytes)
  } catch (error) {
    if (error instanceof InterlineError) return undefined
    throw error
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof InterlineError) return { code: error.code, message: error.message }
  throw error
}

/** Settings that fit the declaration; secrets are told apart by their name, so that one that leaks can be found. */
export function exampleSettings(fields: Fields): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => {
      if (field.secret) return [name, field.parse(`secret-${name}`)]
      return [name, field.default ?? field.parse(field.example ?? field.choices?.[0] ?? `example-${name}`)]
    }),
  )
}

function encode(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}
