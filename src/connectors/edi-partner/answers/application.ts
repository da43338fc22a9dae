import { type Segment, textOf } from '../../../edi/read/segment.ts'
import { documentName } from '../../../model/transmission/number.ts'
import type { AnswerStatus } from '../../../model/transmission/report.ts'
import { type AnswerReading, filled, OpenSet, type Said } from './said.ts'

/** The last letter of OTI01: what the business says, of a group, a set or an item. */
function statusOf(code: string): AnswerStatus {
  if (code.endsWith('A')) return 'accepted'
  return code.endsWith('R') ? 'rejected' : 'accepted_with_errors'
}

/** 824: what the business says of documents that were well-formed. */
export class ApplicationAdviceReading implements AnswerReading {
  readonly #said: { readonly scheme: Said['scheme']; readonly number: string; readonly set: OpenSet }[] = []

  segment(tag: string, segment: Segment): void {
    const last = this.#said.at(-1)
    if (tag === 'OTI') {
      const identifier = textOf(segment, 10)
      const group = textOf(segment, 8)
      const document = textOf(segment, 3)
      const set = new OpenSet(identifier, textOf(segment, 9))
      set.status = statusOf(textOf(segment, 1))
      this.#said.push(
        group === ''
          ? {
              scheme: 'document_number',
              number: identifier === '' ? document : documentName(identifier, document),
              set,
            }
          : { scheme: 'group_number', number: group, set },
      )
    } else if (tag === 'TED')
      last?.set.note(
        filled({
          code: textOf(segment, 1),
          text: textOf(segment, 2),
          segment: textOf(segment, 3),
          position: textOf(segment, 4),
          element: textOf(segment, 5),
        }),
      )
    else if (tag === 'NTE') last?.set.note(filled({ text: textOf(segment, 2) }))
  }

  said(): readonly Said[] {
    return this.#said
      .filter(({ number }) => number !== '')
      .map(({ scheme, number, set }) => ({
        scheme,
        kind: '824',
        number,
        status: set.status,
        codes: [],
        sets: [set.answered],
      }))
  }
}

/** RFF 1153 of an APERAK: the number of the document that is meant, the best first. */
const documentQualifiers = ['ACW', 'DQ', 'AAK', 'ON', 'CU', 'BN', 'SRN']

/** BGM 1225 and 4343 of an APERAK that say what becomes of the document; without them its errors do. */
const functions: Readonly<Record<string, AnswerStatus>> = {
  27: 'rejected',
  28: 'accepted_with_errors',
  29: 'accepted',
  30: 'accepted_with_errors',
  34: 'accepted_with_errors',
  44: 'accepted',
  45: 'accepted_with_errors',
  48: 'rejected',
}
const responses: Readonly<Record<string, AnswerStatus>> = { AP: 'accepted', RE: 'rejected' }

/** APERAK: the same in EDIFACT. It names the document by a number of the business. */
export class ApplicationErrorReading implements AnswerReading {
  readonly #references = new Map<string, string>()
  readonly #set = new OpenSet('', '')
  #told: AnswerStatus | undefined
  #isInError = false

  segment(tag: string, segment: Segment): void {
    if (tag === 'BGM') this.#told = told(responses, textOf(segment, 4)) ?? told(functions, textOf(segment, 3))
    else if (tag === 'ERC') {
      this.#isInError = true
      this.#set.note(filled({ code: textOf(segment, 1) }))
    } else if (tag === 'FTX' && this.#isInError) this.#set.note(filled({ text: textOf(segment, 4) }))
    // Those below an ERC name the place of the error, not the document.
    else if (tag === 'RFF' && !this.#isInError) this.#references.set(textOf(segment, 1), textOf(segment, 1, 2))
  }

  said(): readonly Said[] {
    const qualifier = documentQualifiers.find((one) => this.#references.has(one))
    const number = this.#references.get(qualifier ?? '') ?? [...this.#references.values()][0] ?? ''
    if (number === '') return []
    this.#set.status = this.#told ?? (this.#isInError ? 'rejected' : 'accepted')
    const { status } = this.#set
    return [{ scheme: 'document_number', kind: 'APERAK', number, status, codes: [], sets: [this.#set.answered] }]
  }
}

function told(table: Readonly<Record<string, AnswerStatus>>, code: string): AnswerStatus | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined
}
