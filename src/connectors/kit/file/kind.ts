import type { FlatDeclaration } from '../../../edi/flat/declaration.ts'
import type { DocumentShape } from '../../../edi/flat/flat-map.ts'
import type { FlatSchema } from '../../../edi/flat/schema.ts'
import type { Assertion } from '../../../model/fact.ts'
import type { Reading } from '../reading.ts'
import type { WarehouseNumbers } from '../warehouse.ts'

/** What a kind of file says, whoever writes it and in whatever form: its fields with their types, and how they make documents. */
export interface FileKind {
  /** snake_case, as settings name it. */
  readonly id: string
  readonly about: string
  /** Who writes it: the warehouse, or the hub. */
  readonly direction: 'in' | 'out'
  readonly shape: DocumentShape
  /** The default form; a partner's own is laid over it. */
  readonly declaration: FlatDeclaration
}

/** A kind of file that is read. */
export interface FileKindIn extends FileKind {
  readonly direction: 'in'
  /** Throws InterlineError for a document that cannot be understood; the others of the file are not touched. */
  readonly meaning: (document: Reading, context: FileContext) => readonly Assertion[]
  /** What the documents say together, when all of them were understood; undefined where they say nothing more. */
  readonly together?: (assertions: readonly Assertion[], documents: readonly Reading[]) => readonly Assertion[]
  /** Whether the file counts only whole, whatever the connection says. */
  readonly isWhole?: (documents: readonly Reading[]) => boolean
}

/** A kind of file that the hub writes. */
export interface FileKindOut extends FileKind {
  readonly direction: 'out'
}

/** What the connection says of all its files. */
export interface FileContext extends WarehouseNumbers {
  /** Zone of local times; empty: they are taken as UTC and say so. */
  readonly timeZone: string
  /** Name of the file where the transport knows one. */
  readonly file: string | undefined
}

/** A kind with the form that a connection declares for it; without one its default. */
export interface DeclaredFile<K extends FileKind = FileKindIn> {
  /** Name in the settings. */
  readonly id: string
  readonly kind: K
  readonly names?: readonly string[]
  readonly schema?: FlatSchema
}
