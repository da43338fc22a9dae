import type { Message } from '../../backbone/step.ts'
import type { Identity } from '../../connectors/kit/connector.ts'
import type { ReceivedBytes } from '../../flow/intake/document-reader.ts'
import type { TranslationWishes } from '../../flow/translate/translated.ts'
import type { WrittenError } from '../../flow/translate/written-error.ts'
import type { TrialRule } from '../../gateway/desks/network-desk.ts'

/** A connection as another thread is told of it. */
export interface ToldConnection {
  readonly id: string
  /** Id of the connector. */
  readonly connector: string
  readonly settings: Readonly<Record<string, unknown>>
}

/** What a thread is asked about one document, whose bytes both threads see. */
export type Question =
  | { readonly do: 'identify'; readonly received: ReceivedBytes }
  | {
      readonly do: 'translate'
      readonly message: Message
      readonly wishes: Pick<TranslationWishes, 'receipts' | 'attempt' | 'inParts'>
    }
  | { readonly do: 'try'; readonly received: ReceivedBytes; readonly bodyBytesMax: number; readonly now: number }

/** A question with the connection that the document came by. */
export type Asked = Question & { readonly connection: ToldConnection }

/**
 * What a document means, as text: what becomes of it is text in the log. In pieces, because who reads them has no time for all of them in
 * one go.
 */
export interface WrittenMeaning {
  readonly translation: string
  readonly assertions: readonly string[]
  readonly receipts?: readonly string[]
  readonly attempt?: number
}

/** What the thread answers, or why not. */
export type Answer =
  | { readonly found: Identity; readonly bodyHash: string }
  | { readonly meaning: WrittenMeaning }
  | { readonly rules: readonly TrialRule[] }
  | { readonly refused: WrittenError }
  | { readonly failed: string }
