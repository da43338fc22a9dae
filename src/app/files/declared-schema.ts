import { existsSync, readFileSync } from 'node:fs'
import { InterlineError } from '../../base/errors.ts'
import { readDeclaredFile } from '../../connectors/kit/file/files-setting.ts'
import type { DeclaredFile, FileKind } from '../../connectors/kit/file/kind.ts'
import { readManifestDocument } from '../network/manifest-document.ts'
import { Problems, problemLine } from '../network/problem.ts'

/**
 * The form that a person names: `partner.yaml#connection/file` of a manifest, a file with the setting `files` (`#file` where it has several), a file
 * with one entry of it, or nothing but a kind. Throws FILE_MISSING, FILE_SCHEMA_INVALID, USAGE_INVALID.
 */
export function declaredSchema(schema: string | undefined, kind: string | undefined): DeclaredFile<FileKind> {
  try {
    if (schema === undefined && kind === undefined)
      throw new InterlineError('USAGE_INVALID', { problem: 'Say how to read the file: --schema or --kind.' })
    if (schema === undefined) return readDeclaredFile(kind ?? '', { kind })
    const [path = '', fragment = ''] = schema.split('#')
    const { id, declared } = entryOf(readObject(path), fragment, path)
    return readDeclaredFile(id, kind === undefined ? declared : { kind, ...(declared as object) })
  } catch (error) {
    if (error instanceof InterlineError) throw error
    throw new InterlineError('USAGE_INVALID', { problem: error instanceof Error ? error.message : String(error) })
  }
}

function readObject(path: string): Readonly<Record<string, unknown>> {
  if (!existsSync(path)) throw new InterlineError('FILE_MISSING', { path })
  const problems = new Problems()
  const read = readManifestDocument({ path, bytes: readFileSync(path) }, problems)?.place.typed()
  if (typeof read !== 'object' || read === null) throw new Error(problems.list.map(problemLine).join('\n'))
  return read as Readonly<Record<string, unknown>>
}

function entryOf(
  read: Readonly<Record<string, unknown>>,
  fragment: string,
  path: string,
): { readonly id: string; readonly declared: unknown } {
  if (Array.isArray(read['connections'])) {
    const [connection = '', file = ''] = fragment.split('/')
    const found = (read['connections'] as readonly { id?: unknown; settings?: { files?: object } }[]).find(
      ({ id }) => id === connection,
    )
    if (found === undefined) throw new Error(`${path} has no connection ${connection}; write ${path}#connection/file`)
    return named(found.settings?.files ?? {}, file, `${path}#${connection}`)
  }
  // Fields, records or a format make it one file; else it is a list of files by their names.
  const isOne = ['kind', 'fields', 'records', 'format'].some((name) => name in read)
  return isOne ? { id: path, declared: read } : named(read, fragment, path)
}

function named(files: object, file: string, place: string): { readonly id: string; readonly declared: unknown } {
  const entries = Object.entries(files)
  const found = file === '' && entries.length === 1 ? entries[0] : entries.find(([name]) => name === file)
  if (found === undefined)
    throw new Error(`${place} declares ${entries.map(([name]) => name).join(', ') || 'no files'}; name one of them`)
  return { id: found[0], declared: found[1] }
}
