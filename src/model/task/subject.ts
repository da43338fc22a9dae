import { shortHash } from '../../base/sha256.ts'
import { entities } from '../fact.ts'

/** Hub id of a task. The same question of the same origin has the same one, however often it is asked; `n` tells later ones apart. */
export function taskSubject(task: {
  readonly tenant: string
  /** Hub id of who asks, or another key that is unique in the tenant. */
  readonly origin: string
  readonly name: string
  readonly n: number | string
}): string {
  return `${entities.task}_${shortHash(`${task.tenant}|${task.origin}|${task.name}|${task.n}`)}`
}
