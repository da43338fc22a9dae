import { InterlineError } from '../../base/errors.ts'
import type { Delimiters } from '../bytes/delimiters.ts'
import type { Party } from '../envelope/events.ts'
import { freeDelimiters } from './free-delimiters.ts'
import { type Alteration, SegmentWriter, type SegmentWriterOptions } from './segment-writer.ts'
import type { WrittenSegment, WrittenSet } from './written.ts'

/** A functional group to be written. */
export interface X12Group {
  readonly functionalIdentifier: string
  readonly sender: string
  readonly receiver: string
  readonly controlNumber: string
  /** GS08, for example 004010 or 004010VICS. */
  readonly version: string
  readonly sets: readonly WrittenSet[]
}

/** An X12 interchange to be written. Dates come as arguments, so that the same call gives the same bytes again. */
export interface X12Interchange {
  readonly sender: Party
  readonly receiver: Party
  /** CCYYMMDD and HHMM. */
  readonly date: string
  readonly time: string
  /** ISA12, for example 00401. */
  readonly version: string
  readonly controlNumber: string
  readonly isTest: boolean
  readonly wantsAcknowledgement: boolean
  readonly delimiters: Delimiters
  /** False where the agreement fixes the delimiters: a value that holds one is altered then. */
  readonly mayChooseDelimiters: boolean
  readonly text?: SegmentWriterOptions['text']
  readonly lineEnd?: string
  /** TA1 and other segments between ISA and the first group. */
  readonly before: readonly WrittenSegment[]
  readonly groups: readonly X12Group[]
}

/** The bytes of something written, and every value that could not be written as given. */
export interface Written {
  readonly bytes: Uint8Array
  readonly delimiters: Delimiters
  readonly alterations: readonly Alteration[]
}

/** Writes an interchange: counts are counted, never copied; ISA has its fixed width. */
export function writeX12(plan: X12Interchange): Written {
  const repetition = plan.version >= '00402' ? (plan.delimiters.repetition < 0 ? 0x5e : plan.delimiters.repetition) : -1
  const wanted = { ...plan.delimiters, repetition }
  const delimiters = plan.mayChooseDelimiters ? freeDelimiters(segmentsOf(plan), wanted) : wanted
  const { text, lineEnd } = plan
  const writer = new SegmentWriter({
    delimiters,
    ...(text === undefined ? {} : { text }),
    ...(lineEnd === undefined ? {} : { lineEnd }),
  })
  writer.raw(headerText(plan, delimiters))
  writer.raw(lineEnd ?? '')
  for (const one of plan.before) writer.segment(one)
  for (const group of plan.groups) writeGroup(writer, plan, group)
  writer.segment({ tag: 'IEA', elements: [`${plan.groups.length}`, plan.controlNumber.padStart(9, '0')] })
  return { bytes: writer.take(), delimiters, alterations: writer.alterations }
}

function writeGroup(writer: SegmentWriter, plan: X12Interchange, group: X12Group): void {
  const { functionalIdentifier, sender, receiver, controlNumber, version, sets } = group
  // GS04 has eight digits from 004010 on.
  const date = version >= '004010' ? plan.date : plan.date.slice(2)
  const agency = version.startsWith('00') ? 'X' : 'T'
  writer.segment({
    tag: 'GS',
    elements: [functionalIdentifier, sender, receiver, date, plan.time, controlNumber, agency, version],
  })
  for (const set of sets) {
    writer.segment({ tag: 'ST', elements: [set.identifier, set.controlNumber, set.version] })
    for (const one of set.segments) writer.segment(one)
    writer.segment({ tag: 'SE', elements: [`${set.segments.length + 2}`, set.controlNumber] })
  }
  writer.segment({ tag: 'GE', elements: [`${sets.length}`, controlNumber] })
}

function headerText(plan: X12Interchange, delimiters: Delimiters): string {
  const standard = delimiters.repetition < 0 ? 'U' : String.fromCharCode(delimiters.repetition)
  const elements = [
    '00'.padEnd(2),
    ''.padEnd(10),
    '00',
    ''.padEnd(10),
    fixed(plan.sender.qualifier, 2, 'ISA05'),
    fixed(plan.sender.id, 15, 'ISA06'),
    fixed(plan.receiver.qualifier, 2, 'ISA07'),
    fixed(plan.receiver.id, 15, 'ISA08'),
    fixed(plan.date.slice(2), 6, 'ISA09'),
    fixed(plan.time.slice(0, 4), 4, 'ISA10'),
    standard,
    fixed(plan.version, 5, 'ISA12'),
    fixed(plan.controlNumber.padStart(9, '0'), 9, 'ISA13'),
    plan.wantsAcknowledgement ? '1' : '0',
    plan.isTest ? 'T' : 'P',
    String.fromCharCode(delimiters.component),
  ]
  const separator = String.fromCharCode(delimiters.element)
  const unwritable = elements.slice(0, 10).findIndex((value) => value.includes(separator))
  if (unwritable >= 0) throw new InterlineError('EDI_HEADER_UNWRITABLE', { element: `ISA${unwritable + 1}` })
  return `ISA${separator}${elements.join(separator)}${String.fromCharCode(delimiters.segment)}`
}

function fixed(value: string, width: number, element: string): string {
  if (value.length > width || /[^\u0020-\u007e]/.test(value))
    throw new InterlineError('EDI_HEADER_UNWRITABLE', { element })
  return value.padEnd(width)
}

function* segmentsOf(plan: X12Interchange): Iterable<WrittenSegment> {
  const { sender, receiver } = plan
  yield { tag: 'ISA', elements: [sender.id, sender.qualifier, receiver.id, receiver.qualifier] }
  yield* plan.before
  for (const group of plan.groups) {
    yield { tag: 'GS', elements: [group.sender, group.receiver, group.version] }
    for (const set of group.sets) yield* set.segments
  }
}
