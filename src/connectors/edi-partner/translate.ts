import type { Document, TranslateContext, Translation } from '../kit/connector.ts'
import { readFile } from './file.ts'
import { meaningOfSets } from './meaning/meaning.ts'
import type { Agreement } from './policy.ts'

/** What the accepted sets of a file say. What is rejected was told to the partner, and says nothing here. */
export function translate(document: Document, { settings }: TranslateContext<Agreement>): Translation {
  const { assertions, unknownCodes } = meaningOfSets(readFile(document, settings).sets.accepted, settings)
  if (assertions.length === 0 && unknownCodes.length === 0)
    return { ignored: 'No set was accepted that says something.' }
  return unknownCodes.length === 0 ? { assertions } : { assertions, unknownCodes }
}
