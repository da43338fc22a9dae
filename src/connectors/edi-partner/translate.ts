import { InterlineError } from '../../base/errors.ts'
import type { Document, TranslateContext, Translation } from '../kit/connector.ts'
import { readFile } from './file.ts'
import { meaningOfSets } from './meaning/meaning.ts'
import type { Agreement } from './policy.ts'

/**
 * What the accepted sets of a file say, and what it answers to documents of ours. What is rejected was told to the partner, and says
 * nothing here. A set that cannot be understood waits; what becomes of the others was agreed.
 */
export function translate(document: Document, { settings, connection }: TranslateContext<Agreement>): Translation {
  const { sets, answers } = readFile(document, settings)
  const { assertions: meant, unknownCodes, failures } = meaningOfSets(sets.accepted)
  const assertions = [...answers.assertions(connection), ...meant]
  const [first] = failures
  if (first !== undefined && (settings.notUnderstood === 'park_file' || assertions.length === 0)) throw first
  if (assertions.length === 0 && unknownCodes.length === 0)
    return { ignored: 'No set was accepted that says something.' }
  return {
    assertions,
    ...(unknownCodes.length === 0 ? {} : { unknownCodes }),
    ...(first === undefined ? {} : { rest: restOf(failures, sets.accepted.length) }),
  }
}

/** Why some sets wait: each is named by its place, up to a few. Throws what is a fault of ours. */
function restOf(failures: readonly unknown[], accepted: number): InterlineError {
  const sentences = failures.map((failure) => {
    if (failure instanceof InterlineError) return failure.message
    throw failure
  })
  const first = sentences.slice(0, failuresTold).join(' ')
  return new InterlineError('EDI_SETS_PARKED', { sets: accepted - failures.length, faults: failures.length, first })
}

/** Sets that are named; all are counted. */
const failuresTold = 5
