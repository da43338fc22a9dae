import { EnvelopeReader } from '../../edi/envelope/envelope-reader.ts'
import type { Document, TranslateContext, Translation } from '../kit/connector.ts'
import { grammarOf } from './grammar.ts'
import { meaningOfSets } from './meaning/meaning.ts'
import { SetReader } from './meaning/set-reader.ts'
import { type Agreement, judgeInterchange, severityPolicy } from './policy.ts'

/** What the accepted sets of a file say. What is rejected was told to the partner, and says nothing here. */
export function translate(document: Document, { settings }: TranslateContext<Agreement>): Translation {
  const sets = new SetReader(grammarOf(settings.overlays))
  const reader = new EnvelopeReader(sets, {
    severity: severityPolicy(settings.severities),
    openSetCheck: sets.openSetCheck,
    judgeInterchange: (header) => judgeInterchange(header, settings),
  })
  reader.feed(document.bytes)
  reader.end()
  const { assertions, unknownCodes } = meaningOfSets(sets.accepted, settings)
  if (assertions.length === 0 && unknownCodes.length === 0)
    return { ignored: 'No set was accepted that says something.' }
  return unknownCodes.length === 0 ? { assertions } : { assertions, unknownCodes }
}
