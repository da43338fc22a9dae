import type { StoredDocument } from '../../connectors/kit/large.ts'
import type { FoundFile, ReadPart } from '../../flow/intake/large-reading.ts'
import type { WrittenError } from '../../flow/translate/written-error.ts'
import type { Assertion } from '../../model/fact.ts'

/** What a reading thread is started with. */
export interface ReadingTask {
  /** Id of the connector. */
  readonly connector: string
  readonly connection: string
  readonly settings: Readonly<Record<string, unknown>>
  readonly name: string
  readonly contentType: string
  /** Where it lies, or all of it in memory that both threads see. */
  readonly source: { readonly path: string } | { readonly bytes: Uint8Array }
}

/** What it is asked, one after the other. */
export type Question =
  | { readonly do: 'judge' }
  | { readonly do: 'next'; readonly most: number }
  | { readonly do: 'hashes' }
  | { readonly do: 'receipt'; readonly index: number; readonly stored: StoredDocument }

/** What was found, as plain data. */
export type WrittenFile = Omit<FoundFile, 'problem'> & { readonly problem?: WrittenError }
/** A part, with what it means as text. */
export type WrittenPart = Omit<ReadPart, 'translation'> & { readonly translation?: string }

/** What it answers: what was asked for, or why not. */
export type Answer =
  | { readonly file: WrittenFile }
  | { readonly parts: readonly WrittenPart[] }
  | { readonly hashes: readonly string[] }
  | { readonly assertions: readonly Assertion[] }
  | { readonly refused: WrittenError }
  | { readonly failed: string }
