import { EnvelopeReader } from '../../edi/envelope/envelope-reader.ts'
import { all } from '../../edi/envelope/listeners.ts'
import type { Document } from '../kit/connector.ts'
import { judgeSet } from './agreed-sets.ts'
import { AnswerReader } from './answers/answer-reader.ts'
import { goodsReceived } from './answers/goods-received.ts'
import { grammarOf } from './grammar.ts'
import { InterchangeJudge, type ReadInterchange } from './interchange-judge.ts'
import { type UnderstoodSet, understood } from './meaning/meaning.ts'
import { SetReader } from './meaning/set-reader.ts'
import { type Agreement, acknowledgementPolicy, judgeInterchange, severityPolicy } from './policy.ts'

/** What one pass over a file finds: for its answers, and for its meaning. */
export interface ReadFile {
  readonly interchanges: readonly ReadInterchange[]
  readonly sets: SetReader<UnderstoodSet>
  readonly answers: AnswerReader
}

const read = new WeakMap<Document, { readonly settings: Agreement; readonly file: ReadFile }>()

/**
 * Reads a file to the element, once for the receipt and the map of one translation. The door has read it before, but only as far as its
 * keys; between the two the bytes were stored, and perhaps another process goes on. Throws EDI_OVERLAY_UNKNOWN, EDI_SEVERITY_UNKNOWN.
 */
export function readFile(document: Document, settings: Agreement): ReadFile {
  const known = read.get(document)
  if (known?.settings === settings) return known.file
  const file = readOnce(document, settings)
  read.set(document, { settings, file })
  return file
}

function readOnce(document: Document, settings: Agreement): ReadFile {
  const judge = new InterchangeJudge(acknowledgementPolicy(settings))
  const sets = new SetReader(grammarOf(settings.overlays), (set) =>
    understood(set, settings, goodsReceived(set, settings)),
  )
  const answers = new AnswerReader(settings)
  const reader = new EnvelopeReader(all(judge.listener, sets, answers), {
    severity: severityPolicy(settings.severities),
    openSetCheck: sets.openSetCheck,
    judgeInterchange: (header) => judgeInterchange(header, settings),
    judgeSet: (header) => judgeSet(header, settings.receives),
  })
  reader.feed(document.bytes)
  reader.end()
  return { interchanges: judge.interchanges, sets, answers }
}
