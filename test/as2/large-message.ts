import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, statSync } from 'node:fs'
import { appendFile, open, writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { request } from 'undici'
import type { OpenSsl } from '../../src/transports/as2/openssl.contract.ts'
import { compressFile } from './compressed-file.ts'

/** What a process that took a large message says of it. */
export interface LargeFigures {
  readonly bytes: number
  readonly sha256: string
  readonly rssMegabytes: number
  readonly seconds: number
}

/** A document in a file, which packs to a thirtieth or so; its hash. */
export async function writeDocument(path: string, megabytes: number): Promise<string> {
  const file = await open(path, 'w')
  const hash = createHash('sha256')
  try {
    for (let at = 0; at < megabytes; at++) {
      const lines = Array.from({ length: 32 }, () => {
        const line = randomBytes(512).toString('hex')
        return Buffer.from(`${line.slice(2)}\r\n`.repeat(32))
      })
      const block = Buffer.concat(lines)
      hash.update(block)
      await file.write(block)
    }
  } finally {
    await file.close()
  }
  return hash.digest('hex')
}

/** Signed by `theirs` and encrypted for `ours`, by the command line of OpenSSL, in the pieces that it streams. */
export async function sealByOpenSsl(
  openssl: OpenSsl,
  document: string,
  { isCompressed = false }: { readonly isCompressed?: boolean } = {},
): Promise<string> {
  const path = (name: string): string => openssl.path(name)
  const cms = (args: readonly string[], input: string, out: string): void => {
    const { status, stderr } = spawnSync('openssl', ['cms', ...args, '-in', path(input), '-out', path(out)], {
      cwd: openssl.directory,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(`openssl cms ${args.join(' ')}: ${stderr}`)
  }
  const signing = ['-sign', '-binary', '-stream', '-signer', 'theirs.crt', '-inkey', 'theirs.key', '-md', 'sha256']
  await prefixed(path('part'), 'Content-Type: application/EDI-X12\r\n\r\n', document)
  if (isCompressed) {
    await compressFile(path('part'), path('packed'))
    await prefixed(path('part'), entityOf('compressed-data'), path('packed'))
    cms([...signing, '-outform', 'SMIME'], 'part', 'signed')
    await prefixed(path('part'), '', path('signed'))
  } else {
    cms([...signing, '-nodetach', '-outform', 'DER'], 'part', 'signed')
    await prefixed(path('part'), entityOf('signed-data'), path('signed'))
  }
  cms(['-encrypt', '-aes-256-cbc', '-binary', '-stream', '-outform', 'DER', '-recip', 'ours.crt'], 'part', 'sealed')
  return path('sealed')
}

function entityOf(kind: string): string {
  return `Content-Type: application/pkcs7-mime; smime-type=${kind}\r\nContent-Transfer-Encoding: binary\r\n\r\n`
}

async function prefixed(path: string, header: string, from: string): Promise<void> {
  await writeFile(path, header)
  await appendFile(path, createReadStream(from) as unknown as Uint8Array)
}

/** The process of `large-listener.ts`. */
export class LargeListener {
  readonly #child: ChildProcess
  readonly port: number
  /** Before any message, in megabytes. */
  readonly idle: number

  private constructor(child: ChildProcess, { port, idle }: { readonly port: number; readonly idle: number }) {
    this.#child = child
    this.port = port
    this.idle = idle
  }

  static async start(ours: string, theirs: string): Promise<LargeListener> {
    const script = new URL('large-listener.ts', import.meta.url).pathname
    const child = spawn(process.execPath, [script, ours, theirs], { stdio: ['ignore', 'pipe', 'inherit'] })
    const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
    const [, port = '', idle = ''] = /port (\d+) rss (\d+)/.exec(line) ?? []
    return new LargeListener(child, { port: Number(port), idle: Number(idle) })
  }

  async post(path: string): Promise<LargeFigures> {
    const answer = await request(`http://127.0.0.1:${this.port}/as2`, {
      method: 'POST',
      headers: {
        'AS2-From': 'THEIRS',
        'AS2-To': 'OURS',
        'Message-ID': '<large@theirs>',
        'Content-Type': 'application/pkcs7-mime; smime-type=enveloped-data',
        'Content-Length': String(statSync(path).size),
      },
      body: createReadStream(path),
      headersTimeout: 300_000,
    })
    const text = await answer.body.text()
    if (answer.statusCode !== 200) throw new Error(`${answer.statusCode} ${text}`)
    return JSON.parse(text) as LargeFigures
  }

  stop(): void {
    this.#child.kill('SIGTERM')
  }
}
