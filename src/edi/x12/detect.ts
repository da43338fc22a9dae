import { type Delimiters, delimiterProblem, isAlphanumeric, isBlank } from '../bytes/delimiters.ts'
import { type Detected, freeByte, isWrapped } from '../read/detected.ts'
import type { FaultCode } from '../read/fault.ts'

/** Where the element separators of an ISA of 106 bytes stand. X12.5, interchange header. */
const separatorPositions = [3, 6, 17, 20, 31, 34, 50, 53, 69, 76, 81, 83, 89, 99, 101, 103]
const afterHeader = ['GS', 'TA1', 'ISB', 'IEA']

/**
 * Reads the delimiters out of an ISA: by position if the header has its fixed width, else by counting sixteen separators and
 * looking at what stands before the next segment. `undefined` if this is no ISA at all.
 */
export function detectX12(bytes: Uint8Array): Detected | undefined {
  const element = bytes[3]
  if (element === undefined || isAlphanumeric(element) || element === 0x20 || !startsWith(bytes, 'ISA', 0))
    return undefined
  const direct = judge(bytes, element, false)
  if (direct?.isFixedWidth === true) return direct
  const lines = bytes.filter((byte) => byte !== 0x0a && byte !== 0x0d)
  // A line end inside the header: wrapped by a transport, unless the line end is the terminator.
  const unwrapped = bytes.subarray(0, 106).some((byte) => byte === 0x0a || byte === 0x0d)
    ? judge(lines, element, true)
    : undefined
  if (unwrapped?.isFixedWidth === true) return unwrapped
  return direct ?? unwrapped ?? unreadable(element)
}

function judge(bytes: Uint8Array, element: number, isUnwrapped: boolean): Detected | undefined {
  const isStrict = separatorPositions.every((at) => bytes[at] === element)
  const last = isStrict ? 103 : nthSeparator(bytes, element)
  if (last === undefined) return undefined
  const next = nextSegment(bytes, last + 1, element)
  const component = characterAt(bytes, last + 1)
  const terminator = isStrict && component.length === 1 ? strictTerminator(bytes, next) : undefined
  if (terminator !== undefined)
    return detected({
      bytes,
      element,
      component,
      terminator: Uint8Array.of(terminator),
      isFixedWidth: true,
      isUnwrapped,
    })
  if (next === undefined) return undefined
  const between = bytes.subarray(last + 1, next)
  const rest = between.subarray(component.length)
  const ink = [...rest].findIndex((byte) => isBlank(byte))
  const visible = ink < 0 ? rest : rest.subarray(0, ink)
  const isOnlySpace = rest.length > 0 && visible.length === 0
  const found = isOnlySpace
    ? rest.filter((byte) => byte === 0x0a || byte === 0x0d).subarray(0, 1)
    : usedTerminator(bytes.subarray(next), visible.subarray(0, 4))
  // One character and no more: a terminator after an empty ISA16 if segments end in it, else there is no terminator.
  if (found.length === 0 && component.length === 1 && endsSegments(bytes, component[0] ?? 0, element))
    return detected({
      bytes,
      element,
      component: new Uint8Array(0),
      terminator: component,
      isFixedWidth: false,
      isUnwrapped,
    })
  if (found.length === 0) return undefined
  // A copy: the bytes given are the reader's window, which moves on.
  return detected({ bytes, element, component, terminator: found.slice(), isFixedWidth: isStrict, isUnwrapped })
}

interface Found {
  readonly bytes: Uint8Array
  readonly element: number
  readonly component: Uint8Array
  readonly terminator: Uint8Array
  readonly isFixedWidth: boolean
  readonly isUnwrapped: boolean
}

function detected({ bytes, element, component, terminator, isFixedWidth, isUnwrapped }: Found): Detected {
  const faults: FaultCode[] = []
  const taken = [element]
  const single = (sequence: Uint8Array): number => {
    if (sequence.length === 0) return -1
    const byte = sequence.length === 1 ? (sequence[0] ?? -1) : freeByte(bytes, taken)
    taken.push(byte)
    return byte
  }
  const delimiters: Delimiters = {
    element,
    component: single(component),
    segment: single(terminator),
    repetition: repetitionOf(bytes, element),
    release: -1,
    decimal: 0x2e,
  }
  const replacements = [
    { sequence: component, by: delimiters.component },
    { sequence: terminator, by: delimiters.segment },
  ].filter(({ sequence }) => sequence.length > 1)
  const dropLineEnds = isUnwrapped || isWrapped(bytes, delimiters.segment)
  if (dropLineEnds) faults.push('bytes.wrapped')
  if (!isFixedWidth) faults.push('header.damaged')
  if (replacements.length > 0) faults.push('delimiter.several_bytes')
  const problem = delimiterProblem(delimiters)
  if (problem !== undefined) faults.push(`delimiter.${problem}_unusable`)
  else if (delimiters.component < 0) faults.push('delimiter.component_unusable')
  return {
    syntax: 'x12',
    delimiters,
    skip: 0,
    rule: dropLineEnds || replacements.length > 0 ? { dropLineEnds, replacements } : undefined,
    isFixedWidth,
    isBare: false,
    faults,
    sequences: {
      ...(component.length > 1 ? { component } : {}),
      ...(terminator.length > 1 ? { segment: terminator } : {}),
    },
  }
}

/** Byte 105, unless it is text (then the terminator is missing) or more than white space stands before the next segment. */
function strictTerminator(bytes: Uint8Array, next: number | undefined): number | undefined {
  const byte = bytes[105]
  if (byte === undefined || isAlphanumeric(byte) || byte >= 0x80 || byte === 0x20) return undefined
  return next === undefined || bytes.subarray(106, next).every((one) => isBlank(one)) ? byte : undefined
}

/** All that stands before white space; if the file never uses it again but does use its last character, that one. */
function usedTerminator(rest: Uint8Array, sequence: Uint8Array): Uint8Array {
  if (sequence.length < 2) return sequence
  const isUsed = (wanted: Uint8Array): boolean =>
    rest.some((_, at) => wanted.every((byte, index) => rest[at + index] === byte))
  const last = sequence.subarray(-1)
  return isUsed(sequence) || (last[0] ?? 0) >= 0x80 || !isUsed(last) ? sequence : last
}

/** ISA11 is a standards identifier up to version 00401, the repetition separator from 00402. */
function repetitionOf(bytes: Uint8Array, element: number): number {
  const eleventh = nthSeparator(bytes, element, 11)
  const twelfth = nthSeparator(bytes, element, 12)
  if (eleventh === undefined || twelfth === undefined) return -1
  const version = String.fromCharCode(...bytes.subarray(twelfth + 1, twelfth + 6))
  const byte = bytes[eleventh + 1] ?? 0x20
  return twelfth - eleventh === 2 && version >= '00402' && !isAlphanumeric(byte) && byte !== 0x20 && byte !== element
    ? byte
    : -1
}

function nthSeparator(bytes: Uint8Array, element: number, nth = 16): number | undefined {
  let count = 0
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === element && ++count === nth) return at
  return undefined
}

/** Start of the segment after the header, at most a few bytes after the component separator. */
function nextSegment(bytes: Uint8Array, from: number, element: number): number | undefined {
  for (let at = from; at < Math.min(from + 64, bytes.length); at++)
    for (const tag of afterHeader) if (startsWith(bytes, tag, at) && bytes[at + tag.length] === element) return at
  return undefined
}

/** One character: a byte, or all bytes of a UTF-8 sequence. */
function characterAt(bytes: Uint8Array, at: number): Uint8Array {
  const lead = bytes[at] ?? 0
  const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1
  const isSequence = bytes.subarray(at + 1, at + length).every((byte) => (byte & 0xc0) === 0x80)
  return bytes.slice(at, at + (isSequence ? length : 1))
}

function endsSegments(bytes: Uint8Array, byte: number, element: number): boolean {
  for (let at = 0; at + 3 < bytes.length; at++)
    if (bytes[at] === byte && startsWith(bytes, 'ST', at + 1) && bytes[at + 3] === element) return true
  return false
}

function startsWith(bytes: Uint8Array, text: string, at: number): boolean {
  for (let index = 0; index < text.length; index++) if (bytes[at + index] !== text.charCodeAt(index)) return false
  return true
}

function unreadable(element: number): Detected {
  return {
    syntax: 'x12',
    delimiters: { element, component: -1, segment: -1, repetition: -1, release: -1, decimal: 0x2e },
    skip: 0,
    rule: undefined,
    isFixedWidth: false,
    isBare: false,
    faults: ['header.unreadable'],
    sequences: {},
  }
}
