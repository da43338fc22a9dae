import { ContrlReading } from '../../connectors/edi-partner/answers/contrl.ts'
import { FunctionalReading, ta1Said } from '../../connectors/edi-partner/answers/functional.ts'
import type { AnswerReading, Said } from '../../connectors/edi-partner/answers/said.ts'
import { keptSet, SetReader } from '../../connectors/edi-partner/meaning/set-reader.ts'
import { type Answer, AnswerCollector } from '../../edi/acknowledge/collector.ts'
import { defaultAcknowledgements } from '../../edi/acknowledge/policy.ts'
import { EnvelopeReader } from '../../edi/envelope/envelope-reader.ts'
import type { EnvelopeListener, SetHeader } from '../../edi/envelope/events.ts'
import { all } from '../../edi/envelope/listeners.ts'
import type { EdiDocument } from '../../edi/map/read.ts'
import { chooseSet } from '../../edi/overlay/open.ts'
import { type Segment, tagOf } from '../../edi/read/segment.ts'

/** What a simulated partner finds in a file. */
export interface ReadInterchange {
  /** Control number of the last interchange. */
  readonly number: string
  /** Accepted documents; acknowledgements are none. */
  readonly documents: readonly { readonly set: string; readonly document: EdiDocument }[]
  /** What acknowledgements in it say of what the partner sent. */
  readonly said: readonly Said[]
  /** What the file is to be answered with; nothing for acknowledgements. */
  readonly answers: readonly Answer[]
}

/** Reads a file as a careful partner would: checked to the element, with the answers that it gets. */
export function readInterchange(bytes: Uint8Array): ReadInterchange {
  const sets = new SetReader(chooseSet([]), keptSet)
  const answers: Answer[] = []
  const collector = new AnswerCollector(
    () => defaultAcknowledgements,
    (answer) => answers.push(answer),
  )
  const heard = new SaidListener()
  const reader = new EnvelopeReader(all(collector, heard, sets), { openSetCheck: sets.openSetCheck })
  reader.feed(bytes)
  reader.end()
  const documents = sets.accepted.flatMap(({ header, document }) =>
    document === undefined ? [] : [{ set: header.identifier, document }],
  )
  return { number: heard.number, documents, said: heard.said, answers }
}

/** Hears TA1, 997, 999 and CONTRL. */
class SaidListener implements EnvelopeListener {
  number = ''
  readonly said: Said[] = []
  #open: AnswerReading | undefined

  interchangeOpened({ controlNumber }: { readonly controlNumber: string }): void {
    this.number = controlNumber
  }

  setOpened({ identifier }: SetHeader): void {
    if (identifier === '997' || identifier === '999') this.#open = new FunctionalReading(identifier)
    else this.#open = identifier === 'CONTRL' ? new ContrlReading() : undefined
  }

  segment(segment: Segment, number: number): void {
    if (number > 1) this.#open?.segment(tagOf(segment), segment)
    const technical = number === 0 && tagOf(segment) === 'TA1' ? ta1Said(segment) : undefined
    if (technical !== undefined) this.said.push(technical)
  }

  setClosed(): void {
    this.said.push(...(this.#open?.said() ?? []))
    this.#open = undefined
  }
}
