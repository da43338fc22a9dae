import { extname } from 'node:path'
import type { Command } from 'commander'
import { InterlineError } from '../../base/errors.ts'
import { limits } from '../../base/limits.ts'
import { type Answer, recordsOf } from '../terminal/answer.ts'
import type { HubClient } from '../terminal/client.ts'
import { type ExitCode, exitCodeOf } from '../terminal/exit-code.ts'
import type { Invocation, Perform } from '../terminal/invocation.ts'
import { piecesOf } from '../terminal/named-file.ts'

const contentTypes: Readonly<Record<string, string>> = {
  '.csv': 'text/csv',
  '.edi': 'application/edi-x12',
  '.json': 'application/json',
  '.ndjson': 'application/x-ndjson',
  '.txt': 'text/plain',
  '.xml': 'application/xml',
}

/** `interline send FILE --as CONNECTION`: real bytes through the real door. */
export function sendCommand(program: Command, perform: Perform): void {
  program
    .command('send <file...>')
    .description('send files as a connected system would; - reads standard input')
    .requiredOption('--as <connection>', 'connection that the bytes come from')
    .option('--type <content-type>', 'content type; without it by the ending of the file')
    .action(perform(send))
}

async function send(invocation: Invocation): Promise<ExitCode> {
  const { args, options, output } = invocation
  const hub = invocation.hub()
  const rows: Answer[] = []
  let failed = 0
  for (const file of args) {
    try {
      rows.push(...(await sendOne(hub, { file, connection: options.text('as') ?? '', type: options.text('type') })))
    } catch (error) {
      if (args.length === 1) throw error
      failed++
      output.terminal.error(`${file}: `)
      output.failure(error)
    }
  }
  output.rows(rows, ['file', 'id', 'status'], 'Nothing was accepted.')
  return exitCodeOf({ done: args.length - failed, failed })
}

async function sendOne(
  hub: HubClient,
  { file, connection, type }: { file: string; connection: string; type: string | undefined },
): Promise<readonly Answer[]> {
  const body = await readBytes(file)
  const contentType = type ?? contentTypes[extname(file).toLowerCase()] ?? 'application/octet-stream'
  const answer = await hub.call('POST', `/v1/inbound/${encodeURIComponent(connection)}`, {
    bytes: { body, contentType },
  })
  const results = Array.isArray(answer['results']) ? recordsOf(answer['results']) : [answer]
  return results.map((result) => ({ file, ...result }))
}

async function readBytes(file: string): Promise<Uint8Array> {
  const missing = (): Error => new InterlineError('FILE_MISSING', { path: file })
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of piecesOf(file, missing)) {
    size += chunk.length
    if (size > limits.rawBodyBytes)
      throw new InterlineError('USAGE_INVALID', { problem: `${file} is larger than ${limits.rawBodyBytes} bytes.` })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
