import { flatSchema } from '../../../edi/flat/compile.ts'
import type { FlatSchema } from '../../../edi/flat/schema.ts'
import type { DeclaredFile, FileKind } from './kind.ts'

const defaults = new WeakMap<FileKind, FlatSchema>()

/** The form of a declared file; the default of its kind is compiled once. */
export function schemaOf({ kind, schema }: DeclaredFile<FileKind>): FlatSchema {
  if (schema !== undefined) return schema
  const known = defaults.get(kind)
  if (known !== undefined) return known
  const made = flatSchema(kind.id, {}, kind.declaration)
  defaults.set(kind, made)
  return made
}
