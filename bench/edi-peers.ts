import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Readable, type Transform } from 'node:stream'
import { rate } from './rate.ts'

const folder = join(import.meta.dirname, '..', '.bench-peers')

interface Peers {
  readonly x12Parser: new () => Transform
  readonly nodeX12: new (strict: boolean) => Transform
  readonly edifact: new () => {
    on(event: string, heard: () => void): void
    write(text: string): void
    end(): void
  }
}

/** The best parsers of npm over the same bytes: segments as objects or events, no envelope, no verdicts. */
export async function ediPeers(files: {
  readonly x12: Uint8Array
  readonly edifact: Uint8Array
}): Promise<Record<string, number>> {
  if (!existsSync(join(folder, 'node_modules'))) {
    process.stdout.write('The peers are not installed: npm run setup:bench\n')
    return {}
  }
  const peers = load()
  return {
    'x12-parser 1.3.0, segments only, MB/s': await rate(
      files.x12.length,
      () => stream(new peers.x12Parser(), files.x12),
      2,
    ),
    'node-x12 1.7.1, segments only, MB/s': await rate(
      files.x12.length,
      () => stream(new peers.nodeX12(false), files.x12),
      2,
    ),
    'edifact 1.2.12, events only, MB/s': await rate(files.edifact.length, () => events(peers, files.edifact), 2),
  }
}

function load(): Peers {
  const require = createRequire(join(folder, 'package.json'))
  const { X12parser } = require('x12-parser') as { X12parser: Peers['x12Parser'] }
  const { X12Parser } = require('node-x12') as { X12Parser: Peers['nodeX12'] }
  return { x12Parser: X12parser, nodeX12: X12Parser, edifact: require('edifact/parser.js') as Peers['edifact'] }
}

/** Counts what comes out, so that nothing is optimised away. */
async function stream(parser: Transform, bytes: Uint8Array): Promise<number> {
  let segments = 0
  const pieces = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, at) =>
    Buffer.from(bytes.subarray(at * 65_536, (at + 1) * 65_536)),
  )
  for await (const _ of Readable.from(pieces).pipe(parser)) segments++
  return segments
}

function events(peers: Peers, bytes: Uint8Array): number {
  let segments = 0
  const parser = new peers.edifact()
  parser.on('opensegment', () => {
    segments++
  })
  for (let at = 0; at < bytes.length; at += 65_536)
    parser.write(Buffer.from(bytes.subarray(at, at + 65_536)).toString('latin1'))
  parser.end()
  return segments
}
