import { errors, InterlineError } from '../../base/errors.ts'
import { readFile } from '../../connectors/edi-partner/file.ts'
import { keptCodes } from '../../connectors/edi-partner/meaning/container.ts'
import type { Agreement } from '../../connectors/edi-partner/policy.ts'
import type { Translation } from '../../connectors/kit/connector.ts'
import type { ExampleDocument } from '../../connectors/kit/example.ts'
import { type VerdictCode, verdictCodes } from '../../edi/verdict/codes.ts'
import type { Connection } from '../../flow/connection.ts'
import { readDocument } from '../../flow/intake/document.ts'
import { meaningOf } from '../../flow/translate/translated.ts'
import type { TrialRule, TriedDocument } from '../../gateway/desks/network-desk.ts'
import { partnerNext } from '../../gateway/portal/partner-words.ts'
import type { ReportedVerdict } from '../../model/interchange/report.ts'
import { segmentOf, valueAt } from './example-place.ts'
import { told, trialPlaces, trialSentences } from './trial-words.ts'

const verdictsShown = 50
const factsShown = 200
/** Where the first sets of a document stand. */
const headBytes = 16_384

/** What stands in a document that works, where this one fails: in a field, or the segment of a name. */
export interface Shown {
  readonly at: (place: string) => string | undefined
  readonly segment: (tag: string) => string | undefined
}

/** Nothing is shown: for those that are to become examples themselves. */
export const nothingShown: Shown = { at: () => undefined, segment: () => undefined }

/** What examples have; they are made when something fails. */
export function shownBy(examples: () => readonly ExampleDocument[], tried: Uint8Array): Shown {
  const text = (): string => Buffer.from(tried.subarray(0, headBytes)).toString('latin1')
  return { at: (place) => valueAt(place, examples()), segment: (tag) => segmentOf(tag, text(), examples()) }
}

/** What a trial needs to know of a connection: it can be told to another thread. */
export type TriedBy = Pick<Connection, 'id' | 'connector' | 'settings' | 'bodyBytesMax'>

/** Reads a document as the hub would, rule by rule; books, stores and answers nothing. A rule that another one hinders is skipped. */
export function tryDocument(
  connection: TriedBy,
  { bytes, contentType }: TriedDocument,
  { now, shown }: { readonly now: number; readonly shown: Shown },
): TrialRule[] {
  const { inbound } = connection.connector
  if (inbound === undefined) return [failed('takes', { detail: trialSentences.takesNothing })]
  const message = {
    ...{ id: 'msg_0-0', partition: 0, offset: 0, tenant: '' },
    ...{
      connection: connection.id,
      lane: 'realtime' as const,
      identity: 'trial',
      receivedAt: now,
      bodyHash: '',
      trace: '0'.repeat(32),
    },
    ...{ contentType, headers: {}, body: bytes },
  }
  const size = told(trialSentences.size, { bytes: bytes.length, most: connection.bodyBytesMax })
  const rules = [bytes.length <= connection.bodyBytesMax ? passed('size', size) : failed('size', { detail: size })]
  const reading = readDocument(connection, message)
  if (reading.failure !== undefined) return [...rules, failure('format', reading.failure, shown), skipped('meaning')]
  rules.push(...formatRules(connection, reading.document, { format: inbound.format, shown }))
  const { translation } = meaningOf(message, connection, { reading, receipts: false })
  const isIll = rules.some(({ result }) => result === 'failed')
  return [...rules, ...meaningRules(translation, { isIll, shown })]
}

function formatRules(
  connection: Pick<Connection, 'connector' | 'settings'>,
  document: ReturnType<typeof readDocument>['document'],
  { format, shown }: { readonly format: string; readonly shown: Shown },
): readonly TrialRule[] {
  if (connection.connector.id !== 'edi-partner') return [passed('format', told(trialSentences.read, { format }))]
  try {
    const { interchanges } = readFile(document, connection.settings as unknown as Agreement)
    if (interchanges.length === 0)
      return [failed('format', { detail: trialSentences.noInterchange, expected: 'ISA or UNA/UNB' })]
    const verdicts = interchanges.flatMap(({ verdicts: own }) => own)
    const faults = verdicts.filter(({ severity }) => severity !== 'ignore')
    if (faults.length === 0) return [passed('structure', told(trialSentences.asAgreed, { count: interchanges.length }))]
    return faults.slice(0, verdictsShown).map((one) => verdictRule(one, shown))
  } catch (error) {
    if (!(error instanceof InterlineError)) throw error
    return [failure('structure', error, shown)]
  }
}

function verdictRule(
  { code, severity, segment, segmentNumber, element, start, end }: ReportedVerdict,
  shown: Shown,
): TrialRule {
  const { title } = verdictCodes[code as VerdictCode]
  const name = `${segment ?? ''}${element === undefined || element === 0 ? '' : `${element}`.padStart(2, '0')}`
  const number = segmentNumber === undefined ? '' : String(segmentNumber)
  const form = number === '' ? (name === '' ? 'bytes' : 'name') : name === '' ? 'segment' : 'whole'
  const place = told(trialPlaces[form], { number, name, start, end })
  const example = segment === undefined ? undefined : shown.segment(segment)
  const said = {
    ...{ detail: title, place, nextAction: partnerNext('EDI_DOCUMENT_INVALID') },
    ...(example === undefined ? {} : { example }),
  }
  return severity === 'warn' || severity === 'accept'
    ? { rule: 'structure', result: 'passed', ...said }
    : failed('structure', said)
}

function meaningRules(
  translation: Translation | { readonly failure: InterlineError } | { readonly corrects: string },
  { isIll, shown }: { readonly isIll: boolean; readonly shown: Shown },
): readonly TrialRule[] {
  if ('failure' in translation) return [failure('meaning', translation.failure, shown)]
  if ('ignored' in translation)
    return [
      isIll
        ? skipped('meaning')
        : passed('meaning', told(trialSentences.keptNothing, { ignored: translation.ignored })),
    ]
  if ('corrects' in translation) return []
  const { assertions } = translation
  const unknownCodes = (translation.unknownCodes ?? []).filter(({ table }) => !keptCodes.has(table))
  const kinds = Map.groupBy(assertions.slice(0, factsShown), ({ type }) => type)
  const said = [...kinds].map(([type, some]) => `${some.length} × ${type}`).join(', ')
  const numbers = [...new Set(assertions.flatMap(({ about }) => about.references.map(({ value }) => value)))]
  return [
    passed(
      'meaning',
      told(trialSentences.says, { said: said || 'nothing', numbers: numbers.slice(0, 20).join(', ') || 'nothing' }),
    ),
    ...(unknownCodes.length === 0
      ? [passed('codes', trialSentences.codesKnown)]
      : unknownCodes.slice(0, verdictsShown).map(({ table, code }) =>
          failed('codes', {
            ...{ detail: told(trialSentences.codeUnknown, { code, table }), expected: trialSentences.agreedCode },
            nextAction: partnerNext('CODE_UNKNOWN'),
          }),
        )),
  ]
}

/** A failure with where it is, what is expected there, and an example, where the error knows them. */
function failure(rule: string, error: InterlineError, shown: Shown): TrialRule {
  const { place, expected, position } = error.values
  const where = place ?? (position === undefined ? undefined : told(trialPlaces.byte, { position: String(position) }))
  const example = place === undefined ? undefined : shown.at(String(place))
  return failed(rule, {
    detail: errors[error.code].flow === 'bug' ? trialSentences.mapFailed : error.message,
    ...(where === undefined ? {} : { place: String(where) }),
    ...(expected === undefined ? {} : { expected: String(expected) }),
    ...(example === undefined ? {} : { example }),
    nextAction: partnerNext(error.code),
  })
}

function passed(rule: string, detail: string): TrialRule {
  return { rule, result: 'passed', detail }
}

function failed(rule: string, said: Omit<TrialRule, 'rule' | 'result'>): TrialRule {
  return { rule, result: 'failed', ...said }
}

function skipped(rule: string): TrialRule {
  return { rule, result: 'skipped', detail: trialSentences.another }
}
