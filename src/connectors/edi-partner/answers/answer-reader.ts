import type { EnvelopeListener, InterchangeHeader, SetHeader } from '../../../edi/envelope/events.ts'
import { type Segment, tagOf } from '../../../edi/read/segment.ts'
import type { Assertion } from '../../../model/fact.ts'
import type { AcknowledgementReport } from '../../../model/transmission/report.ts'
import { partnershipOf } from '../documents/document.ts'
import { partnershipIn } from '../partnership.ts'
import { type Agreement, judgeInterchange } from '../policy.ts'
import { ApplicationAdviceReading, ApplicationErrorReading } from './application.ts'
import { ContrlReading } from './contrl.ts'
import { FunctionalReading, ta1Said } from './functional.ts'
import type { AnswerReading, Said } from './said.ts'

/** More answers than this in one file are not kept. */
const answersMax = 10_000

/**
 * Finds the answers in a file: TA1, 997, 999, CONTRL, 824 and APERAK. One that is broken is read as far as it goes, because what it says
 * of our documents counts all the same; one from somebody else does not.
 */
export class AnswerReader implements EnvelopeListener {
  readonly #settings: Agreement
  readonly #said: { readonly said: Said; readonly partnership: string }[] = []
  #header: InterchangeHeader | undefined
  #open: AnswerReading | undefined
  #found: Said[] = []

  constructor(settings: Agreement) {
    this.#settings = settings
  }

  /** Each about the object that stands for the number which the partner names. */
  assertions(connection: string): Assertion<AcknowledgementReport>[] {
    return this.#said.map(({ said: { scheme, ...data }, partnership }) => ({
      type: 'transmission.acknowledgement_reported',
      about: {
        entity: 'transmission',
        references: [{ scheme, issuer: partnership, value: data.number }],
        unknown: 'create',
      },
      data: { ...data, connection },
    }))
  }

  interchangeOpened(header: InterchangeHeader): void {
    this.#header = header
    this.#found = []
  }

  setOpened({ identifier }: SetHeader): void {
    this.#open = openAnswer(identifier)
  }

  segment(segment: Segment, number: number): void {
    if (this.#open !== undefined && number > 1) this.#open.segment(tagOf(segment), segment)
    else if (number === 0 && tagOf(segment) === 'TA1') {
      const said = ta1Said(segment)
      if (said !== undefined) this.#found.push(said)
    }
  }

  setClosed(): void {
    this.#found.push(...(this.#open?.said() ?? []))
    this.#open = undefined
  }

  interchangeClosed(): void {
    const header = this.#header
    if (header === undefined || judgeInterchange(header, this.#settings).length > 0) return
    const partnership = partnershipFor(header, this.#settings)
    for (const said of this.#found.slice(0, answersMax - this.#said.length)) this.#said.push({ said, partnership })
  }
}

function openAnswer(identifier: string): AnswerReading | undefined {
  switch (identifier) {
    case '997':
    case '999':
      return new FunctionalReading(identifier)
    case 'CONTRL':
      return new ContrlReading()
    case '824':
      return new ApplicationAdviceReading()
    case 'APERAK':
      return new ApplicationErrorReading()
    default:
      return undefined
  }
}

/** The pair under which we sent: as the agreement names both, because partners write their own qualifiers as they like. */
export function partnershipFor(header: InterchangeHeader, settings: Agreement): string {
  if (settings.partnerId === '' || settings.ownId === '') return partnershipIn(header)
  return partnershipOf({ ...settings, standard: header.syntax })
}
