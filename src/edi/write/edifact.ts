import { edifactCharsets } from '../bytes/charset.ts'
import { type Delimiters, edifactDelimiters } from '../bytes/delimiters.ts'
import type { Party } from '../envelope/events.ts'
import { SegmentWriter } from './segment-writer.ts'
import { anyText, type TextRule, type UnwritablePolicy } from './unwritable.ts'
import type { WrittenSet } from './written.ts'
import type { Written } from './x12.ts'

/** An EDIFACT interchange to be written. Dates come as arguments, so that the same call gives the same bytes again. */
export interface EdifactInterchange {
  /** UNOA, UNOC ... */
  readonly characterSet: string
  /** 1 to 4. */
  readonly syntaxVersion: string
  readonly sender: Party
  readonly receiver: Party
  /** CCYYMMDD and HHMM. */
  readonly date: string
  readonly time: string
  readonly controlNumber: string
  readonly applicationReference: string
  readonly agreement: string
  readonly wantsAcknowledgement: boolean
  readonly isTest: boolean
  readonly delimiters: Delimiters
  readonly unwritable: UnwritablePolicy
  /** Nothing beyond ASCII, whatever the character set allows. */
  readonly isAsciiOnly?: boolean
  readonly lineEnd?: string
  readonly messages: readonly WrittenSet[]
}

/** Writes an interchange. UNA is written where a service character is not the usual one. */
export function writeEdifact(plan: EdifactInterchange): Written {
  const repetition =
    plan.syntaxVersion === '4' ? (plan.delimiters.repetition < 0 ? 0x2a : plan.delimiters.repetition) : -1
  const delimiters = { ...plan.delimiters, repetition }
  const { lineEnd } = plan
  const writer = new SegmentWriter({
    delimiters,
    text: textRule(plan),
    ...(lineEnd === undefined ? {} : { lineEnd }),
  })
  if (isUnusual(delimiters)) writer.raw(serviceString(delimiters) + (lineEnd ?? ''))
  writer.segment({ tag: 'UNB', elements: header(plan) })
  for (const message of plan.messages) {
    writer.segment({
      tag: 'UNH',
      elements: [message.controlNumber, [message.identifier, ...message.version.split(':')]],
    })
    for (const one of message.segments) writer.segment(one)
    writer.segment({ tag: 'UNT', elements: [`${message.segments.length + 2}`, message.controlNumber] })
  }
  writer.segment({ tag: 'UNZ', elements: [`${plan.messages.length}`, plan.controlNumber] })
  return { bytes: writer.take(), delimiters, alterations: writer.alterations }
}

function header(plan: EdifactInterchange): (string | string[])[] {
  const date = plan.syntaxVersion === '4' ? plan.date : plan.date.slice(2)
  return [
    [plan.characterSet, plan.syntaxVersion],
    [plan.sender.id, plan.sender.qualifier, plan.sender.routing],
    [plan.receiver.id, plan.receiver.qualifier, plan.receiver.routing],
    [date, plan.time.slice(0, 4)],
    plan.controlNumber,
    '',
    plan.applicationReference,
    '',
    plan.wantsAcknowledgement ? '1' : '',
    plan.agreement,
    plan.isTest ? '1' : '',
  ]
}

function textRule(plan: EdifactInterchange): TextRule {
  const isSubset = plan.characterSet === 'UNOA' || plan.characterSet === 'UNOB'
  return {
    ...anyText,
    charset: edifactCharsets[plan.characterSet] ?? 'iso-8859-1',
    isAsciiOnly: isSubset || plan.isAsciiOnly === true,
    isUpperCase: plan.characterSet === 'UNOA',
    unwritable: plan.unwritable,
  }
}

function isUnusual(delimiters: Delimiters): boolean {
  const usual = { ...edifactDelimiters, repetition: delimiters.repetition === 0x2a ? 0x2a : -1 }
  return (Object.keys(usual) as (keyof Delimiters)[]).some((key) => usual[key] !== delimiters[key])
}

/** The nine characters of UNA. */
function serviceString(delimiters: Delimiters): string {
  const { component, element, decimal, release, repetition, segment } = delimiters
  const character = (byte: number): string => (byte < 0 ? ' ' : String.fromCharCode(byte))
  return `UNA${[component, element, decimal, release, repetition, segment].map(character).join('')}`
}
