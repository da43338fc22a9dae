import type { Reading } from './connector.ts'
import type { Conversation } from './procedure.ts'

/**
 * What has changed in a system that tells nobody. It is asked again and again, from where the last answer ended; each changed object
 * goes through the door like a message that the system had sent. What was told already is a duplicate, so that a feed may tell it again.
 */
export interface Feed<S> {
  readonly everySeconds: (settings: S) => number
  /** Changes after the cursor, oldest first. Without a cursor: from `at` on, ms since 1970, when the hub asks for the first time. */
  readonly converse: (
    asked: { readonly cursor?: string; readonly at: number },
    settings: S,
  ) => Conversation<FeedPage | FeedFailure>
}

/** What one question of a feed came to. */
export interface FeedPage {
  readonly messages: readonly ChangedObject[]
  readonly cursor: string
  /** There is more to ask for at once. */
  readonly more: boolean
}

/** One object as it is now. The same version of it is the same identity. */
export interface ChangedObject {
  readonly identity: string
  readonly content: unknown
}

/** The question was not answered: the cursor stays where it is. */
export type FeedFailure = Exclude<Reading, { readonly outcome: 'accepted' | 'applied' }>
