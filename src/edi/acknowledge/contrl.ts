import type { GroupReport, InterchangeHeader, InterchangeReport, SetReport } from '../envelope/events.ts'
import type { Verdict } from '../verdict/verdict.ts'
import { segment, type WrittenElement, type WrittenSegment } from '../write/written.ts'
import { contrlCode, isTold } from './rendering.ts'

/** Codes of list 0083. */
const rejected = '4'
const acknowledged = '7'
const received = '8'

/**
 * The body of a CONTRL for one received interchange, built while its messages pass. Only what is wrong gets a segment of its
 * own: 7 acknowledges all below that is not named. ISO 9735 part 4 for syntax version 4, the batch directory before it.
 */
export class ContrlAnswer {
  readonly #version: string
  readonly #groups: { readonly own: WrittenSegment; readonly below: WrittenSegment[]; readonly isNamed: boolean }[] = []
  #messages: WrittenSegment[] = []

  constructor(header: InterchangeHeader) {
    this.#version = header.version
  }

  message(report: SetReport): void {
    if (report.status === 'accepted') return
    const told = report.verdicts.filter(isTold)
    const { identifier, version, guide, controlNumber } = report.header
    const own = told.find((verdict) => !isBelow(verdict))
    const type = [identifier, ...version.split(':'), ...(guide === '' ? [] : [guide])]
    this.#messages.push(
      segment(
        'UCM',
        controlNumber,
        type,
        report.status === 'rejected' ? rejected : acknowledged,
        ...(own === undefined ? [] : this.#error(own)),
      ),
      ...this.#segmentNotes(told.filter(isBelow)),
    )
  }

  group(report: GroupReport): void {
    const { header } = report
    const own = report.verdicts.filter(isTold)[0]
    const action = report.verdicts.some(({ severity }) => severity === 'reject') ? rejected : acknowledged
    const part = (id: string): WrittenElement => [id]
    this.#groups.push({
      own: segment(
        'UCF',
        header.controlNumber,
        part(header.sender),
        part(header.receiver),
        action,
        ...(own === undefined ? [] : this.#error(own)),
      ),
      below: action === rejected ? [] : this.#messages,
      isNamed: report.status !== 'accepted',
    })
    this.#messages = []
  }

  /** The whole body, when the interchange has been read. */
  close(report: InterchangeReport, kind: 'receipt' | 'full'): WrittenSegment[] {
    const { header } = report
    const isRejected = report.status === 'rejected'
    const own = report.verdicts.filter(isTold).toSorted((one, other) => weight(one) - weight(other))[0]
    const action = isRejected ? rejected : kind === 'receipt' ? received : acknowledged
    const head = segment(
      'UCI',
      header.controlNumber,
      [header.sender.id, header.sender.qualifier, header.sender.routing],
      [header.receiver.id, header.receiver.qualifier, header.receiver.routing],
      action,
      ...(own === undefined || (!isRejected && kind === 'receipt') ? [] : this.#error(own)),
    )
    if (isRejected || kind === 'receipt') return [head]
    const groups = this.#groups
      .filter(({ isNamed, below }) => isNamed || below.length > 0)
      .flatMap((group) => [group.own, ...group.below])
    return [head, ...this.#messages, ...groups]
  }

  /** Error code, and where in a control segment it is. */
  #error(verdict: Verdict): WrittenElement[] {
    const code = contrlCode(verdict, this.#version)
    const { segmentTag = '', element = 0, component = 0 } = verdict
    if (!/^UN[A-Z]$/.test(segmentTag)) return [code]
    return element === 0 ? [code, segmentTag] : [code, segmentTag, this.#position(element, component)]
  }

  /** One UCS for each segment, one UCD for each value. A position of a segment counts UNH as 1, of an element the tag as 1. */
  #segmentNotes(told: readonly Verdict[]): WrittenSegment[] {
    const notes: WrittenSegment[] = []
    let last = 0
    const ordered = told.toSorted((one, other) => (one.segmentNumber ?? 0) - (other.segmentNumber ?? 0))
    for (const verdict of ordered) {
      const { segmentNumber = 0, element = 0, component = 0, repetition = 0 } = verdict
      const code = contrlCode(verdict, this.#version)
      if (element === 0) {
        notes.push(segment('UCS', `${segmentNumber}`, code))
        last = segmentNumber
        continue
      }
      if (last !== segmentNumber) notes.push(segment('UCS', `${segmentNumber}`))
      last = segmentNumber
      notes.push(segment('UCD', code, this.#position(element, component, repetition)))
    }
    return notes
  }

  #position(element: number, component: number, repetition = 0): WrittenElement {
    const isRepeated = this.#version === '4' && repetition > 1
    const parts = [`${element + 1}`]
    if (component > 1 || isRepeated) parts.push(`${Math.max(component, 1)}`)
    if (isRepeated) parts.push(`${repetition}`)
    return parts
  }
}

/** Inside the message: not of its header or trailer. */
function isBelow({ segmentNumber = 0, segmentTag }: Verdict): boolean {
  return segmentNumber > 0 && segmentTag !== 'UNH' && segmentTag !== 'UNT'
}

function weight({ severity }: Verdict): number {
  return severity === 'reject' ? 0 : 1
}
