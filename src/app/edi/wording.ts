import type { InterchangeHeader, Party } from '../../edi/envelope/events.ts'
import { verdictCodes } from '../../edi/verdict/codes.ts'
import type { Verdict } from '../../edi/verdict/verdict.ts'

/** Where a verdict is, as a person looks for it. */
export function placeOf(verdict: Verdict): string {
  const { segmentTag = '', segmentNumber = 0, element = 0, component = 0, repetition = 0 } = verdict
  const value =
    element === 0
      ? ''
      : `${`${element}`.padStart(2, '0')}${component > 1 ? `-${component}` : ''}${repetition > 1 ? `(${repetition})` : ''}`
  const within = [
    verdict.interchange < 0 ? '' : `interchange ${verdict.interchange + 1}`,
    verdict.group < 0 ? '' : `group ${verdict.group + 1}`,
    verdict.set < 0 ? '' : `set ${verdict.set + 1}`,
    segmentNumber > 0 ? `segment ${segmentNumber}` : '',
    `${segmentTag}${value}`,
  ]
  return within.filter((part) => part !== '').join(', ')
}

/** What a verdict says, in a sentence. */
export function sentenceOf(verdict: Verdict): string {
  const value = verdict.value === undefined || verdict.value === '' ? '' : ` Found: ${verdict.value}`
  return `${verdictCodes[verdict.code].title}${value}`
}

/** `02:MERIDIAN` as people write identifiers. */
export function partyOf({ qualifier, id, routing }: Party): string {
  return [qualifier, id, routing].filter((part) => part !== '').join(':')
}

/** The delimiters of an interchange, by name. */
export function delimitersOf({ delimiters }: InterchangeHeader): string {
  const names = ['segment', 'element', 'component', 'repetition', 'release'] as const
  return names
    .filter((name) => delimiters[name] >= 0)
    .map((name) => `${name} ${characterOf(delimiters[name])}`)
    .join(', ')
}

function characterOf(byte: number): string {
  const names: Readonly<Record<number, string>> = {
    0x0a: 'line feed',
    0x0d: 'carriage return',
    0x09: 'tab',
    0x20: 'blank',
  }
  return names[byte] ?? (byte < 0x20 || byte > 0x7e ? `byte ${byte.toString(16)}` : String.fromCharCode(byte))
}
