import type { Instant } from '../../base/instant.ts'
import { shortHash } from '../../base/sha256.ts'
import { entities } from '../fact.ts'
import type { Addressee } from './addressee.ts'

/** What a text about it may say. Instants, quantities and money are written in the language of the reader when it is told. */
export type NoticeValues = Readonly<Record<string, string | readonly Readonly<Record<string, string>>[]>>

/** How one audience is told, as its tenant declared it when the event came: a later declaration changes nothing that is under way. */
export interface NoticeRule {
  /** Name of the declaration. */
  readonly name: string
  /** Connection that carries it. */
  readonly channel: string
  readonly audience: 'customer' | 'staff'
  /** Of readers who named no language. */
  readonly locale: string
  readonly timeZone: string
  /** Minutes of the day in the time zone, half-open; `from` may lie behind `to`, over midnight. */
  readonly quiet?: { readonly from: number; readonly to: number }
  /** Messages to one recipient and day. */
  readonly perDay: number
  /** Minutes for which news is gathered into one message; 0 tells each at once. */
  readonly digestMinutes: number
  /** An expected time that moves by less is not told. */
  readonly etaMinutes: number
  /** For so long an expected time must not move any further before it is told. */
  readonly etaStableMinutes: number
}

/** Something that somebody is to be told, whoever that turns out to be. */
export interface Notice {
  /** Name of the event: which text tells it. */
  readonly event: string
  /** What is told: the same key is told once to each recipient. */
  readonly key: string
  /** Hub id of what it is about. */
  readonly object: string
  /** Number by which the reader knows it; empty for none. */
  readonly number: string
  readonly values: NoticeValues
  readonly rule: NoticeRule
  /** Expected time: only the newest counts, and only one that moved far enough and stays. */
  readonly expected?: { readonly at: Instant; readonly before?: Instant }
  /** Key of what was told and is not true any more: this is told only where that was. */
  readonly corrects?: string
  /** Keys of what need not be told any more. */
  readonly overtakes?: readonly string[]
  /** It happened so long ago that nobody wants to hear it as news. */
  readonly isStale?: true
  /** The process that waits to hear what became of it. */
  readonly origin?: { readonly process: string; readonly naturalKey: string }
}

/** Data of `recipient.notice_reported`: something that this recipient is to hear by this channel. */
export interface AddressedNotice extends Notice {
  readonly to: Addressee
}

/** Hub id of whoever is told by a channel under an address, which it does not give away. */
export function recipientSubject(tenant: string, channel: string, address: string): string {
  return `${entities.recipient}_${shortHash(`${tenant}|${channel}|${address.trim().toLowerCase()}`)}`
}

/** Hub id of all that is told to a customer about one order, or what he calls otherwise. */
export function correspondenceSubject(tenant: string, reference: string): string {
  return `${entities.correspondence}_${shortHash(`${tenant}|${reference}`)}`
}
