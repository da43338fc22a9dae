import { InterlineError } from '../../base/errors.ts'
import { type EnvelopeOptions, EnvelopeReader } from '../../edi/envelope/envelope-reader.ts'
import type { EnvelopeListener } from '../../edi/envelope/events.ts'
import { openGrammarCheck } from '../../edi/validate/open.ts'
import { piecesOf } from '../terminal/named-file.ts'

/** Feeds a file of any size through the engine, piece by piece; `-` is standard input. */
export async function readInterchangeFile(
  file: string,
  listener: EnvelopeListener,
  options: EnvelopeOptions = {},
): Promise<void> {
  const pieces = piecesOf(file, () => new InterlineError('EDI_FILE_MISSING', { path: file }))
  const reader = new EnvelopeReader(listener, { openSetCheck: openGrammarCheck, ...options })
  for await (const piece of pieces) reader.feed(piece)
  reader.end()
}
