import type { Derived, Evolution, Evolve, Fact, Reference } from '../fact.ts'
import type { DocumentReport } from '../report.ts'
import type { ExchangeReport } from '../transmission/exchange-problem.ts'
import { differenceFacts } from './differences.ts'
import { disagreement } from './disagreement.ts'
import { disputeAnswers } from './dispute-answers.ts'
import { expectedReceipts } from './expected-receipts.ts'
import { documentFactName } from './names.ts'
import { joinParts } from './parts.ts'
import { type DocumentEntity, isLegal, isPast } from './transitions.ts'

/** An order, delivery, receipt, invoice …: the newest snapshot, its status, and what was said against the rules. */
export interface DocumentState {
  readonly references: readonly Reference[]
  readonly status?: string
  readonly revision?: number
  readonly object: Readonly<Record<string, unknown>>
  readonly observations: readonly Observation[]
  /** What is wrong between us and partners about documents of this object. */
  readonly exceptions?: readonly DocumentException[]
  readonly mergedInto?: string
  /** Where it stood when somebody put it on hold: it goes on there. */
  readonly heldAt?: string
}

/** An open problem with a document that a partner got or should get, or documents that say something against each other. */
export interface DocumentException
  extends Pick<ExchangeReport, 'id' | 'reason'>,
    Partial<Pick<ExchangeReport, 'connection'>> {
  readonly category: ExchangeReport['category'] | 'documents_differ'
  readonly since: string
}

/** Something that was said and did not count: an illegal step, an outdated revision, a part that was known otherwise. Kept and shown. */
export interface Observation {
  readonly at: string
  readonly source: string
  readonly kind: 'conflicting_part' | 'illegal_transition' | 'outdated_revision'
  readonly said: string
}

const emptyDocument: DocumentState = { references: [], object: {}, observations: [] }
const observationsMax = 50

/** Folds the reports about a smaller object by its state machine. An older revision is recorded and changes nothing. */
export function evolveDocument(entity: DocumentEntity): Evolve<DocumentState> {
  return (state = emptyDocument, fact) => {
    const silent = (next: DocumentState, facts: readonly Derived[] = []) => ({ state: next, facts, timers: [] })
    if (fact.type === `${entity}.identified`) {
      const { references } = fact.data as { references: readonly Reference[] }
      const fresh = references.filter(
        (one) =>
          !state.references.some(
            (other) => other.scheme === one.scheme && other.value === one.value && other.issuer === one.issuer,
          ),
      )
      return silent({ ...state, references: [...state.references, ...fresh] })
    }
    if (fact.type === `${entity}.merged`) return silent({ ...state, mergedInto: (fact.data as { into: string }).into })
    if (fact.type === `${entity}.exchange_reported`) {
      if (state.mergedInto !== undefined)
        return silent(state, [{ rule: 'forwarded', type: fact.type, subject: state.mergedInto, data: fact.data }])
      return exchanged(entity, state, fact)
    }
    if (fact.type !== `${entity}.reported`) return silent(state)
    if (state.mergedInto !== undefined)
      return silent(state, [{ rule: 'forwarded', type: fact.type, subject: state.mergedInto, data: fact.data }])
    const report = fact.data as DocumentReport
    // A replay tells the past again: that it is over by now, or was noted before, is nothing that anybody has to look at again.
    const isRetold = (kind: Observation['kind'], said: string): boolean =>
      fact.replay === true &&
      state.observations.some((one) => one.kind === kind && one.said === said && one.source === fact.source)
    const observe = (kind: Observation['kind'], said: string, told?: DocumentState['object']) => {
      if (isRetold(kind, said)) return silent(state)
      return silent(
        {
          ...state,
          observations: [...state.observations, { at: fact.recordedAt, source: fact.source, kind, said }].slice(
            -observationsMax,
          ),
        },
        [
          {
            rule: 'observed',
            type: `${entity}.observation_recorded`,
            data: { kind, said, status: state.status ?? null, ...(told === undefined ? {} : { told }) },
          },
        ],
      )
    }
    if (isOutdated(state, report))
      return fact.replay === true || same(state, report)
        ? silent(state)
        : observe('outdated_revision', String(report.revision))
    const status = nextStatus(entity, state, report)
    if (status !== undefined && status !== state.status && !isLegal(entity, state.status, status))
      return fact.replay === true && isPast(entity, state.status, status)
        ? silent(state)
        : observe('illegal_transition', `${state.status ?? 'new'} → ${status}`)
    const parts = joinParts(state.object, report.parts ?? {})
    if ('conflict' in parts) return observe('conflicting_part', parts.conflict, parts.told)
    const { reason } = report
    const step: Step = { status, object: { ...report.object, ...parts.members }, added: parts.added, reason }
    const next = applied(state, report, step)
    const differences = differenceFacts(entity, state.object, next.object)
    const settled = differences.length === 0 ? { state: next, facts: [] } : disagreement(entity, next, fact)
    return silent(settled.state, [
      ...changes(entity, state, step),
      ...disputeAnswers(entity, { object: next.object, added: step.added, references: next.references }),
      ...differences,
      ...settled.facts,
      ...expectedReceipts(entity, fact.tenant, { before: state, after: next }),
    ])
  }
}

/** A problem with a document of this object began, or is over. */
function exchanged(entity: DocumentEntity, state: DocumentState, fact: Fact): Evolution<DocumentState> {
  const { isOpen, transmission, ...told } = fact.data as ExchangeReport
  const known = state.exceptions ?? []
  const others = known.filter(({ id }) => id !== told.id)
  if (!isOpen && others.length === known.length) return { state, facts: [], timers: [] }
  const exceptions = isOpen ? [...others, { ...told, since: fact.recordedAt }].slice(-observationsMax) : others
  const type = `${entity}.exception_${isOpen ? 'opened' : 'resolved'}`
  return {
    state: { ...state, exceptions },
    facts: [{ rule: 'exception', type, data: { ...told, transmission } }],
    timers: [],
  }
}

/** What a report comes to, given what is known. */
interface Step {
  readonly status: string | undefined
  /** Members that it sets, with all their parts. */
  readonly object: DocumentState['object']
  readonly added: Readonly<Record<string, readonly string[]>>
  readonly reason: string | undefined
}

/** Undefined when the status stays. What has been reached already, or is past, changes nothing. */
function nextStatus(entity: DocumentEntity, state: DocumentState, report: DocumentReport): string | undefined {
  const { status, reached } = report
  if (state.status === 'on_hold' && status === 'accepted') return state.heldAt ?? status
  if (status !== undefined || reached === undefined) return status
  return isPast(entity, state.status, reached) ? undefined : reached
}

/** Without a new status only a higher revision counts; with the same revision a further step of the status does. */
function isOutdated(state: DocumentState, report: DocumentReport): boolean {
  if (report.revision === undefined || state.revision === undefined) return false
  return report.revision < state.revision || (report.revision === state.revision && report.status === state.status)
}

function same(state: DocumentState, report: DocumentReport): boolean {
  return report.revision === state.revision && report.status === state.status
}

function applied(state: DocumentState, { revision }: DocumentReport, { status, object }: Step): DocumentState {
  return {
    ...state,
    object: { ...state.object, ...object },
    ...(status === undefined ? {} : { status }),
    ...(status === 'on_hold' && state.status !== undefined && state.status !== status ? { heldAt: state.status } : {}),
    ...(revision === undefined ? {} : { revision }),
  }
}

function changes(entity: DocumentEntity, state: DocumentState, step: Step): Derived[] {
  const { status, added, reason } = step
  const paths = Object.keys(step.object).filter(
    (name) => JSON.stringify(step.object[name]) !== JSON.stringify(state.object[name]),
  )
  // Lists and records are in the log; what somebody else is to be told of is mostly a name or a number.
  const before = paths.map((name) => [name, state.object[name]] as const).filter(([, was]) => typeof was === 'string')
  // They say which loads an invoice is for: whoever followed it for others has to hear that it is not any more.
  const linesBefore = entity === 'freight_invoice' && paths.includes('lines') ? state.object['lines'] : undefined
  const about = {
    object: { ...state.object, ...step.object },
    changed: paths,
    ...(before.length === 0 ? {} : { before: Object.fromEntries(before) }),
    ...(linesBefore === undefined ? {} : { linesBefore }),
    ...(Object.keys(added).length === 0 ? {} : { added }),
    references: state.references,
    ...(reason === undefined ? {} : { reason }),
  }
  if (status !== undefined && status !== state.status) {
    const reversed = entity === 'delivery' && state.status === 'goods_issued' && status === 'staged'
    const type = reversed ? 'delivery.goods_issue_reversed' : documentFactName(entity, status)
    return [{ rule: 'status', type, data: { from: state.status ?? null, to: status, ...about } }]
  }
  if (paths.length === 0) return []
  return [{ rule: 'changed', type: `${entity}.changed`, data: { status: state.status ?? null, ...about } }]
}
