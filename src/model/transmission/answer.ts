import type { AcknowledgementReport, AwaitedAnswer } from './report.ts'
import type { SentDocument } from './state.ts'

/** What is not awaited any more after an answer of this kind. 824 and APERAK settle nothing: they are words of the business. */
export function settles({ kind }: Pick<AcknowledgementReport, 'kind'>): readonly AwaitedAnswer[] {
  if (kind === 'TA1') return ['technical']
  if (kind === 'CONTRL') return ['technical', 'functional']
  return kind === '997' || kind === '999' ? ['functional'] : []
}

/** What the partner owes us still, by the agreement that the document was sent under. */
export function missing(
  { awaits }: Pick<SentDocument, 'awaits'>,
  answers: readonly Pick<AcknowledgementReport, 'kind'>[],
): readonly AwaitedAnswer[] {
  const settled = new Set(answers.flatMap(settles))
  return awaits.filter((one) => !settled.has(one))
}

/** A document is one set: whatever rejects the set, its group or its interchange rejects it. */
export function isRefusal({ status, sets }: Pick<AcknowledgementReport, 'status' | 'sets'>): boolean {
  return status === 'rejected' || sets.some((set) => set.status === 'rejected')
}

/**
 * Why an answer does not fit what was sent: it names a set that was not in there, or contradicts the answer of the same kind that came
 * before. `undefined` where it fits.
 */
export function mismatch(
  answer: AcknowledgementReport,
  document: Pick<SentDocument, 'set'>,
  before: readonly AcknowledgementReport[],
): string | undefined {
  const foreign = answer.sets.find(({ identifier }) => identifier !== '' && identifier !== document.set)
  if (foreign !== undefined)
    return `The ${answer.kind} speaks of a ${foreign.identifier}, and a ${document.set} was sent.`
  const earlier = before.findLast(({ kind }) => kind === answer.kind)
  if (earlier === undefined || isRefusal(earlier) === isRefusal(answer)) return undefined
  return `The ${answer.kind} says ${answer.status}, and the one before said ${earlier.status}.`
}

/** The partner's reasons in one line. */
export function reasonOf({ kind, status, codes, sets }: AcknowledgementReport): string {
  const errors = sets.flatMap((set) =>
    set.errors.map(({ segment, position, element, code, text }) =>
      [segment, position, element === undefined ? undefined : `element ${element}`, code, text]
        .filter((part) => part !== undefined && part !== '')
        .join(' '),
    ),
  )
  const own = [...codes, ...sets.flatMap((set) => set.codes)].map((code) => `code ${code}`)
  const said = [...new Set([...own, ...errors])].slice(0, 10)
  return [`${kind} ${status.replaceAll('_', ' ')}`, ...said].join(' · ').slice(0, 500)
}
