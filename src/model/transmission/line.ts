import type { Derived, Evolution, Fact } from '../fact.ts'
import { transmissionSubject } from './number.ts'
import type { RevisionReport, TransmissionReport, VersionReport } from './report.ts'
import type { TransmissionState } from './state.ts'

/** What a partner knows of one thing that changes: an offer that stands, in one round of asking. */
interface Told {
  readonly content: string
  readonly round: number
}

/** A version of it, on its way to the partner. */
interface Version {
  readonly subject: string
  readonly kind: RevisionReport['kind']
  readonly about: Told
  readonly status: 'written' | 'issued' | 'unwritable'
}

/**
 * One line of documents about one thing to one partner: what he was told last, so that nothing is told twice, nothing is changed or taken
 * back that he never heard of, and what has become stale while the one before was on its way is not told at all.
 */
export interface LineState {
  /** Absent: he knows of nothing, or it was taken back. */
  readonly told?: Told
  /** What he knew before the last version, for the case that he refuses it. */
  readonly before?: Told
  readonly count: number
  readonly last?: Version
  /** The version that he got last. */
  readonly issued?: string
  /** The newest wish that came while a version was on its way. */
  readonly waiting?: RevisionReport
}

const unknownLine: LineState = { count: 0 }

/** Tells the partner now, or when the document before has left; of several wishes that wait, only the last is told. */
export function revised(state: TransmissionState, fact: Fact): Evolution<TransmissionState> {
  const line = state.line ?? unknownLine
  const report = fact.data as RevisionReport
  if (line.last?.status === 'written') return keep(state, { line: { ...line, waiting: report } })
  return keep(state, next(line, report, fact.tenant))
}

/** A version has left, cannot be written, or is refused. */
export function versionSettled(state: TransmissionState, fact: Fact): Evolution<TransmissionState> {
  const { line = unknownLine } = state
  const { version, outcome } = fact.data as VersionReport
  const { last, waiting, ...rest } = line
  if (last?.subject !== version) return keep(state, { line })
  if (outcome === 'rejected') return keep(state, { line: known({ ...line }, line.before) })
  const settled = { ...rest, last: { ...last, status: outcome } }
  const after = outcome === 'unwritable' ? settled : afterIssue(settled, last)
  const older = line.issued
  const superseding: Derived[] =
    outcome === 'issued' && older !== undefined && older !== version
      ? [{ rule: 'superseded', type: 'transmission.superseded_reported', subject: older, data: { by: version } }]
      : []
  const going = waiting === undefined ? { line: after, facts: [] } : next(after, waiting, fact.tenant)
  return keep(state, { line: going.line, facts: [...superseding, ...(going.facts ?? [])] })
}

function afterIssue(line: LineState, { subject, kind, about }: Version): LineState {
  // Sent once more, it tells nothing new.
  if (line.issued === subject) return line
  const { told, before: _, ...others } = line
  const now = { ...others, issued: subject, ...(told === undefined ? {} : { before: told }) }
  return known(now, kind === 'withdrawal' ? undefined : about)
}

function known(line: LineState, told: Told | undefined): LineState {
  const { told: _, ...others } = line
  return told === undefined ? others : { ...others, told }
}

/** The version that the wish comes to, or none. */
function next(line: LineState, wish: RevisionReport, tenant: string): { line: LineState; facts?: readonly Derived[] } {
  const { told, last } = line
  const { naturalKey, kind, content, round, original, change, ...report } = wish
  const isKnown = told?.content === content && told.round === round
  if (kind === 'withdrawal' ? told === undefined : isKnown) return { line }
  const isChange = kind === 'offer' && told?.round === round && change !== undefined
  const count = last?.status === 'unwritable' ? line.count : line.count + 1
  const subject = transmissionSubject(tenant, count === 1 ? naturalKey : `${naturalKey}:${count}`)
  const owed: TransmissionReport = {
    ...report,
    externalReference: count === 1 ? report.externalReference : `IL${subject.slice(4).toUpperCase()}`,
    line: wish.line,
    ...(isChange ? { purpose: 'change' as const, ...change } : original),
  }
  return {
    line: { ...line, count, last: { subject, kind, about: { content, round }, status: 'written' } },
    facts: [{ rule: `version-${count}`, type: 'transmission.reported', subject, data: owed }],
  }
}

function keep(
  state: TransmissionState,
  { line, facts = [] }: { readonly line: LineState; readonly facts?: readonly Derived[] },
): Evolution<TransmissionState> {
  return { state: { ...state, line }, facts, timers: [] }
}
