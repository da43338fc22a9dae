import type { Derived, Evolution, Fact } from '../fact.ts'
import { partnershipSubject } from '../interchange/interchange.ts'
import { assembled, type BatchParts, type Place } from './batch-parts.ts'
import type { CollectedReport } from './outbox.ts'
import type { AcknowledgementReport, DocumentDraft } from './report.ts'
import type { TransmissionState } from './state.ts'

/** Several documents in one interchange: its own envelope, and the documents by their places in it. */
export interface BatchState {
  readonly of: number
  /** By place, until all are there. */
  readonly parts: Readonly<Record<string, PartReport>>
  readonly members: readonly Member[]
}

interface Member extends Place {
  readonly transmission: string
}

/** Data of `transmission.part_reported`, to a batch: one of its documents. */
export interface PartReport extends Pick<DocumentDraft, 'standard' | 'partnership' | 'width'> {
  readonly transmission: string
  readonly index: number
  readonly of: number
  readonly connection: string
  readonly parts: BatchParts
}

/** Data of `transmission.batched_reported`, to a document: it left with others. */
export interface BatchedReport {
  readonly batch: string
  readonly interchange: number
  readonly group?: number
  /** Control number of the set. */
  readonly set: string
  readonly sends: number
}

/** A document gives its text to the batch that it is called into. */
export function handedOver(state: TransmissionState, fact: Fact): Evolution<TransmissionState> {
  const { draft, report } = state
  const { batch, index, of } = fact.data as CollectedReport
  if (draft?.batch === undefined || report === undefined) return { state, facts: [], timers: [] }
  const { standard, partnership, width } = draft
  const { connection } = report
  const { parts } = draft.batch
  const data: PartReport = { transmission: fact.subject, index, of, connection, parts, standard, partnership, width }
  return { state, facts: [{ rule: 'part', type: 'transmission.part_reported', subject: batch, data }], timers: [] }
}

/** One more document of a batch is there; with the last one the interchange asks for its numbers. */
export function partCame(state: TransmissionState, fact: Fact): Evolution<TransmissionState> {
  const part = fact.data as PartReport
  const { batch = { of: part.of, parts: {}, members: [] } } = state
  if (state.status !== undefined) return { state, facts: [], timers: [] }
  const parts: Readonly<Record<string, PartReport>> = { ...batch.parts, [part.index]: part }
  const all = Array.from({ length: batch.of }, (_, index) => parts[index]).filter((one) => one !== undefined)
  if (all.length < batch.of) return { state: { ...state, batch: { ...batch, parts } }, facts: [], timers: [] }
  const { standard, partnership, width, connection } = part
  const { draft, places } = assembled(
    all.map((one) => one.parts),
    width,
  )
  const members = all.map(({ transmission }, index): Member => ({ transmission, ...(places[index] ?? { set: '' }) }))
  return {
    state: {
      ...state,
      status: 'numbering',
      batch: { of: batch.of, parts: {}, members },
      report: {
        connection,
        command: 'send_batch',
        about: '',
        externalReference: `IL${fact.subject.slice(4).toUpperCase()}`,
        key: `batch:${partnership}`,
        priority: 3,
      },
      // The documents wait for the answers, each for its own.
      draft: { ...draft, standard, partnership, set: 'batch', number: fact.subject, awaits: [], minutes: 1 },
    },
    facts: [
      {
        rule: 'numbers',
        type: 'partnership.answer_reported',
        subject: partnershipSubject(fact.tenant, partnership),
        data: { interchange: fact.subject, groups: draft.groups },
      },
    ],
    timers: [],
  }
}

/** Each document hears that it has left, and under which numbers. */
export function tellMembers({ batch, document, sends }: TransmissionState, subject: string): Derived[] {
  if (batch === undefined || document === undefined) return []
  const { interchange, group: first = 0 } = document
  return batch.members.map(({ transmission, group, set }, index) => {
    const numbered = group === undefined ? {} : { group: first + group }
    const data: BatchedReport = { batch: subject, interchange, ...numbered, set, sends }
    return { rule: `member-${index}`, type: 'transmission.batched_reported', subject: transmission, data }
  })
}

const ofGroup: ReadonlySet<AcknowledgementReport['kind']> = new Set(['997', '999', '824'])

/** An answer to the interchange, or to one of its groups, is an answer to each document in it: what is said of the others is left out. */
export function distributed({ batch, document }: TransmissionState, report: AcknowledgementReport): Derived[] {
  const { members = [] } = batch ?? {}
  const first = document?.group ?? 0
  const asked = members.filter(
    ({ group }) => !ofGroup.has(report.kind) || first + (group ?? 0) === Number(report.number),
  )
  const told = asked.flatMap((member): Derived[] => {
    const data = answerFor(member, report)
    return data === undefined
      ? []
      : [
          {
            rule: `answer-${members.indexOf(member)}`,
            type: 'transmission.acknowledgement_reported',
            subject: member.transmission,
            data,
          },
        ]
  })
  const { kind, number, status, connection } = report
  const isForeign = report.sets.some((one) => asked.every(({ set }) => !isSame(set, one.number)))
  if (told.length > 0 && !isForeign) return told
  return [...told, { rule: 'unmatched', type: 'transmission.unmatched', data: { kind, number, status, connection } }]
}

function answerFor({ set }: Member, report: AcknowledgementReport): AcknowledgementReport | undefined {
  const own = report.sets.filter((one) => isSame(set, one.number))
  const [named] = own
  if (named !== undefined) return { ...report, status: named.status, sets: own }
  // Word about the contents of some says nothing of the others.
  const isOfContents = report.kind === '824' || report.kind === 'APERAK'
  if (isOfContents && report.sets.length > 0) return undefined
  return { ...report, status: report.status === 'partly_accepted' ? 'accepted' : report.status, sets: [] }
}

function isSame(one: string, other: string): boolean {
  return one === other || (/^\d+$/.test(other) && Number(one) === Number(other))
}
