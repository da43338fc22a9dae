import type { GroupHeader, GroupReport, SetReport } from '../envelope/events.ts'
import type { Verdict } from '../verdict/verdict.ts'
import { segment, type WrittenElement, type WrittenSegment } from '../write/written.ts'
import { columnCode, distinctCodes, isTold, quotable } from './rendering.ts'

/** How the answer is written. */
export interface FunctionalForm {
  readonly form: '997' | '999'
  readonly sets: 'all' | 'with_errors'
  /** GS08 of the answer: decides which positions and elements exist. */
  readonly version: string
  /** Bytes that a quoted value must not contain. */
  readonly delimiters: readonly number[]
}

/** What AK3 and AK4 may hold for one segment. */
const elementNotesMax = 99
const codesMax = 5

/**
 * The body of a 997 or 999 for one received group, built while its sets pass: AK1, an AK2 to AK5 for each set, AK9. Nothing is
 * checked again; what the verdicts say is rendered. X12 997 and 999, ASC X12C/TS5.
 */
export class FunctionalAnswer {
  readonly segments: WrittenSegment[] = []
  readonly #form: FunctionalForm
  readonly #isExtended: boolean
  /** What is told of most sets. */
  readonly #accepted: WrittenSegment

  constructor(group: GroupHeader, form: FunctionalForm) {
    this.#form = form
    this.#isExtended = form.form === '999' || form.version >= '005'
    this.#accepted = segment(form.form === '999' ? 'IK5' : 'AK5', 'A')
    const version = this.#isExtended ? [group.version] : []
    this.segments.push(segment('AK1', group.functionalIdentifier, group.controlNumber, ...version))
  }

  set(report: SetReport): void {
    if (this.#form.sets === 'with_errors' && report.status === 'accepted') return
    const { header } = report
    const guide = this.#isExtended && header.guide !== '' ? [header.guide] : []
    this.segments.push(segment('AK2', header.identifier, header.controlNumber, ...guide))
    const status = report.status === 'accepted' ? 'A' : report.status === 'rejected' ? 'R' : 'E'
    const trailer = this.#form.form === '999' ? 'IK5' : 'AK5'
    if (report.verdicts.length === 0) {
      this.segments.push(this.#accepted)
      return
    }
    const told = report.verdicts.filter(isTold)
    const notes = this.#segmentNotes(told.filter(({ segmentNumber = 0 }) => segmentNumber > 0))
    this.segments.push(...notes)
    const own = distinctCodes(told, (verdict) => columnCode(verdict, 'set', this.#form.form), codesMax)
    const codes = notes.length > 0 && !own.includes('5') ? [...own.slice(0, codesMax - 1), '5'] : own
    this.segments.push(segment(trailer, status, ...(status === 'A' ? [] : codes)))
  }

  close(report: GroupReport): void {
    const codes = distinctCodes(
      report.verdicts.filter(isTold),
      (verdict) => columnCode(verdict, 'group', this.#form.form),
      codesMax,
    )
    const statuses = { accepted: 'A', accepted_with_errors: 'E', partly_accepted: 'P', rejected: 'R' } as const
    const declared = /^\d{1,6}$/.test(report.setsDeclared) ? report.setsDeclared : `${report.sets}`
    this.segments.push(
      segment('AK9', statuses[report.status], declared, `${report.sets}`, `${report.setsAccepted}`, ...codes),
    )
  }

  /** One note for each segment and reason, in the order of the set; the reasons of its values below. */
  #segmentNotes(told: readonly Verdict[]): WrittenSegment[] {
    const groups = new Map<string, Verdict[]>()
    const ordered = told
      .filter(
        (verdict) => this.#column(verdict, 'segment') !== undefined || this.#column(verdict, 'element') !== undefined,
      )
      .toSorted((one, other) => (one.segmentNumber ?? 0) - (other.segmentNumber ?? 0))
    for (const verdict of ordered) {
      const key = `${verdict.segmentNumber} ${verdict.segmentTag ?? ''}`
      const known = groups.get(key)
      if (known === undefined) groups.set(key, [verdict])
      else known.push(verdict)
    }
    return [...groups.values()].flatMap((verdicts) => this.#notesOf(verdicts))
  }

  #notesOf(verdicts: readonly Verdict[]): WrittenSegment[] {
    const tag = this.#form.form === '999' ? 'IK3' : 'AK3'
    const [first] = verdicts
    if (first === undefined) return []
    const place = [
      quotable(first.segmentTag ?? '', this.#form.delimiters).slice(0, 3),
      `${first.segmentNumber ?? 0}`,
      quotable(first.loopPath?.split('/').at(-1) ?? '', this.#form.delimiters).slice(0, 4),
    ]
    const elements = verdicts.filter((verdict) => this.#isAboutElement(verdict)).slice(0, elementNotesMax)
    const wholes = verdicts.filter((verdict) => !this.#isAboutElement(verdict))
    const codes = new Set(wholes.map((verdict) => this.#column(verdict, 'segment')).filter((code) => code !== '8'))
    const notes = [...codes].map((code) => segment(tag, ...place, code ?? ''))
    if (elements.length === 0 && codes.size === wholes.length) return notes
    // Two rules may find the same fault in one value: the partner is told of it once.
    const elementNotes = new Map(
      elements.map((verdict) => this.#elementNote(verdict)).map((note) => [JSON.stringify(note.elements), note]),
    )
    return [...notes, segment(tag, ...place, '8'), ...elementNotes.values()]
  }

  #isAboutElement(verdict: Verdict): boolean {
    return (verdict.element ?? 0) > 0 && this.#column(verdict, 'element') !== undefined
  }

  #elementNote(verdict: Verdict): WrittenSegment {
    const { element = 0, component = 0, repetition = 0, dataElement = '', value = '' } = verdict
    // Repetitions have a position of their own only where the standard has repetitions.
    const isRepeated = this.#isExtended && repetition > 1
    const within = component > 1 || isRepeated ? `${Math.max(component, 1)}` : ''
    const position: WrittenElement =
      within === '' ? `${element}` : [`${element}`, within, ...(isRepeated ? [`${repetition}`] : [])]
    return segment(
      this.#form.form === '999' ? 'IK4' : 'AK4',
      position,
      dataElement,
      this.#column(verdict, 'element') ?? '',
      quotable(value, this.#form.delimiters).slice(0, 99),
    )
  }

  #column(verdict: Verdict, column: 'segment' | 'element'): string | undefined {
    return columnCode(verdict, column, this.#form.form)
  }
}

/** The same answer with only the sets that were not accepted as they are: AK9 counts the others, and whoever misses one sees it there. */
export function namingErrorsOnly(segments: readonly WrittenSegment[]): WrittenSegment[] {
  const isPlainEnd = (one: WrittenSegment | undefined): boolean =>
    (one?.tag === 'AK5' || one?.tag === 'IK5') && one.elements.length === 1 && one.elements[0] === 'A'
  return segments.filter(
    (one, at) =>
      !(one.tag === 'AK2' && isPlainEnd(segments[at + 1])) && !(isPlainEnd(one) && segments[at - 1]?.tag === 'AK2'),
  )
}
