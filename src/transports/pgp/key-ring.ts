import { lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PgpFailure } from './failure.ts'
import { endAgent, type GpgAnswer, runGpg } from './gpg.ts'
import { judgeOpened, judgeSealed, judgeVerified } from './status.ts'

/** The keys of one partner and ours, as GnuPG exports them; the first of a list is used, the others still open and verify. */
export interface PgpKeys {
  readonly own: readonly KeyFile[]
  readonly passphrase: string
  readonly partner: readonly KeyFile[]
}

/** An exported key. */
export interface KeyFile {
  /** For people, where it cannot be used. */
  readonly name: string
  readonly bytes: Uint8Array
}

const timeoutMs = 60_000
const homePrefix = 'interline-pgp-'
/** A call that writes nothing. */
const outputOfNone = 1000

/**
 * A key ring of its own for every partner, so that no partner's key ever counts for another. It is made from the declared keys when it is
 * first needed, in a folder that only this user may read, and goes with the process.
 */
export class KeyRing {
  readonly #keys: PgpKeys
  #home: Promise<OpenHome> | undefined

  constructor(keys: PgpKeys) {
    this.#keys = keys
  }

  /** What is in a message. Throws PgpFailure for every message that must not be used. */
  async open(
    message: Uint8Array,
    about: {
      readonly encryption: 'required' | 'optional'
      readonly signature: 'required' | 'optional'
      readonly bytesMost: number
    },
  ): Promise<Uint8Array> {
    const { partner } = await this.#opened()
    const { output, status } = await this.#run(['--decrypt'], message, about.bytesMost)
    const failure = judgeOpened(status, {
      mustBeEncrypted: about.encryption === 'required',
      mustBeSigned: about.signature === 'required',
      signers: partner,
    })
    if (failure === undefined) return output
    const isPlain = failure === 'PGP_NOT_A_MESSAGE' && about.encryption === 'optional' && about.signature === 'optional'
    if (isPlain) return message
    throw new PgpFailure(failure)
  }

  /** Whether one of the partner's keys signed these bytes, by a signature that came beside them. Throws PgpFailure where none did. */
  async verify(content: Uint8Array, signature: Uint8Array): Promise<void> {
    const { partner } = await this.#opened()
    const args = ['--enable-special-filenames', '--verify', '--', '-&5', '-']
    const { status } = await this.#run(args, content, outputOfNone, signature)
    const failure = judgeVerified(status, partner)
    if (failure !== undefined) throw new PgpFailure(failure)
  }

  /** A signature of our first key that goes beside these bytes. */
  async sign(content: Uint8Array, { armor }: { readonly armor: boolean }): Promise<Uint8Array> {
    const { own } = await this.#opened()
    const [signer] = own
    if (signer === undefined) throw new PgpFailure('PGP_KEY_UNUSABLE')
    const args = [...(armor ? ['--armor'] : []), '--local-user', signer, '--detach-sign']
    const { output, status, exitCode } = await this.#run(args, content, 1_000_000)
    if (exitCode === 0 && output.length > 0) return output
    throw new PgpFailure(judgeSealed(status))
  }

  /** A message for the partner. It is encrypted for us too where we have a key, so that we can tell later what it was. */
  async seal(
    content: Uint8Array,
    about: { readonly encrypt: boolean; readonly sign: boolean; readonly armor: boolean },
  ): Promise<Uint8Array> {
    const { own, partner } = await this.#opened()
    const [signer] = own
    const [recipient] = partner
    if ((about.sign && signer === undefined) || (about.encrypt && recipient === undefined))
      throw new PgpFailure('PGP_KEY_UNUSABLE')
    const args = [
      ...(about.armor ? ['--armor'] : []),
      ...(about.sign && signer !== undefined ? ['--local-user', signer, '--sign'] : []),
      ...(about.encrypt && recipient !== undefined ? ['--recipient', recipient, '--encrypt'] : []),
      ...(about.encrypt && signer !== undefined ? ['--recipient', signer] : []),
    ]
    const { output, status, exitCode } = await this.#run(args, content, content.length * 2 + 1_000_000)
    if (exitCode === 0 && output.length > 0) return output
    throw new PgpFailure(judgeSealed(status))
  }

  /** Whether a sealed message of ours holds this; undefined where we cannot look into it. */
  async holds(sealed: Uint8Array, content: Uint8Array): Promise<boolean | undefined> {
    const found = await this.#run(['--decrypt'], sealed, content.length + 1).catch((error: unknown) => {
      if (error instanceof PgpFailure && error.code === 'PGP_TOO_LARGE') return undefined
      throw error
    })
    if (found === undefined) return false
    const { output, status } = found
    if (!status.has('DECRYPTION_OKAY') && !status.has('PLAINTEXT')) return undefined
    return Buffer.compare(output, content) === 0
  }

  async close(): Promise<void> {
    const home = await this.#home?.catch(() => undefined)
    this.#home = undefined
    if (home === undefined) return
    await removeHome(home.path)
  }

  async #run(args: readonly string[], input: Uint8Array, outputMost: number, second?: Uint8Array): Promise<GpgAnswer> {
    const { path } = await this.#opened()
    const { passphrase } = this.#keys
    const call = { home: path, args, input, passphrase, outputMost, timeoutMs }
    return runGpg(second === undefined ? call : { ...call, second })
  }

  /** A failure is not kept: GnuPG may be installed meanwhile. */
  #opened(): Promise<OpenHome> {
    this.#home ??= openHome(this.#keys).catch((error: unknown) => {
      this.#home = undefined
      throw error
    })
    return this.#home
  }
}

interface OpenHome {
  readonly path: string
  /** Fingerprints of the primary keys, in the order of the files. */
  readonly own: readonly string[]
  readonly partner: readonly string[]
}

async function openHome({ own, partner, passphrase }: PgpKeys): Promise<OpenHome> {
  sweepHomes()
  // Short, because the agent's socket lies in it. mkdtemp lets nobody else in.
  const path = mkdtempSync(join(tmpdir(), `${homePrefix}${process.pid}-`))
  try {
    return {
      path,
      own: await imported(path, own, { passphrase, isSecret: true }),
      partner: await imported(path, partner, { passphrase, isSecret: false }),
    }
  } catch (error) {
    await removeHome(path)
    throw error
  }
}

async function imported(
  home: string,
  files: readonly KeyFile[],
  { passphrase, isSecret }: { readonly passphrase: string; readonly isSecret: boolean },
): Promise<string[]> {
  const found: string[] = []
  for (const { name, bytes } of files) {
    const call = { home, args: ['--import'], input: bytes, passphrase, outputMost: 1_000_000, timeoutMs }
    const { status } = await runGpg(call)
    // Bit 16 of the reason says that there was a secret key in it.
    const keys = status.all('IMPORT_OK').filter(([reason]) => !isSecret || (Number(reason) & 16) !== 0)
    const prints = new Set(keys.map(([, fingerprint]) => fingerprint ?? ''))
    if (prints.size === 0) throw new PgpFailure('PGP_KEY_UNUSABLE', name)
    found.push(...prints)
  }
  return found
}

/**
 * The agent ends after it was told to, and takes its sockets away meanwhile. `rmSync` takes a file that went before it for the end of its
 * work, and would leave the folder with copies of keys in it.
 */
async function removeHome(path: string): Promise<void> {
  endAgent(path)
  await rm(path, { recursive: true, force: true, maxRetries: 5 })
}

/**
 * Rings of processes that ended without closing them hold copies of keys: they go when the next one is made. What belongs to another user
 * is that one's to remove, and no reason to work without keys.
 */
function sweepHomes(): void {
  for (const name of readdirSync(tmpdir())) {
    const [, pid] = /^interline-pgp-(\d+)-/.exec(name) ?? []
    const path = join(tmpdir(), name)
    if (pid === undefined || isAlive(Number(pid)) || !isOurs(path)) continue
    endAgent(path)
    rmSync(path, { recursive: true, force: true })
  }
}

function isOurs(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false })
  return found !== undefined && found.isDirectory() && found.uid === process.getuid?.()
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
