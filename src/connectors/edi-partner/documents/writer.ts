import type { EdiDocument } from '../../../edi/map/read.ts'
import type { Reading } from '../../kit/reading.ts'
import type { Agreement } from '../policy.ts'

/** A document by the names of its map, and what the business calls it. */
export interface Composed {
  readonly number: string
  readonly document: EdiDocument
  /** When the object that it tells of is to be answered, where it has such a deadline. RFC 3339. */
  readonly respondBy?: string
}

/** Puts what is owed into the names of a map. Throws CONTENT_INVALID with the place of what is missing. */
export type Compose = (owed: Reading, context: ComposeContext) => Composed

/** With whom the document was agreed, and on what occasion it is written. */
export interface ComposeContext {
  readonly settings: Agreement
  readonly command: string
  /** The partner knows of it already, and it is another now. */
  readonly isChange: boolean
  /** RFC 3339: when it is written. */
  readonly now: string
}
