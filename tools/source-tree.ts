import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A file of the repository; `path` is relative to its root, with forward slashes. */
export interface SourceFile {
  readonly path: string
  readonly text: string
}

/** The repository that this file belongs to, so that a copy of the tree checks itself. */
export const root: string = join(import.meta.dirname, '..')

/** Every file below these folders (or the named files themselves) with one of the endings. Missing folders are empty. */
export function readTree(places: readonly string[], endings: readonly string[] = ['.ts']): SourceFile[] {
  return listTree(places)
    .filter((path) => endings.some((ending) => path.endsWith(ending)))
    .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
}

/** Paths of all files below these folders, sorted. */
export function listTree(places: readonly string[]): string[] {
  return places.flatMap((place) => list(place)).toSorted()
}

function list(place: string): string[] {
  const found = statSync(join(root, place), { throwIfNoEntry: false })
  if (found === undefined) return []
  if (found.isFile()) return [place]
  return readdirSync(join(root, place), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath.slice(root.length + 1)}/${entry.name}`.replaceAll('\\', '/'))
    .filter((path) => !path.split('/').some((part) => skipped.includes(part)))
}

const skipped = ['node_modules', '.build', '.git', '.interline', 'coverage', 'dist']

/**
 * The same text with comments blanked out; line numbers stay. Strings, templates and regular expressions are recognised, because
 * they may hold what looks like a comment.
 */
export function withoutComments(text: string): string {
  return text.replace(tokens, (token) =>
    token.startsWith('//') || token.startsWith('/*') ? token.replaceAll(/[^\n]/g, ' ') : token,
  )
}

/** As above, with the content of strings blanked out too: what is left is code. */
export function codeOnly(text: string): string {
  return withoutComments(text).replace(tokens, (token) =>
    /^['"]/.test(token) ? token.replaceAll(/[^\n'"]/g, ' ') : token,
  )
}

/** A regular expression stands where no value can have ended; a slash anywhere else divides. */
const tokens =
  /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|\/\/[^\n]*|\/\*[\s\S]*?\*\/|(?<=[(,=:[!&|?{};>]\s*|\breturn\s+)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\[\n])+\//g

/** `path:line` of every place where the pattern (global) matches. */
export function places(file: SourceFile, pattern: RegExp): string[] {
  return [...file.text.matchAll(pattern)].map(
    (match) => `${file.path}:${file.text.slice(0, match.index).split('\n').length}: ${match[0].trim()}`,
  )
}
