import { InterlineError } from '../../../base/errors.ts'
import { EnvelopeReader } from '../../../edi/envelope/envelope-reader.ts'
import { GrammarCheck } from '../../../edi/validate/check.ts'
import type { Verdict } from '../../../edi/verdict/verdict.ts'
import { filled } from '../../../model/interchange/interchange.ts'
import type { AnswerDraft } from '../../../model/interchange/report.ts'
import { grammarOf } from '../grammar.ts'
import type { Agreement } from '../policy.ts'

/**
 * Reads what we wrote as a strict partner would, with the overlays of the agreement. Throws EDI_DOCUMENT_INVALID with the first thing
 * that would be rejected.
 */
export function requirePassing(draft: AnswerDraft, set: string, { overlays }: Agreement): void {
  const found: Verdict[] = []
  const note = ({ verdicts }: { readonly verdicts: readonly Verdict[] }): void => {
    found.push(...verdicts.filter(({ severity }) => severity === 'reject'))
  }
  const choose = grammarOf(overlays)
  const reader = new EnvelopeReader(
    { setClosed: note, groupClosed: note, interchangeClosed: note },
    {
      openSetCheck: (header, report) => {
        const grammar = choose(header)
        return grammar === undefined ? undefined : GrammarCheck.open(grammar, report, { syntax: header.syntax })
      },
    },
  )
  reader.feed(new TextEncoder().encode(filled(draft, { interchange: 1, group: 1 })))
  reader.end()
  const [first] = found
  if (first === undefined) return
  const { code, segmentTag = '', segmentNumber = 0, element = 0 } = first
  const place = element === 0 ? segmentTag : `${segmentTag}-${String(element).padStart(2, '0')}`
  throw new InterlineError('EDI_DOCUMENT_INVALID', { set, problem: `${code} at ${place}, segment ${segmentNumber}` })
}
