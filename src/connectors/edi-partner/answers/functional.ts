import { type Segment, textOf } from '../../../edi/read/segment.ts'
import type { AnswerStatus } from '../../../model/transmission/report.ts'
import { type AnswerReading, filled, OpenSet, type Said, valuesOf } from './said.ts'

/** TA104, AK501, AK901; the letters of security mean that it was refused. */
const statuses: Readonly<Record<string, AnswerStatus>> = {
  A: 'accepted',
  E: 'accepted_with_errors',
  M: 'rejected',
  P: 'partly_accepted',
  R: 'rejected',
  W: 'rejected',
  X: 'rejected',
}

/** TA1: the interchange as a whole. */
export function ta1Said(segment: Segment): Said | undefined {
  const status = statuses[textOf(segment, 4)]
  const number = textOf(segment, 1)
  const note = textOf(segment, 5)
  if (status === undefined || number === '') return undefined
  const codes = note === '' || note === '000' ? [] : [note]
  return { scheme: 'interchange_number', kind: 'TA1', number, status, codes, sets: [] }
}

/** 997 and 999: one group, its sets, and where they are wrong. */
export class FunctionalReading implements AnswerReading {
  readonly #kind: '997' | '999'
  readonly #sets: OpenSet[] = []
  #number = ''
  #status: AnswerStatus | undefined
  #codes: readonly string[] = []
  #place = { segment: '', position: '' }

  constructor(kind: '997' | '999') {
    this.#kind = kind
  }

  segment(tag: string, segment: Segment): void {
    const set = this.#sets.at(-1)
    switch (tag) {
      case 'AK1':
        this.#number = textOf(segment, 2).trim()
        return
      case 'AK2':
        this.#sets.push(new OpenSet(textOf(segment, 1), textOf(segment, 2).trim()))
        return
      case 'AK3':
      case 'IK3': {
        this.#place = { segment: textOf(segment, 1), position: textOf(segment, 2) }
        const code = textOf(segment, 4)
        // 8 only says that errors of elements follow.
        if (code !== '8') set?.note(filled({ ...this.#place, code }))
        return
      }
      case 'AK4':
      case 'IK4':
        set?.note(
          filled({ ...this.#place, element: textOf(segment, 1), code: textOf(segment, 3), text: textOf(segment, 4) }),
        )
        return
      case 'AK5':
      case 'IK5':
        if (set === undefined) return
        set.status = statuses[textOf(segment, 1)] ?? 'rejected'
        set.codes = valuesOf(segment, 2, 6)
        return
      case 'AK9':
        this.#status = statuses[textOf(segment, 1)]
        this.#codes = valuesOf(segment, 5, 9)
    }
  }

  said(): readonly Said[] {
    const sets = this.#sets.map(({ answered }) => answered)
    const isRejected = sets.some(({ status }) => status === 'rejected')
    const status = this.#status ?? (sets.length === 0 ? undefined : isRejected ? 'rejected' : 'accepted')
    if (this.#number === '' || status === undefined) return []
    return [{ scheme: 'group_number', kind: this.#kind, number: this.#number, status, codes: this.#codes, sets }]
  }
}
