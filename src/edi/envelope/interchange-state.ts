import type { Detected } from '../read/detected.ts'
import { type Segment, tagOf } from '../read/segment.ts'
import type { Fault } from '../read/sink.ts'
import type { VerdictCode } from '../verdict/codes.ts'
import type { Finding, Place } from '../verdict/verdict.ts'
import { CharacterCheck } from './characters.ts'
import type { Dialect } from './dialect.ts'
import type { EnvelopeOptions } from './envelope-reader.ts'
import type { EnvelopeListener, InterchangeHeader } from './events.ts'
import { Findings } from './findings.ts'
import { isNeighbour } from './neighbour.ts'
import { blankHeader, OpenGroup, type OpenSet } from './open-levels.ts'
import { SeenNumbers } from './seen-numbers.ts'

/** Which interchange of the file it is, from 0, at which byte it begins, and who hears of what is in it. */
export interface InterchangeStateOptions {
  readonly dialect: Dialect
  readonly detected: Detected
  readonly index: number
  readonly offset: number
  readonly listener: EnvelopeListener
  readonly options: EnvelopeOptions
  /** True if the file held another interchange of the same key. */
  readonly isRepeated: (key: string) => boolean
}

/** Follows one interchange through its levels: what is open, what was counted, what is wrong. */
export class InterchangeState {
  readonly #given: InterchangeStateOptions
  readonly #listener: EnvelopeListener
  readonly #dialect: Dialect
  readonly #findings: Findings
  readonly #report: (finding: Finding) => void
  readonly #groupNumbers = new SeenNumbers()
  readonly #loose: OpenGroup
  #header: InterchangeHeader | undefined
  #characters: CharacterCheck
  #group: OpenGroup | undefined
  #set: OpenSet | undefined
  #groups = 0
  #sets = 0
  #setsAccepted = 0
  #segments = 0
  #asides = 0
  #acknowledgements = 0
  #isTrailed = false
  #isStrayNoted = false
  #lastEnd: number

  constructor(given: InterchangeStateOptions) {
    const { detected, index, offset, listener, dialect } = given
    this.#given = given
    this.#listener = listener
    this.#dialect = dialect
    this.#findings = this.#findingsFor({ interchange: index, group: -1, set: -1 })
    this.#report = (finding) => this.#findings.add(finding)
    this.#loose = new OpenGroup(undefined, this.#findings)
    this.#characters = new CharacterCheck(detected.delimiters, '')
    this.#lastEnd = offset
    if (!detected.isBare) return
    this.#report({ code: 'interchange.header_missing', start: offset, end: offset })
    this.#open(blankHeader(detected.syntax, { index, delimiters: detected.delimiters, start: offset }))
  }

  #findingsFor(place: Place): Findings {
    const { severity, verdictsPerSetMax } = this.#given.options
    return new Findings(place, severity ?? {}, verdictsPerSetMax ?? 1_000)
  }

  #open(header: InterchangeHeader): void {
    this.#header = header
    this.#listener.interchangeOpened?.(header)
  }

  segment(segment: Segment): void {
    this.#segments++
    const role = this.#dialect.role(segment.packed)
    if (role === 'content') this.#content(segment)
    else {
      this.#lastEnd = segment.offset(segment.start)
      if (role === 'set') this.#beginSet(segment)
      else if (role === 'set_end') this.#endSet(segment)
      else if (role === 'aside') this.#aside(segment)
      else if (role === 'group') this.#beginGroup(segment)
      else if (role === 'group_end') this.#endGroup(segment)
      else if (role === 'interchange') this.#begin(segment)
      else this.#trail(segment)
      this.#lastEnd = segment.offset(segment.end)
    }
  }

  fault(fault: Fault): void {
    const set = this.#set
    if (set !== undefined) set.findings.add({ ...fault, segmentNumber: set.segments + 1 })
    else (this.#group?.findings ?? this.#findings).add(fault)
  }

  #content(segment: Segment): void {
    const set = this.#set
    if (set === undefined) {
      this.#outside(segment)
      return
    }
    set.segments++
    if (segment.flags !== 0 || segment.markCount > 64)
      this.#characters.check(segment, set.segments, (one) => set.findings.add(one))
    this.#listener.segment?.(segment, set.segments)
    set.check?.segment(segment, set.segments)
  }

  /** One verdict for a run of segments between sets: a lost header would otherwise give one for each segment of the set. */
  #outside(segment: Segment): void {
    if (this.#isStrayNoted) return
    this.#isStrayNoted = true
    this.#wrong(this.#group?.findings ?? this.#findings, 'segment.outside_set', segment)
  }

  #wrong(findings: Findings, code: VerdictCode, segment: Segment): void {
    findings.add({
      code,
      start: segment.offset(segment.start),
      end: segment.offset(segment.end),
      segmentTag: tagOf(segment),
      segmentNumber: 0,
    })
  }

  #begin(segment: Segment): void {
    const { detected, index, options, isRepeated } = this.#given
    if (this.#header !== undefined) {
      this.#wrong(this.#findings, 'interchange.structure_broken', segment)
      return
    }
    const header = this.#dialect.interchange(segment, index, this.#report)
    this.#characters = new CharacterCheck(detected.delimiters, header.characterSet)
    this.#characters.check(segment, 0, this.#report)
    const { sender, receiver, controlNumber, usage } = header
    const key = [
      sender.qualifier,
      sender.id,
      sender.routing,
      receiver.qualifier,
      receiver.id,
      receiver.routing,
      usage,
      controlNumber,
    ]
    if (isRepeated(key.join('\u0000'))) this.#wrong(this.#findings, 'interchange.duplicate', segment)
    for (const finding of options.judgeInterchange?.(header) ?? []) this.#report(finding)
    this.#open(header)
  }

  #aside(segment: Segment): void {
    this.#asides++
    this.#isStrayNoted = false
    if (this.#set !== undefined) this.#content(segment)
    else this.#listener.segment?.(segment, 0)
  }

  #beginGroup(segment: Segment): void {
    this.#closeSet(undefined)
    this.#closeGroup(undefined)
    this.#isStrayNoted = false
    const index = this.#groups++
    const findings = this.#findingsFor({ interchange: this.#given.index, group: index, set: -1 })
    const header = this.#dialect.group(segment, index, (finding) => findings.add(finding))
    this.#group = new OpenGroup(header, findings)
    if (this.#loose.sets > 0) this.#wrong(findings, 'interchange.mixed', segment)
    if (this.#groupNumbers.add(header.controlNumber)) this.#wrong(findings, 'group.number_repeated', segment)
    this.#characters.renew()
    this.#characters.check(segment, 0, (finding) => findings.add(finding))
    if (this.#header !== undefined) this.#listener.groupOpened?.(header, this.#header)
  }

  #beginSet(segment: Segment): void {
    this.#closeSet(undefined)
    this.#isStrayNoted = false
    const interchange = this.#header
    if (interchange === undefined) return
    const { options } = this.#given
    const group = this.#group ?? this.#loose
    const index = group.sets++
    if (++this.#sets === (options.setsMax ?? 1_000_000) + 1)
      this.#wrong(this.#findings, 'interchange.sets_too_many', segment)
    const findings = this.#findingsFor({ interchange: interchange.index, group: group.header?.index ?? -1, set: index })
    const report = (finding: Finding): void => findings.add(finding)
    const header = this.#dialect.set(segment, { index, interchange, group: group.header }, report)
    if (group.isRepeated(header.controlNumber)) this.#wrongSet(findings, 'set.number_repeated', segment, 1)
    if (group.header === undefined) this.#judgeLoose(segment)
    if (this.#dialect.isAcknowledgement(header.identifier)) this.#acknowledgements++
    const check = options.openSetCheck?.(header, report)
    const refused = options.judgeSet?.(header)
    if (refused !== undefined) this.#wrongSet(findings, refused, segment, 1)
    else if (options.openSetCheck !== undefined && check === undefined)
      this.#wrongSet(findings, 'set.unsupported', segment, 1)
    else if (isNeighbour(header, check?.version)) this.#wrongSet(findings, 'set.directory_near', segment, 1)
    this.#set = { header, findings, check, segments: 1 }
    this.#characters.renew()
    if (segment.flags !== 0) this.#characters.check(segment, 1, report)
    this.#listener.setOpened?.(header)
    this.#listener.segment?.(segment, 1)
    check?.segment(segment, 1)
  }

  /** X12 knows no sets outside of groups; EDIFACT does, but not beside groups. */
  #judgeLoose(segment: Segment): void {
    if (this.#loose.sets > 1) return
    if (this.#given.detected.syntax === 'x12') this.#wrong(this.#findings, 'interchange.structure_broken', segment)
    else if (this.#groups > 0) this.#wrong(this.#findings, 'interchange.mixed', segment)
  }

  #wrongSet(findings: Findings, code: VerdictCode, segment: Segment, number: number, element = 0): void {
    findings.add({
      code,
      start: segment.offset(segment.start),
      end: segment.offset(segment.end),
      segmentTag: tagOf(segment),
      segmentNumber: number,
      element,
    })
  }

  #endSet(segment: Segment): void {
    const set = this.#set
    if (set === undefined) {
      this.#wrong(this.#group?.findings ?? this.#findings, 'interchange.structure_broken', segment)
      return
    }
    set.segments++
    const { count, number } = this.#dialect.trailer(segment)
    if (!isCount(count, set.segments)) this.#wrongSet(set.findings, 'set.count_wrong', segment, set.segments, 1)
    if (number !== set.header.controlNumber)
      this.#wrongSet(set.findings, 'set.number_mismatch', segment, set.segments, 2)
    if (segment.flags !== 0) this.#characters.check(segment, set.segments, (one) => set.findings.add(one))
    this.#listener.segment?.(segment, set.segments)
    set.check?.segment(segment, set.segments)
    this.#closeSet(segment)
  }

  /** Without a trailer: something else began, or the file ended. */
  #closeSet(trailer: Segment | undefined): void {
    const set = this.#set
    if (set === undefined) return
    this.#set = undefined
    const end = trailer === undefined ? this.#lastEnd : trailer.offset(trailer.end)
    if (trailer === undefined)
      set.findings.add({ code: 'set.trailer_missing', start: end, end, segmentNumber: set.segments })
    set.check?.end(end)
    const { status } = set.findings
    ;(this.#group ?? this.#loose).count(status)
    if (status !== 'rejected') this.#setsAccepted++
    this.#listener.setClosed?.({
      header: set.header,
      segments: set.segments,
      status,
      verdicts: set.findings.kept,
      end,
    })
  }

  #endGroup(segment: Segment): void {
    this.#closeSet(undefined)
    this.#isStrayNoted = false
    const group = this.#group
    if (group?.header === undefined) {
      this.#wrong(this.#findings, 'interchange.structure_broken', segment)
      return
    }
    const { count, number } = this.#dialect.trailer(segment)
    if (!isCount(count, group.sets)) this.#wrong(group.findings, 'group.count_wrong', segment)
    if (!this.#dialect.isSameGroupNumber(group.header.controlNumber, number))
      this.#wrong(group.findings, 'group.number_mismatch', segment)
    this.#closeGroup(segment)
  }

  #closeGroup(trailer: Segment | undefined): void {
    const group = this.#group
    if (group?.header === undefined) return
    this.#group = undefined
    const end = trailer === undefined ? this.#lastEnd : trailer.offset(trailer.end)
    if (trailer === undefined) group.findings.add({ code: 'group.trailer_missing', start: end, end })
    const declared = trailer === undefined ? '' : this.#dialect.trailer(trailer).count
    if (trailer !== undefined && group.sets === 0 && isCount(declared, 0))
      this.#wrong(group.findings, 'group.empty', trailer)
    this.#listener.groupClosed?.(group.report(group.header, declared, end))
  }

  #trail(segment: Segment): void {
    this.#closeSet(undefined)
    this.#closeGroup(undefined)
    this.#isTrailed = true
    const header = this.#header
    if (header === undefined) return
    if (header.isBare) {
      this.#wrong(this.#findings, 'interchange.structure_broken', segment)
      return
    }
    const { count, number } = this.#dialect.trailer(segment)
    const expected = header.syntax === 'x12' || this.#groups > 0 ? this.#groups : this.#sets
    if (!isCount(count, expected)) this.#wrong(this.#findings, 'interchange.count_wrong', segment)
    if (number !== header.controlNumber) this.#wrong(this.#findings, 'interchange.number_mismatch', segment)
    if (this.#groups === 0 && this.#sets === 0 && this.#asides === 0)
      this.#wrong(this.#findings, 'interchange.empty', segment)
  }

  /** The reader is done with it. */
  end(offset: number): void {
    this.#lastEnd = offset
    this.#closeSet(undefined)
    this.#closeGroup(undefined)
    const { detected, index } = this.#given
    if (this.#header === undefined)
      this.#open(blankHeader(detected.syntax, { index, delimiters: detected.delimiters, start: offset }))
    const header = this.#header
    if (header === undefined) return
    if (!this.#isTrailed && !header.isBare)
      this.#report({ code: 'interchange.trailer_missing', start: offset, end: offset })
    this.#listener.interchangeClosed?.({
      header,
      groups: this.#groups,
      sets: this.#sets,
      setsAccepted: this.#findings.status === 'rejected' ? 0 : this.#setsAccepted,
      segments: this.#segments,
      status: this.#findings.status,
      verdicts: this.#findings.kept,
      end: offset,
      isAcknowledgement: this.#acknowledgements === this.#sets && this.#acknowledgements + this.#asides > 0,
    })
  }
}

/** Counts are compared as numbers: zeros before them are common. */
function isCount(text: string, count: number): boolean {
  return text === String(count) || (/^\d{1,15}$/.test(text) && Number(text) === count)
}
