import { type Segment, textOf } from '../../../edi/read/segment.ts'
import type { AnswerStatus } from '../../../model/transmission/report.ts'
import { type AnswerReading, filled, OpenSet, type Said } from './said.ts'

/** 0083: 8 says that it came, 7 that it is right. */
const actions: Readonly<Record<string, AnswerStatus>> = { 4: 'rejected', 7: 'accepted', 8: 'accepted' }

/** CONTRL: one interchange, and what is wrong below it. */
export class ContrlReading implements AnswerReading {
  readonly #sets: OpenSet[] = []
  #number = ''
  #status: AnswerStatus | undefined
  #codes: readonly string[] = []
  #position = ''

  segment(tag: string, segment: Segment): void {
    const set = this.#sets.at(-1)
    switch (tag) {
      case 'UCI':
        this.#number = textOf(segment, 1)
        this.#status = actions[textOf(segment, 4)]
        this.#codes = [textOf(segment, 5)].filter((code) => code !== '')
        return
      case 'UCM': {
        const open = new OpenSet(textOf(segment, 2), textOf(segment, 1))
        open.status = actions[textOf(segment, 3)] ?? 'rejected'
        open.codes = [textOf(segment, 4)].filter((code) => code !== '')
        this.#sets.push(open)
        return
      }
      case 'UCS':
        this.#position = textOf(segment, 1)
        if (textOf(segment, 2) !== '') set?.note({ position: this.#position, code: textOf(segment, 2) })
        return
      case 'UCD':
        set?.note(filled({ position: this.#position, element: textOf(segment, 2), code: textOf(segment, 1) }))
    }
  }

  said(): readonly Said[] {
    if (this.#number === '' || this.#status === undefined) return []
    const sets = this.#sets.map(({ answered }) => answered)
    return [
      {
        scheme: 'interchange_number',
        kind: 'CONTRL',
        number: this.#number,
        status: this.#status,
        codes: this.#codes,
        sets,
      },
    ]
  }
}
