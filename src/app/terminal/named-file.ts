import { createReadStream, statSync } from 'node:fs'

/**
 * Bytes of a file that a person names, piece by piece; `-` is standard input, and what a shell makes of `<(…)` counts. Throws what `missing`
 * makes where nothing is there, or a folder.
 */
export function piecesOf(file: string, missing: () => Error): AsyncIterable<Buffer> {
  if (file === '-') return process.stdin
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory() !== false) throw missing()
  return createReadStream(file)
}
