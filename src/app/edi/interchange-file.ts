import { createReadStream, statSync } from 'node:fs'
import { InterlineError } from '../../base/errors.ts'
import { type EnvelopeOptions, EnvelopeReader } from '../../edi/envelope/envelope-reader.ts'
import type { EnvelopeListener } from '../../edi/envelope/events.ts'

/** Feeds a file of any size through the engine, piece by piece; `-` is standard input. */
export async function readInterchangeFile(
  file: string,
  listener: EnvelopeListener,
  options: EnvelopeOptions = {},
): Promise<void> {
  if (file !== '-' && statSync(file, { throwIfNoEntry: false })?.isFile() !== true)
    throw new InterlineError('EDI_FILE_MISSING', { path: file })
  const reader = new EnvelopeReader(listener, options)
  const stream: AsyncIterable<Buffer> = file === '-' ? process.stdin : createReadStream(file)
  for await (const chunk of stream) reader.feed(chunk)
  reader.end()
}

/** Several listeners that hear the same file. */
export function all(...listeners: readonly EnvelopeListener[]): EnvelopeListener {
  return {
    interchangeOpened: (header) => {
      for (const one of listeners) one.interchangeOpened?.(header)
    },
    groupOpened: (header, interchange) => {
      for (const one of listeners) one.groupOpened?.(header, interchange)
    },
    setOpened: (header) => {
      for (const one of listeners) one.setOpened?.(header)
    },
    segment: (segment, number) => {
      for (const one of listeners) one.segment?.(segment, number)
    },
    setClosed: (report) => {
      for (const one of listeners) one.setClosed?.(report)
    },
    groupClosed: (report) => {
      for (const one of listeners) one.groupClosed?.(report)
    },
    interchangeClosed: (report) => {
      for (const one of listeners) one.interchangeClosed?.(report)
    },
    stray: (verdict) => {
      for (const one of listeners) one.stray?.(verdict)
    },
  }
}
