import type { Breath } from '../../flow/ports.ts'
import { readTranslation, writeTranslation } from '../../flow/translate/part-translation.ts'
import type { Meaning } from '../../flow/translate/translated.ts'
import type { Assertion } from '../../model/fact.ts'
import type { WrittenMeaning } from './document-question.ts'

/** Writes what a document means for another thread. Not for corrections, which no reader is asked about. */
export function writeMeaning({ translation, receipts, attempt }: Meaning): WrittenMeaning {
  if ('corrects' in translation) throw new TypeError('a correction means nothing by itself')
  const has = 'assertions' in translation
  return {
    translation: writeTranslation(has ? { ...translation, assertions: [] } : translation),
    assertions: has ? pieces(translation.assertions) : [],
    ...(receipts === undefined ? {} : { receipts: pieces(receipts) }),
    ...(attempt === undefined ? {} : { attempt }),
  }
}

/** Reads what `writeMeaning` wrote, with pauses in which everybody else has the thread. */
export async function readMeaning(written: WrittenMeaning, breath: Breath): Promise<Meaning> {
  const translation = readTranslation(written.translation)
  const assertions = await join(written.assertions, breath)
  const { receipts, attempt } = written
  return {
    translation: 'assertions' in translation ? { ...translation, assertions } : translation,
    ...(receipts === undefined ? {} : { receipts: await join(receipts, breath) }),
    ...(attempt === undefined ? {} : { attempt }),
  }
}

function pieces(assertions: readonly Assertion[]): string[] {
  const written: string[] = []
  for (let at = 0; at < assertions.length; at += pieceMost)
    written.push(JSON.stringify(assertions.slice(at, at + pieceMost)))
  return written
}

async function join(written: readonly string[], breath: Breath): Promise<Assertion[]> {
  const assertions: Assertion[] = []
  for (const piece of written) {
    assertions.push(...(JSON.parse(piece) as readonly Assertion[]))
    await breath.pause()
  }
  return assertions
}

/** Assertions of one piece: read in less than a millisecond. */
const pieceMost = 100
