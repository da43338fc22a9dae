import type { Detail, PlainState } from '../plain-state.ts'
import type { EventWord } from '../shown-event.ts'

/** All that a tracking page says in one language. `{name}` is a place for a value. */
export interface TrackingWords {
  readonly state: Readonly<Record<PlainState, string>>
  readonly next: Readonly<Record<PlainState, string>>
  readonly detail: Readonly<Record<Detail, string>>
  readonly event: Readonly<Record<EventWord, string>>
  readonly page: Readonly<Record<PageWord, string>>
}

/** What frames the news. */
export type PageWord =
  | 'actionPickUpPoint'
  | 'actionRedirect'
  | 'actionReturn'
  | 'address'
  | 'asWritten'
  | 'ask'
  | 'atPlace'
  | 'between'
  | 'by'
  | 'carrier'
  | 'confirm'
  | 'confirmAsk'
  | 'delivered'
  | 'done'
  | 'expected'
  | 'expectedAround'
  | 'expectedLate'
  | 'follow'
  | 'followAbout'
  | 'followed'
  | 'followLimit'
  | 'followSent'
  | 'from'
  | 'history'
  | 'language'
  | 'lastNews'
  | 'lookUp'
  | 'lookUpAbout'
  | 'missing'
  | 'missingAbout'
  | 'more'
  | 'next'
  | 'noScan'
  | 'notFound'
  | 'number'
  | 'parcels'
  | 'postcode'
  | 'returnedStep'
  | 'show'
  | 'silentSince'
  | 'steps'
  | 'stop'
  | 'stopAbout'
  | 'stopped'
  | 'title'
  | 'tooOften'
  | 'unknownTime'
  | 'utc'
