import { Environment } from '@marcbachmann/cel-js'
import { InterlineError } from '../../base/errors.ts'
import type { CheckSample } from '../check-store.ts'

/** Judges one answer: true it is bad, false it is good, undefined: nobody can say. */
export type Condition = (answer: Pick<CheckSample, 'asked' | 'state' | 'value'>) => boolean | undefined

/** Characters of a condition. */
export const conditionMost = 500
/** Bounds of what is read and done: there are no loops but over lists that are written out. */
const limits = { maxAstNodes: 200, maxDepth: 20, maxListElements: 10, maxMapEntries: 10, maxCallArguments: 4 }

const environment = new Environment({ limits })
  .registerVariable('value', 'double')
  .registerVariable('asked', 'double')
  .registerVariable('share', 'double')
  .registerVariable('state', 'string')

/**
 * Reads a condition: CEL over `value`, `asked`, `share` (value of asked) and `state`. An answer that nobody knows makes what asks for
 * figures unknown, not false. Throws ALERT_CONDITION_INVALID.
 */
export function readCondition(text: string): Condition {
  const refuse = (problem: string, cause?: unknown): InterlineError =>
    new InterlineError('ALERT_CONDITION_INVALID', { problem: problem.split('\n', 1)[0]?.slice(0, 200) ?? '' }, cause)
  if (text.length > conditionMost) throw refuse(`it is longer than ${conditionMost} characters`)
  // A search by pattern can take for ever on a short text; nothing here needs one.
  if (/\bmatches\s*\(/.test(text)) throw refuse('matches is not possible here')
  let evaluate: ReturnType<Environment['parse']>
  try {
    evaluate = environment.parse(text)
  } catch (error) {
    throw refuse(messageOf(error), error)
  }
  const checked = evaluate.check()
  if (!checked.valid) throw refuse(messageOf(checked.error))
  if (String(checked.type) !== 'bool') throw refuse(`it gives ${String(checked.type)} and not true or false`)
  return ({ value, asked, state }) => {
    const isKnown = state !== 'unknown' && state !== 'failed'
    const figures = {
      ...(value === undefined ? {} : { value }),
      ...(asked === undefined ? {} : { asked }),
      ...(value === undefined || asked === undefined || asked === 0 ? {} : { share: value / asked }),
    }
    const isBad = judged(() => evaluate({ ...figures, state }))
    return isBad === true || isKnown ? isBad : undefined
  }
}

/** Figures that are not known, and nothing else, make it unknown. */
function judged(evaluate: () => unknown): boolean | undefined {
  try {
    const result = evaluate()
    return typeof result === 'boolean' ? result : undefined
  } catch {
    return undefined
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'it cannot be read'
}
