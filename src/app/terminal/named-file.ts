import { createReadStream, statSync } from 'node:fs'
import { InterlineError } from '../../base/errors.ts'

/**
 * Bytes of a file that a person names, piece by piece; `-` is standard input, and what a shell makes of `<(…)` counts. Throws what `missing`
 * makes where nothing is there, FILE_UNUSABLE for a folder.
 */
export function piecesOf(file: string, missing: () => Error): AsyncIterable<Buffer> {
  if (file === '-') return process.stdin
  const found = statSync(file, { throwIfNoEntry: false })
  if (found === undefined) throw missing()
  if (found.isDirectory()) throw new InterlineError('FILE_UNUSABLE', { path: file, reason: 'it is a folder' })
  return createReadStream(file)
}
