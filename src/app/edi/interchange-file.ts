import { createReadStream, statSync } from 'node:fs'
import { InterlineError } from '../../base/errors.ts'
import { type EnvelopeOptions, EnvelopeReader } from '../../edi/envelope/envelope-reader.ts'
import type { EnvelopeListener } from '../../edi/envelope/events.ts'
import { openGrammarCheck } from '../../edi/validate/open.ts'

/** Feeds a file of any size through the engine, piece by piece; `-` is standard input. */
export async function readInterchangeFile(
  file: string,
  listener: EnvelopeListener,
  options: EnvelopeOptions = {},
): Promise<void> {
  if (file !== '-' && statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
    throw new InterlineError('EDI_FILE_MISSING', { path: file })
  const reader = new EnvelopeReader(listener, { openSetCheck: openGrammarCheck, ...options })
  const stream: AsyncIterable<Buffer> = file === '-' ? process.stdin : createReadStream(file)
  for await (const chunk of stream) reader.feed(chunk)
  reader.end()
}
