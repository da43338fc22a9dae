import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { request } from 'undici'
import type { MadeIdentity } from '../../src/transports/as2/identity.contract.ts'
import type { Permutation } from '../../src/transports/as2/permutation.contract.ts'
import { KeyFiles } from './test-partner.ts'

const jars = ['bcmail', 'bcpkix', 'bcprov', 'bcutil', 'javax.activation', 'javax.mail'].map(
  (name) => `/usr/share/java/${name}.jar`,
)

/** Why there is no BouncyCastle to compare with; undefined when there is. */
export const bouncyCastleMissing = missing()

export interface PeerAnswer {
  readonly body: Buffer
  /** What a receipt for the message must say. */
  readonly mic: string
  /** What was taken off, from outside to inside. */
  readonly layers: string
}

/** The peer of `bouncy-castle/Peer.java`, compiled and started. */
export class BouncyCastle {
  readonly #files = new KeyFiles()
  #child: ChildProcess | undefined
  #url = ''

  /** `own` is the peer's identity, `other` the one that it talks to. */
  async start(own: MadeIdentity, other: MadeIdentity): Promise<void> {
    const { directory } = this.#files
    const classes = join(directory, 'classes')
    mkdirSync(classes)
    const source = join(import.meta.dirname, 'bouncy-castle', 'Peer.java')
    const compiled = spawnSync('javac', ['-cp', jars.join(':'), '-d', classes, source], { encoding: 'utf8' })
    if (compiled.status !== 0) throw new Error(compiled.stderr)
    const { certificate } = this.#files.keep('own', own)
    const key = join(directory, 'own.key')
    writeFileSync(key, own.keyPem, { mode: 0o600 })
    const args = [
      '-cp',
      [classes, ...jars].join(':'),
      'Peer',
      key,
      certificate,
      this.#files.keep('other', other).certificate,
    ]
    const child = spawn('java', ['-XX:TieredStopAtLevel=1', '-Dsun.net.httpserver.nodelay=true', ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    this.#child = child
    const [port] = (await once(child.stdout, 'data')) as [Buffer]
    this.#url = `http://127.0.0.1:${Number(port.toString())}`
  }

  wrap(content: Uint8Array, { sign, cipher, keyTransport, compress }: Permutation): Promise<PeerAnswer> {
    const query = { type: 'application/EDI-X12', sign, cipher, transport: keyTransport, compress }
    return this.#ask(`/wrap?${new URLSearchParams(query).toString()}`, content)
  }

  /** Takes a MIME entity apart. Rejects with what it says when it cannot. */
  unwrap(entity: Uint8Array): Promise<PeerAnswer> {
    return this.#ask('/unwrap?any=', entity)
  }

  async stop(): Promise<void> {
    const child = this.#child
    if (child !== undefined && child.exitCode === null) {
      const gone = once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    }
    this.#files.remove()
  }

  async #ask(path: string, body: Uint8Array): Promise<PeerAnswer> {
    const { statusCode, headers, body: answer } = await request(this.#url + path, { method: 'POST', body })
    const bytes = Buffer.from(await answer.arrayBuffer())
    if (statusCode !== 200) throw new Error(bytes.toString())
    return { body: bytes, mic: String(headers['mic']), layers: String(headers['layers'] ?? '') }
  }
}

function missing(): string | undefined {
  if (spawnSync('javac', ['-version']).status !== 0) return 'no JDK; npm run setup:as2 installs one'
  const absent = jars.filter((path) => !existsSync(path))
  return absent.length === 0 ? undefined : `no ${absent.join(', ')}; npm run setup:as2 installs them`
}
