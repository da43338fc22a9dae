import type { Addressee } from './addressee.ts'
import type { AddressedNotice } from './notice.ts'

/** Somebody who is told things by one channel: what he has heard, what waits for him, and whether he may be told at all. */
export interface RecipientState {
  readonly channel: string
  readonly to: Addressee
  readonly waiting: readonly WaitingNotice[]
  /** What became of each, the newest last. */
  readonly records: readonly NoticeRecord[]
  /** Messages of one day, where he lives. */
  readonly day: { readonly date: string; readonly count: number }
  /** Present while he is told nothing. */
  readonly suppressed?: Suppression
  /** Messages that are on their way, by number. */
  readonly underWay: Readonly<Record<string, readonly AddressedNotice[]>>
  readonly count: number
}

/** Something that is told when its time comes. */
export interface WaitingNotice {
  readonly notice: AddressedNotice
  /** ms. */
  readonly since: number
  readonly due: number
  /** The expected time that has to stay, as it was when `due` was set. */
  readonly anchor?: string
}

/** One thing that he was to be told. `sent` is with the ledger; `told` was taken by the channel. */
export interface NoticeRecord {
  readonly key: string
  readonly event: string
  readonly object: string
  readonly number: string
  readonly rule: string
  readonly status: 'sent' | 'told' | 'refused' | 'unknown' | 'held_back'
  /** Why not, or what the channel said. */
  readonly reason?: HoldReason | (string & {})
  /** When it was to be told, and when it came to this, ms. */
  readonly at: number
  readonly changedAt: number
  /** The expected time that he was told, ms. */
  readonly expected?: number
  /** How often he was told the same and its correction. */
  readonly times: number
  /** What he was told is not so any more, and he was told that. */
  readonly corrected?: true
}

/** Why somebody was not told; what each word means is in facts/notification.ts. */
export type HoldReason =
  | 'crowded'
  | 'no_contact'
  | 'not_told_before'
  | 'overtaken'
  | 'stale'
  | 'suppressed'
  | 'too_small'
  | 'withdrawn'

/** Why nothing is sent to somebody, and since when. */
export interface Suppression {
  /** `bounced`: the mailbox does not exist · `unsubscribed`: he does not want it. */
  readonly reason: 'bounced' | 'unsubscribed'
  /** RFC 3339. */
  readonly since: string
  /** Key or connection that said so; `hub` for the hub itself. */
  readonly by: string
  /** Code of the server that took the mail back, RFC 3463. */
  readonly said?: string
}

/** Data of `recipient.suppression_reported`: an address is told nothing any more, or is told again, as `by` decided. */
export type SuppressionReport =
  | {
      readonly action: 'suppress'
      readonly channel: string
      readonly to: Addressee
      readonly by: string
      /** Absent: whoever has the address does not want it. */
      readonly reason?: Suppression['reason']
      readonly said?: string
    }
  | { readonly action: 'release'; readonly by: string }

/** Notices that wait for one recipient at once. */
export const waitingMax = 200
/** What is remembered of one recipient: more and older things are told again only by somebody who asks for it. */
export const recordsMax = 200
