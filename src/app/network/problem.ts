import type { manifestErrors } from '../../base/errors/manifest.ts'
import { errors, InterlineError } from '../../base/errors.ts'

/** What can be wrong with a manifest. */
export type ManifestCode = keyof typeof manifestErrors

/** One thing that is wrong with a network, with its place and what to do about it. */
export interface ManifestProblem {
  readonly code: ManifestCode
  readonly file: string
  /** From 1. */
  readonly line: number
  /** Where in the file: `connections[0].settings.url`; empty for the whole file. */
  readonly path: string
  readonly message: string
  readonly nextAction: string
}

/** Where something stands in a manifest. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly path: string
  /** The place of what stands under this key or index; this one, where nothing does. */
  readonly at: (key: string | number) => Place
  /** What stands there with numbers and truth values as such, where they are written without quotes. */
  readonly typed: () => unknown
}

/** Collects everything that is wrong, so that nobody has to correct one thing after the other. */
export class Problems {
  readonly #found: ManifestProblem[] = []

  get list(): readonly ManifestProblem[] {
    return this.#found.toSorted((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1))
  }

  add(code: ManifestCode, { file, line, path }: Place, values: Readonly<Record<string, string | number>>): void {
    const message = errors[code].message(values)
    const problem = { code, file, line, path, message, nextAction: errors[code].hint }
    this.#found.push(problem)
  }
}

/** The place of a file as a whole. */
export function filePlace(file: string): Place {
  const place: Place = { file, line: 1, path: '', at: () => place, typed: () => undefined }
  return place
}

/** NETWORK_INVALID with every problem in a line of its own. */
export function networkInvalid(problems: readonly ManifestProblem[]): InterlineError {
  return new InterlineError('NETWORK_INVALID', {
    count: problems.length,
    problems: problems.map(problemLine).join('\n'),
  })
}

/** `partner.yaml:7 MANIFEST_KEY_UNKNOWN There is no …`. */
export function problemLine({ file, line, code, message }: ManifestProblem): string {
  return `${file}:${line} ${code} ${message}`
}
