import { InterlineError } from '../../base/errors.ts'
import { edifactDelimiters, x12Delimiters } from '../bytes/delimiters.ts'
import type { Party } from '../envelope/events.ts'
import { mapOf } from '../maps/all.ts'
import type { ChooseSet } from '../overlay/open.ts'
import { segmentsOfTree } from '../tree/segments.ts'
import { writeEdifact } from '../write/edifact.ts'
import { anyText } from '../write/unwritable.ts'
import { type Written, writeX12 } from '../write/x12.ts'
import { functionalIdentifierOf } from '../x12/functional-identifiers.ts'
import type { EdiDocument } from './read.ts'
import { writeDocument } from './write.ts'

/** What stands around a document, and which grammar it is written by. */
export interface GenerateOptions {
  /** `945`, `DESADV`. */
  readonly set: string
  /** `004010`, `D.96A`. */
  readonly version: string
  readonly sender: Party
  readonly receiver: Party
  readonly controlNumber: number
  /** CCYYMMDD and HHMM. */
  readonly date: string
  readonly time: string
  readonly isTest: boolean
  readonly lineEnd?: string
}

/** An interchange with one document in it, by the map of its set. Throws EDI_SET_UNKNOWN, EDI_DOCUMENT_UNWRITABLE, EDI_HEADER_UNWRITABLE. */
export function generateInterchange(document: EdiDocument, choose: ChooseSet, options: GenerateOptions): Written {
  const { set, version, sender, receiver, controlNumber, date, time, isTest, lineEnd } = options
  const functionalIdentifier = functionalIdentifierOf(set)
  const isX12 = functionalIdentifier !== undefined
  const wire = isX12 ? version : `${version.replace('.', ':')}:UN`
  const grammar = choose({
    syntax: isX12 ? 'x12' : 'edifact',
    identifier: set,
    version: wire,
  } as Parameters<ChooseSet>[0])
  const rows = mapOf(set, version)
  if (grammar === undefined || rows === undefined) throw new InterlineError('EDI_SET_UNKNOWN', { set, version })
  const written = {
    identifier: set,
    controlNumber: isX12 ? '0001' : '1',
    version: isX12 ? '' : wire,
    segments: placed(() => segmentsOfTree(grammar, writeDocument(document, rows))),
  }
  const common = { sender, receiver, date, time, isTest, wantsAcknowledgement: false }
  const ending = lineEnd === undefined ? {} : { lineEnd }
  if (functionalIdentifier === undefined)
    return writeEdifact({
      ...common,
      ...ending,
      characterSet: 'UNOC',
      syntaxVersion: '3',
      controlNumber: `${controlNumber}`,
      applicationReference: '',
      agreement: '',
      delimiters: edifactDelimiters,
      unwritable: 'transliterate',
      messages: [written],
    })
  return writeX12({
    ...common,
    ...ending,
    version: version.slice(0, 5),
    controlNumber: `${controlNumber}`,
    delimiters: x12Delimiters,
    mayChooseDelimiters: true,
    text: { ...anyText, isAsciiOnly: true, unwritable: 'transliterate' },
    before: [],
    groups: [
      {
        functionalIdentifier,
        sender: sender.id,
        receiver: receiver.id,
        controlNumber: `${controlNumber}`,
        version,
        sets: [written],
      },
    ],
  })
}

/** What the grammar has no place for, and what is not text where text belongs. */
function placed<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof InterlineError) throw error
    const problem = error instanceof Error ? error.message : 'it does not fit the map'
    throw new InterlineError('EDI_DOCUMENT_UNWRITABLE', { problem }, error)
  }
}
