import { type Delimiters, delimiterProblem, edifactDelimiters, isAlphanumeric, isBlank } from '../bytes/delimiters.ts'
import { latin1Text } from '../bytes/text.ts'
import { type Detected, isWrapped } from '../read/detected.ts'
import type { FaultCode } from '../read/fault.ts'

const openers = ['UNB', 'UNG', 'UNH']

/**
 * Reads the service characters out of a UNA, or out of what stands around them where it is short or absent. ISO 9735 part 1.
 * `undefined` if this is no start of an interchange or message.
 */
export function detectEdifact(bytes: Uint8Array): Detected | undefined {
  if (bytes[0] !== 0x55 || bytes[3] === undefined || isAlphanumeric(bytes[3]) || isBlank(bytes[3])) return undefined
  const text = latin1Text(bytes, 0, bytes.length)
  if (text.startsWith('UNA')) return withServiceString(bytes, text)
  if (!openers.some((tag) => text.startsWith(tag))) return undefined
  const { delimiters, faults } = withoutServiceString(bytes, text)
  return finish({ bytes, text, opener: 0, delimiters, faults })
}

function withServiceString(bytes: Uint8Array, text: string): Detected | undefined {
  const opener = openerAfter(text, bytes)
  if (opener === undefined) return undefined
  const isWhole =
    opener >= 9 &&
    text
      .slice(9, opener)
      .split('')
      .every((_, index) => isBlank(bytes[9 + index]))
  const delimiters = isWhole ? wholeServiceString(bytes) : shortServiceString(bytes, opener)
  return finish({ bytes, text, opener, delimiters, faults: isWhole ? [] : ['delimiter.service_string_damaged'] })
}

function wholeServiceString(bytes: Uint8Array): Delimiters {
  return {
    component: bytes[3] ?? -1,
    element: bytes[4] ?? -1,
    decimal: bytes[5] ?? 0x2e,
    release: bytes[6] === 0x20 ? -1 : (bytes[6] ?? -1),
    repetition: bytes[7] === 0x20 ? -1 : (bytes[7] ?? -1),
    segment: bytes[8] ?? -1,
  }
}

/** The last visible character ends segments, the first two are component and element separator, the others follow in order. */
function shortServiceString(bytes: Uint8Array, opener: number): Delimiters {
  const visible = [...bytes.subarray(3, opener)].filter((byte) => !isBlank(byte))
  const middle = visible.slice(2, -1)
  return {
    component: visible[0] ?? edifactDelimiters.component,
    element: visible[1] ?? edifactDelimiters.element,
    decimal: middle[0] ?? edifactDelimiters.decimal,
    release: middle[1] ?? edifactDelimiters.release,
    repetition: middle[2] ?? -1,
    segment: visible.length > 2 ? (visible.at(-1) ?? edifactDelimiters.segment) : edifactDelimiters.segment,
  }
}

function openerAfter(text: string, bytes: Uint8Array): number | undefined {
  for (let at = 5; at <= Math.min(text.length - 3, 9 + 24); at++)
    if (openers.includes(text.slice(at, at + 3)) && !isAlphanumeric(bytes[at + 3])) return at
  return undefined
}

function withoutServiceString(bytes: Uint8Array, text: string): { delimiters: Delimiters; faults: FaultCode[] } {
  const element = bytes[3] ?? edifactDelimiters.element
  // The separator after the tag is not the usual one: the others are found where they must stand.
  if (element !== edifactDelimiters.element) return unusual(bytes, text, element)
  const lineEnd = text.search(/[\r\n]/)
  const isByLine = lineEnd > 0 && !text.slice(0, lineEnd).includes("'") && /^[\r\n]+(UNH|UNG)/.test(text.slice(lineEnd))
  return isByLine
    ? {
        delimiters: { ...edifactDelimiters, segment: bytes[lineEnd] ?? 0x0a },
        faults: ['delimiter.service_string_damaged'],
      }
    : { delimiters: edifactDelimiters, faults: [] }
}

function unusual(bytes: Uint8Array, text: string, element: number): { delimiters: Delimiters; faults: FaultCode[] } {
  const separator = String.fromCharCode(element)
  const next = ['UNH', 'UNG'].map((tag) => text.indexOf(tag + separator, 4)).filter((at) => at > 0)
  let end = Math.min(...next) - 1
  while (end > 4 && isBlank(bytes[end])) end--
  const component = text.startsWith('UNB') ? bytes[8] : undefined
  const delimiters = {
    ...edifactDelimiters,
    element,
    component: component === undefined || isAlphanumeric(component) ? edifactDelimiters.component : component,
    segment: Number.isFinite(end) ? (bytes[end] ?? edifactDelimiters.segment) : edifactDelimiters.segment,
  }
  return { delimiters, faults: ['delimiter.service_string_damaged'] }
}

interface Found {
  readonly bytes: Uint8Array
  readonly text: string
  readonly opener: number
  readonly delimiters: Delimiters
  readonly faults: readonly FaultCode[]
}

function finish({ bytes, text, opener, delimiters, faults }: Found): Detected {
  const found: FaultCode[] = [...faults]
  const settled = { ...delimiters, repetition: repetitionOf(text, opener, delimiters) }
  const dropLineEnds = isWrapped(bytes.subarray(opener), settled.segment) || isWrapped(bytes, settled.segment)
  if (dropLineEnds) found.push('bytes.wrapped')
  const problem = delimiterProblem(settled)
  if (problem !== undefined) found.push(`delimiter.${problem}_unusable`)
  // White space after a whole UNA is kept as such: a copy of the file needs it.
  const skip = opener >= 9 ? 9 : opener
  return {
    syntax: 'edifact',
    delimiters: settled,
    skip,
    ...(skip === 0 ? {} : { skipped: bytes.slice(0, skip) }),
    rule: dropLineEnds ? { dropLineEnds, replacements: [] } : undefined,
    isFixedWidth: true,
    isBare: !text.startsWith('UNB', opener),
    faults: found,
    sequences: {},
  }
}

/** Only syntax version 4 repeats elements; before it the fifth service character is reserved. */
function repetitionOf(text: string, opener: number, delimiters: Delimiters): number {
  if (!text.startsWith('UNB', opener)) return -1
  const version = text.slice(opener + 4).split(String.fromCharCode(delimiters.component), 2)[1]
  if (version?.startsWith('4') !== true) return -1
  return delimiters.repetition >= 0
    ? delimiters.repetition
    : delimiters.segment === 0x2a || delimiters.element === 0x2a
      ? -1
      : 0x2a
}
