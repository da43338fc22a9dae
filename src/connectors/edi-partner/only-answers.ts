import { EnvelopeReader } from '../../edi/envelope/envelope-reader.ts'
import { answerSets } from './answers/answer-sets.ts'
import { readAtTheDoorMax } from './door.ts'
import type { Naming } from './meaning/naming.ts'

/** What the business of a partner answers: tenders, orders, what a warehouse was told to ship or to expect, bookings. */
const businessAnswers: ReadonlySet<string> = new Set([
  ...['855', '861', '865', '944', '945', '990', 'IFTMBC', 'ORDRSP', 'RECADV'],
])

/**
 * Whether a file holds nothing but answers: receipts of interchanges and groups, and what the business says to a document of ours. One set of
 * anything else makes it new work, because a file is taken whole or not at all. Never throws.
 */
export function onlyAnswers(bytes: Uint8Array, { notices }: Pick<Naming, 'notices'>): boolean {
  if (bytes.length > readAtTheDoorMax) return false
  let answers = 0
  let others = 0
  const reader = new EnvelopeReader({
    // A TA1 or CONTRL needs no group and no set around it.
    interchangeOpened: ({ isBare }) => {
      if (isBare) others++
      else answers++
    },
    setOpened: ({ identifier }) => {
      const isAnswer = answerSets.has(identifier) || businessAnswers.has(identifier)
      if (isAnswer || (identifier === 'DESADV' && notices === 'warehouse')) answers++
      else others++
    },
  })
  reader.feed(bytes)
  reader.end()
  return answers > 0 && others === 0
}
