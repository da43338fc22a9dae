import type { Derived, Evolve, Reference } from '../fact.ts'
import type { DocumentReport } from '../report.ts'
import { type DocumentEntity, isLegal } from './transitions.ts'

/** An order, delivery, receipt, invoice …: the newest snapshot, its status, and what was said against the rules. */
export interface DocumentState {
  readonly references: readonly Reference[]
  readonly status?: string
  readonly revision?: number
  readonly object: Readonly<Record<string, unknown>>
  readonly observations: readonly Observation[]
  readonly mergedInto?: string
}

/** Something that was said and did not count: an illegal step, an outdated revision. Kept and shown, never applied. */
export interface Observation {
  readonly at: string
  readonly source: string
  readonly kind: 'illegal_transition' | 'outdated_revision'
  readonly said: string
}

const emptyDocument: DocumentState = { references: [], object: {}, observations: [] }
const observationsMax = 50

/** Event names that are not simply `<entity>.<status>`. */
const names: Readonly<Record<string, string>> = {
  'appointment.at_dock': 'appointment.checked_in',
  'asn.received': 'asn.received',
  'freight_accrual.adjusted': 'freight_accrual.adjusted',
  'goods_receipt.open': 'goods_receipt.opened',
  'order.on_hold': 'order.held',
  'quality_hold.scrapped': 'quality_hold.rejected',
}

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
    if (fact.type !== `${entity}.reported`) return silent(state)
    if (state.mergedInto !== undefined)
      return silent(state, [{ rule: 'forwarded', type: fact.type, subject: state.mergedInto, data: fact.data }])
    const report = fact.data as DocumentReport
    const observe = (kind: Observation['kind'], said: string) =>
      silent(
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
            data: { kind, said, status: state.status ?? null },
          },
        ],
      )
    if (isOutdated(state, report))
      return same(state, report) ? silent(state) : observe('outdated_revision', String(report.revision))
    if (
      report.status !== undefined &&
      report.status !== state.status &&
      !isLegal(entity, state.status, report.status)
    ) {
      return observe('illegal_transition', `${state.status ?? 'new'} → ${report.status}`)
    }
    return silent(applied(state, report), changes(entity, state, report))
  }
}

/** Without a new status only a higher revision counts; with the same revision a further step of the status does. */
function isOutdated(state: DocumentState, report: DocumentReport): boolean {
  if (report.revision === undefined || state.revision === undefined) return false
  return report.revision < state.revision || (report.revision === state.revision && report.status === state.status)
}

function same(state: DocumentState, report: DocumentReport): boolean {
  return report.revision === state.revision && report.status === state.status
}

function applied(state: DocumentState, report: DocumentReport): DocumentState {
  return {
    ...state,
    object: { ...state.object, ...report.object },
    ...(report.status === undefined ? {} : { status: report.status }),
    ...(report.revision === undefined ? {} : { revision: report.revision }),
  }
}

function changes(entity: DocumentEntity, state: DocumentState, report: DocumentReport): Derived[] {
  const paths = Object.keys(report.object).filter(
    (name) => JSON.stringify(report.object[name]) !== JSON.stringify(state.object[name]),
  )
  const object = { ...state.object, ...report.object }
  const reason = report.reason === undefined ? {} : { reason: report.reason }
  const moved = report.status !== undefined && report.status !== state.status
  const references = { references: state.references }
  if (moved) {
    const name = `${entity}.${report.status}`
    const reversed = entity === 'delivery' && state.status === 'goods_issued' && report.status === 'staged'
    const type = reversed ? 'delivery.goods_issue_reversed' : (names[name] ?? name)
    return [
      {
        rule: 'status',
        type,
        data: { from: state.status ?? null, to: report.status, object, changed: paths, ...references, ...reason },
      },
    ]
  }
  return paths.length === 0
    ? []
    : [
        {
          rule: 'changed',
          type: `${entity}.changed`,
          data: { object, changed: paths, status: state.status ?? null, ...references, ...reason },
        },
      ]
}
