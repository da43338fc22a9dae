/** Who tells the hub something; also the connection that it is told to. */
export type Sender = 'dhl' | 'easypost' | 'erp' | 'fleet' | 'ltl' | 'shop' | 'wms'

/** Something that a system outside tells the hub at a moment of the day. */
export interface Message {
  readonly atMs: number
  readonly sender: Sender
  readonly content: Readonly<Record<string, unknown>>
}

/** What a day is made from: the same seed and date make the same numbers, another seed or date makes others. */
export interface DaySeed {
  /** Of the scenario: days of two scenarios share no number either. */
  readonly name: string
  readonly seed: number
  /** Midnight UTC of the day. */
  readonly startMs: number
}

/** Plans are written in minutes and hours of a day; `atMs` is in milliseconds since 1970. */
export const minuteMs = 60_000

/** Sixty of `minuteMs`. */
export const hourMs = 3_600_000
