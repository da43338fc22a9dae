import { type Delimiters, delimiterProblem, edifactDelimiters, x12Delimiters } from '../bytes/delimiters.ts'
import type { Party } from '../envelope/events.ts'
import { writeEdifact } from '../write/edifact.ts'
import { anyText } from '../write/unwritable.ts'
import type { WrittenSet } from '../write/written.ts'
import { type Written, writeX12, type X12Group } from '../write/x12.ts'
import type { Answer, GroupAnswer } from './collector.ts'

/** What comes from the registry and the clock. */
export interface AnswerEnvelope {
  readonly interchange: number
  /** Number of the first group; the others follow. */
  readonly group: number
  /** CCYYMMDD and HHMM, in the zone that the partner expects. */
  readonly date: string
  readonly time: string
  /** Both sides as the agreement names them; otherwise those of the header, changed round. */
  readonly sender?: Party
  readonly receiver?: Party
}

/** Puts an answer into bytes: sender and receiver change places, version, delimiters and test flag are those of what is answered. */
export function writeAnswer(answer: Answer, numbers: AnswerEnvelope): Written {
  return answer.received.header.syntax === 'x12' ? writeX12Answer(answer, numbers) : writeContrl(answer, numbers)
}

/** How many group numbers the answer takes: sets of one version and one pair of partners share a group. */
export function groupsOfAnswer({ groups }: Answer): number {
  return gathered(groups).length
}

function writeX12Answer({ received, ta1, groups }: Answer, numbers: AnswerEnvelope): Written {
  const { header } = received
  return writeX12({
    sender: numbers.sender ?? header.receiver,
    receiver: numbers.receiver ?? header.sender,
    date: numbers.date,
    time: numbers.time,
    version: /^00\d{3}$/.test(header.version) ? header.version : '00401',
    controlNumber: `${numbers.interchange}`.padStart(9, '0'),
    isTest: header.isTest,
    wantsAcknowledgement: false,
    delimiters: usable(header.delimiters),
    mayChooseDelimiters: true,
    text: { ...anyText, isAsciiOnly: true, unwritable: 'transliterate' },
    before: ta1 === undefined ? [] : [ta1],
    groups: gathered(groups).map((same, index) => answerGroup(same, `${numbers.group + index}`)),
  })
}

function answerGroup(same: readonly GroupAnswer[], controlNumber: string): X12Group {
  const [first] = same
  return {
    functionalIdentifier: 'FA',
    sender: first?.received.header.receiver ?? '',
    receiver: first?.received.header.sender ?? '',
    controlNumber,
    version: first?.version ?? '004010',
    sets: same.map(({ form, version, segments }, index): WrittenSet => {
      const number = `${index + 1}`.padStart(4, '0')
      return { identifier: form, controlNumber: number, version: form === '999' ? guideOf(version) : '', segments }
    }),
  }
}

/** ST03 of a 999 names the guide it follows. */
function guideOf(version: string): string {
  return version.startsWith('005010') ? '005010X231A1' : version
}

function gathered(groups: readonly GroupAnswer[]): GroupAnswer[][] {
  const found = new Map<string, GroupAnswer[]>()
  for (const one of groups) {
    const { sender, receiver } = one.received.header
    const key = JSON.stringify([one.version, sender, receiver])
    found.set(key, [...(found.get(key) ?? []), one])
  }
  return [...found.values()]
}

function writeContrl({ received, contrl }: Answer, numbers: AnswerEnvelope): Written {
  const { header } = received
  const isFour = header.version === '4'
  return writeEdifact({
    characterSet: header.characterSet === '' ? 'UNOA' : header.characterSet,
    syntaxVersion: /^[1-4]$/.test(header.version) ? header.version : '3',
    sender: numbers.sender ?? header.receiver,
    receiver: numbers.receiver ?? header.sender,
    date: numbers.date,
    time: numbers.time,
    controlNumber: `${numbers.interchange}`,
    applicationReference: '',
    agreement: '',
    wantsAcknowledgement: false,
    isTest: header.isTest,
    delimiters: usable(header.delimiters),
    unwritable: 'transliterate',
    isAsciiOnly: true,
    messages: [
      {
        identifier: 'CONTRL',
        controlNumber: '1',
        version: isFour ? '4:1:UN' : 'D:3:UN',
        segments: contrl ?? [],
      },
    ],
  })
}

/** Those of the sender, unless they could not be read or are no ASCII: an answer is ASCII throughout. */
function usable(delimiters: Delimiters): Delimiters {
  const isForeign = Object.values(delimiters).some((byte) => byte > 0x7e)
  const isUnusable = isForeign || delimiterProblem(delimiters) !== undefined || delimiters.component < 0
  if (!isUnusable) return delimiters
  return delimiters.release < 0 ? x12Delimiters : edifactDelimiters
}
