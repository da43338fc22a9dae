import { flatSchema } from '../../../edi/flat/compile.ts'
import { filesIn, filesOut } from './all.ts'
import type { DeclaredFile, FileKindIn, FileKindOut } from './kind.ts'

/** The files of a connection, as its setting declares them. */
export interface DeclaredFiles {
  readonly in: readonly DeclaredFile[]
  readonly out: readonly (DeclaredFile<FileKindOut> & { readonly fileName?: string })[]
}

const known = new WeakMap<object, DeclaredFiles>()
const filesMost = 50

/**
 * `{name: {kind, names, fileName, …form}}`. Kinds that nobody declares have their default form, unless something is declared: then only
 * what is declared is taken. Throws a plain sentence.
 */
export function declaredFiles(setting: object): DeclaredFiles {
  const found = known.get(setting)
  if (found !== undefined) return found
  const entries = Object.entries(setting)
  if (entries.length > filesMost) throw new Error(`expected at most ${filesMost} files`)
  const files = entries.map(([id, declared]) => readDeclaredFile(id, declared))
  const declaredIn = files.flatMap(({ kind, ...form }) => (kind.direction === 'in' ? [{ ...form, kind }] : []))
  const out = files.flatMap(({ kind, ...form }) => (kind.direction === 'out' ? [{ ...form, kind }] : []))
  const made: DeclaredFiles = {
    in: declaredIn.length > 0 ? declaredIn : filesIn.map((kind) => ({ id: kind.id, kind })),
    out: [
      ...out,
      ...filesOut.filter((kind) => !out.some((one) => one.kind === kind)).map((kind) => ({ id: kind.id, kind })),
    ],
  }
  known.set(setting, made)
  return made
}

/** One entry of the setting. Throws a plain sentence, or FILE_SCHEMA_INVALID. */
export function readDeclaredFile(
  id: string,
  declared: unknown,
): DeclaredFile<FileKindIn | FileKindOut> & { readonly fileName?: string } {
  if (typeof declared !== 'object' || declared === null) throw new Error(`${id}: expected an object`)
  const { kind: kindId, names, fileName, ...form } = declared as Readonly<Record<string, unknown>>
  const kinds = [...filesIn, ...filesOut]
  const kind = kinds.find((one) => one.id === kindId)
  if (kind === undefined) throw new Error(`${id}: kind must be one of ${kinds.map((one) => one.id).join(', ')}`)
  const patterns = typeof names === 'string' ? names.split(',').map((one) => one.trim()) : undefined
  if (names !== undefined && patterns === undefined) throw new Error(`${id}: names must be text like SHP*.csv`)
  if (fileName !== undefined && (typeof fileName !== 'string' || fileName === '' || /[/\\]/.test(fileName)))
    throw new Error(`${id}: fileName must be a name like ORD_{deliveryNumber}.txt`)
  return {
    id,
    kind,
    schema: flatSchema(id, form, kind.declaration),
    ...(patterns === undefined ? {} : { names: patterns }),
    ...(typeof fileName === 'string' ? { fileName } : {}),
  }
}
