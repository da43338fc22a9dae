import type { NewMessage } from '../../backbone/step.ts'
import type { Connection } from '../connection.ts'
import type { PartTranslation } from '../translate/part-translation.ts'
import type { DocumentReading } from './document.ts'

/** An input at the door: authenticated, bounded, identified, not yet stored. */
export interface Received {
  readonly connection: Connection
  readonly message: NewMessage
  /** What was read of the bytes to identify them. Translate uses it again in the inline lane, once; then it is gone. */
  reading: DocumentReading | undefined
  /** It was too large to be read at the door, and is too large to be translated there. */
  readonly isLarge?: boolean
  /** What a part means, where it was found already. */
  readonly translation?: PartTranslation | undefined
}

/** Names the earlier message of the same identity and other bytes. Set by intake only: a sender's header of that name is not kept. */
export const conflictHeader = 'interline-conflicts-with'

/** Names the parked message whose corrected bytes these are. Set by intake only. */
export const correctionHeader = 'interline-corrects'

/** Names the earlier message of the same bytes, which this sender wants answered again. Set by intake only. */
export const repetitionHeader = 'interline-repeats'

/** What the message is of a file that was too large for one. Set by intake only. */
export const partHeader = 'interline-part'

/** Names the message that a part was cut from, where it came whole. Set by the hub only. */
export const partOfHeader = 'interline-part-of'

/** `announcement`: names the document, holds none of it. `content`: some of it. `refused`: some of it that must not be translated. */
export type PartKind = 'announcement' | 'content' | 'refused'

/** The body holds assertions of the hub's own, as JSON, and no document of the sender's. Set by intake only. */
export const assertsHeader = 'interline-asserts'
