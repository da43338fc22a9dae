import type { Document, TranslateContext, Translation } from '../kit/connector.ts'
import { readFile } from './file.ts'
import { meaningOfSets } from './meaning/meaning.ts'
import type { Agreement } from './policy.ts'

/**
 * What the accepted sets of a file say, and what it answers to documents of ours. What is rejected was told to the partner, and says
 * nothing here.
 */
export function translate(document: Document, { settings, connection }: TranslateContext<Agreement>): Translation {
  const { sets, answers } = readFile(document, settings)
  const { assertions: meant, unknownCodes } = meaningOfSets(sets.accepted)
  const assertions = [...answers.assertions(connection), ...meant]
  if (assertions.length === 0 && unknownCodes.length === 0)
    return { ignored: 'No set was accepted that says something.' }
  return unknownCodes.length === 0 ? { assertions } : { assertions, unknownCodes }
}
