import type { TaskChoice } from '../../model/task/report.ts'
import type { TaskDefinition } from './definition.ts'

/** Makes tasks that are about the same objects, with the same evidence for the same role. */
export function tasksOf<K>(
  base: Pick<TaskDefinition<K>, 'escalateTo' | 'evidence' | 'objects' | 'role'>,
): (about: string, rest: Pick<TaskDefinition<K>, 'decisions' | 'due' | 'question' | 'when'>) => TaskDefinition<K> {
  return (about, rest) => ({ about, ...base, ...rest })
}

/** What follows from a decision to go on waiting, where the timer of the state begins anew. */
export const askedAgain = 'It is asked again when the same time has passed once more.'

/** The decision to go on waiting. */
export const wait: TaskChoice = { name: 'wait', label: 'Wait', consequence: askedAgain }
