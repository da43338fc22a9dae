import { readInstant, writeInstant } from '../../base/instant.ts'
import type { Derived, Evolution, Fact } from '../fact.ts'
import { filled } from '../interchange/interchange.ts'
import { type BatchedReport, tellMembers } from './batch.ts'
import { setText } from './batch-parts.ts'
import { tellObject } from './exchange-problem.ts'
import { documentName, numberSubject } from './number.ts'
import type { DocumentDraft } from './report.ts'
import { expecting } from './response.ts'
import type { SentDocument, TransmissionState } from './state.ts'
import { tellLine } from './superseded.ts'

/** Name of the timer for receipts and acknowledgements. */
export const acknowledgementTimer = 'acknowledgement'

/** The document has its control numbers: it is whole, and leaves. */
export function numbered(
  state: TransmissionState,
  fact: Fact,
  numbers: { readonly interchange: number; readonly group: number },
): Evolution<TransmissionState> {
  const { draft, report, ...rest } = state
  if (draft === undefined || report === undefined) return { state, facts: [], timers: [] }
  const { partnership, set, number } = draft
  const document: SentDocument = {
    ...documentOf(draft),
    text: filled(draft, numbers),
    interchange: numbers.interchange,
    ...(draft.groups === 0 ? {} : { group: numbers.group }),
    at: fact.recordedAt,
  }
  const groups = Array.from({ length: draft.groups }, (_, at) => ['group_number', `${numbers.group + at}`] as const)
  const names = [
    ['interchange_number', `${document.interchange}`] as const,
    ...groups,
    ...(state.batch === undefined ? documentNumbers(set, number) : []),
  ]
  const issuing = issued({ ...rest, report, document }, fact)
  return {
    ...issuing,
    facts: [...aliases(fact, partnership, names), ...known(document, fact.subject), ...issuing.facts],
  }
}

/** What is known of the document before it has its numbers. */
function documentOf({
  standard,
  partnership,
  set,
  number,
  awaits,
  minutes,
  response,
}: DocumentDraft | SentDocument): Omit<SentDocument, 'text' | 'interchange' | 'at'> {
  return { standard, partnership, set, number, awaits, minutes, ...(response === undefined ? {} : { response }) }
}

function documentNumbers(set: string, number: string): (readonly [string, string])[] {
  return [
    ['document_number', documentName(set, number)],
    ['document_number', number],
  ]
}

function aliases(fact: Fact, partnership: string, names: readonly (readonly [string, string])[]): Derived[] {
  return names.map(([scheme, value], index) => ({
    rule: `number-${index}`,
    type: 'transmission.number_reported',
    subject: numberSubject(fact.tenant, scheme, partnership, value),
    data: { of: fact.subject },
  }))
}

/** It left in one interchange with others, or did so once more. */
export function batched(
  state: TransmissionState,
  fact: Fact,
  { batch, interchange, group, set: place }: BatchedReport,
): Evolution<TransmissionState> {
  const { draft, ...rest } = state
  const before = draft ?? state.document
  if (before === undefined || state.report === undefined) return { state, facts: [], timers: [] }
  const { partnership, set, number } = before
  const document: SentDocument = {
    ...documentOf(before),
    text: draft?.batch === undefined ? (state.document?.text ?? '') : setText(draft.batch.parts, place),
    interchange,
    ...(group === undefined ? {} : { group }),
    batch,
    at: state.document?.at ?? fact.recordedAt,
  }
  const issuing = issued({ ...rest, document }, fact)
  if (draft === undefined) return issuing
  const names = aliases(fact, partnership, documentNumbers(set, number))
  return { ...issuing, facts: [...names, ...known(document, fact.subject), ...issuing.facts] }
}

/** So that people find it by its numbers. */
function known({ interchange, number, partnership }: SentDocument, subject: string): Derived[] {
  const references = [
    { scheme: 'interchange', issuer: partnership, value: `${interchange}` },
    { scheme: 'document', issuer: partnership, value: number },
  ]
  return [{ rule: 'identified', type: 'transmission.identified', subject, data: { references } }]
}

/** Hands the bytes to the ledger, and waits for what the agreement says. */
export function issued(before: TransmissionState, fact: Fact): Evolution<TransmissionState> {
  const { report, document } = before
  if (report === undefined || document === undefined) return { state: before, facts: [], timers: [] }
  const sends = before.sends + 1
  const isAwaited = document.awaits.length > 0
  const dueAt = (readInstant(fact.recordedAt) ?? 0) + document.minutes * 60_000
  const { dueAt: _, receipt: __, ...rest } = before
  const { connection, command, about, externalReference, key, priority } = report
  const { standard, set, number, interchange, group, text, batch } = document
  const closing = before.open.flatMap((category) =>
    tellObject(about, {
      category: category as Parameters<typeof tellObject>[1]['category'],
      isOpen: false,
      transmission: fact.subject,
      connection,
      reason: 'It is sent.',
    }),
  )
  const { facts: asking, timers: answering, ...expected } = expecting(before, fact)
  const data = {
    connection,
    command,
    about,
    externalReference,
    key,
    priority,
    standard,
    set,
    number,
    interchange,
    ...(group === undefined ? {} : { group }),
    text,
    sends,
  }
  const after = { ...rest, sends }
  // What left with others was handed to the ledger with them.
  const own: Derived =
    batch === undefined
      ? { rule: `issued-${sends}`, type: 'transmission.issued', data }
      : { rule: `batched-${sends}`, type: 'transmission.batched', data: { ...data, batch } }
  return {
    state: {
      ...rest,
      status: isAwaited ? 'sent' : 'acknowledged',
      sends,
      open: [],
      answers: [],
      ...(isAwaited ? { dueAt } : {}),
      ...expected,
    },
    facts: [
      own,
      ...tellMembers(after, fact.subject),
      ...closing,
      ...asking,
      ...tellLine(report.line, fact.subject, 'issued'),
    ],
    timers: [
      ...(isAwaited
        ? [{ name: acknowledgementTimer, at: writeInstant(dueAt), data: { awaits: document.awaits } }]
        : []),
      ...answering,
    ],
  }
}
