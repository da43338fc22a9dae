import type { QueryClient } from '@tanstack/react-query'
import type { Change } from './live.ts'
import { topicOf } from './topic.ts'

/**
 * What is shown of the objects that changed is read again, one reading after the other: an answer that is on its way is not thrown away
 * for the next change, or a page would stay as it was for as long as things change faster than the hub answers.
 */
export class Renewal {
  readonly #queries: QueryClient
  #isReading = false
  #waiting: Change[] = []

  constructor(queries: QueryClient) {
    this.#queries = queries
  }

  readonly take = (changes: readonly Change[]): void => {
    this.#forget(changes)
    this.#waiting.push(...changes)
    if (!this.#isReading) this.#read()
  }

  #read(): void {
    const changes = this.#waiting
    this.#waiting = []
    this.#isReading = true
    const over = (): void => {
      this.#isReading = false
      if (this.#waiting.length > 0) this.#read()
    }
    // What does not come is shown as the error of whoever asked for it.
    this.#queries.invalidateQueries({ predicate: ({ queryKey }) => isAbout(queryKey, changes) }).then(over, over)
  }

  /** Lists that are in sight decide themselves: rows must not move under a hand. Those that are not are read again by whoever comes back. */
  #forget(changes: readonly Change[]): void {
    const topics = new Set(changes.map(({ topic }) => topic))
    const isOld = ([path]: readonly unknown[]): boolean =>
      typeof path === 'string' && path.startsWith('/v1/') && (topics.has('*') || topics.has(topicOf(path)))
    this.#queries
      .invalidateQueries({ type: 'inactive', refetchType: 'none', predicate: ({ queryKey }) => isOld(queryKey) })
      .catch(() => undefined)
  }
}

function isAbout(queryKey: readonly unknown[], changes: readonly Change[]): boolean {
  const subjects = new Set(changes.flatMap((change) => change.subjects))
  // Of more objects than were named, any may have changed.
  const isAny = changes.some(({ topic, changed, subjects: named }) => topic === '*' || changed > named.length)
  return (
    queryKey.some((part) => typeof part === 'string' && (subjects.has(part) || (isAny && isHubId(part)))) ||
    queryKey[0] === 'overview'
  )
}

function isHubId(text: string): boolean {
  return /^[a-z]{3}_\w/.test(text)
}
