import { actorText, isSamePerson } from './actor.ts'
import type { Actor } from './report.ts'
import type { TaskState } from './state.ts'

/**
 * Whether an actor may say anew who has a task: nobody has it, they have it themselves, or they are who gave it away. `called` is what
 * people call a key that names nobody.
 */
export function isOwnClaim(
  { assignee, history }: Pick<TaskState, 'assignee' | 'history'>,
  actor: Actor,
  called: string,
): boolean {
  if (assignee === undefined) return true
  const { key, person = called } = actor
  const given = history.findLast(({ did }) => did === 'assigned')
  return isSamePerson({ key: '', person: assignee }, { key, person }) || given?.by === actorText(actor)
}
