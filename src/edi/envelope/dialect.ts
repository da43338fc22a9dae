import type { Segment } from '../read/segment.ts'
import type { Report } from '../verdict/verdict.ts'
import type { GroupHeader, InterchangeHeader, SetHeader } from './events.ts'

/** What a segment is to the envelope. `aside` stands between headers without belonging to a set: TA1, ISB, UNO. */
export type Role = 'interchange' | 'group' | 'set' | 'set_end' | 'group_end' | 'interchange_end' | 'aside' | 'content'

/** What a trailer says, as written. */
export interface Trailer {
  readonly count: string
  readonly number: string
}

/** How one syntax writes its envelope. */
export interface Dialect {
  role(tag: number): Role
  interchange(segment: Segment, index: number, report: Report): InterchangeHeader
  group(segment: Segment, index: number, report: Report): GroupHeader
  set(
    segment: Segment,
    place: { readonly index: number; readonly interchange: InterchangeHeader; readonly group: GroupHeader | undefined },
    report: Report,
  ): SetHeader
  trailer(segment: Segment): Trailer
  /** Control numbers of groups: numbers in X12, where zeros before them differ in practice; text in EDIFACT. */
  isSameGroupNumber(header: string, trailer: string): boolean
  /** Sets that answer others and are never answered themselves. */
  isAcknowledgement(identifier: string): boolean
}
