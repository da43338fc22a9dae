import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import { PgpFailure } from './failure.ts'
import { Status } from './status.ts'

/** One call of the program. */
export interface GpgCall {
  readonly home: string
  readonly args: readonly string[]
  readonly input: Uint8Array
  /** What the arguments name `-&5`: a second input. */
  readonly second?: Uint8Array
  readonly passphrase: string
  /** More output than this ends the call: a small message may hold a large file. */
  readonly outputMost: number
  readonly timeoutMs: number
}

/** What the program wrote, what it said about it on its status channel, and how it ended; null: a signal ended it. */
export interface GpgAnswer {
  readonly output: Buffer
  readonly status: Status
  readonly exitCode: number | null
}

/** Where GnuPG is installed; nothing of the hub's own environment reaches it. */
const places = '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin'

/** No questions, no network, no configuration of this machine: only the keys in `home`. */
const always = [
  '--batch',
  '--no-tty',
  '--no-options',
  '--no-auto-key-locate',
  '--no-auto-key-retrieve',
  '--disable-dirmngr',
  '--trust-model',
  'always',
  '--pinentry-mode',
  'loopback',
  '--status-fd',
  '3',
  '--passphrase-fd',
  '4',
]

/** Runs `gpg`. Everything goes through pipes: neither content nor passphrase is ever an argument or a file. Throws PgpFailure. */
export async function runGpg(call: GpgCall): Promise<GpgAnswer> {
  const { home, args, input, second, passphrase, outputMost, timeoutMs } = call
  const child = spawn('gpg', ['--homedir', home, ...always, ...args], {
    stdio: ['pipe', 'pipe', 'ignore', 'pipe', 'pipe', 'pipe'],
    env: { PATH: places, LC_ALL: 'C' },
  })
  const [stdin, stdout, , told, secret, other] = child.stdio as unknown as [
    Writable,
    Readable,
    null,
    Readable,
    Writable,
    Writable,
  ]
  let reason: PgpFailure | undefined
  const stop = (failure: PgpFailure): void => {
    reason ??= failure
    child.kill('SIGKILL')
  }
  const timer = setTimeout(() => stop(new PgpFailure('PGP_TIMEOUT')), timeoutMs)
  const tooLarge = (): void => stop(new PgpFailure('PGP_TOO_LARGE'))
  const output = collected(stdout, outputMost, tooLarge)
  const status = collected(told, 1_000_000, tooLarge)
  feed(secret, Buffer.from(`${passphrase}\n`))
  feed(other, second ?? new Uint8Array())
  feed(stdin, input)
  try {
    const closed = once(child, 'close') as Promise<[number | null]>
    const [exitCode] = await closed
    if (reason !== undefined) throw reason
    return { output: await output, status: new Status((await status).toString('utf8')), exitCode }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new PgpFailure('PGP_PROGRAM_MISSING')
    throw error
  } finally {
    clearTimeout(timer)
  }
}

/** The program may end before it has read everything; that is its answer, not our failure. */
function feed(into: Writable, bytes: Uint8Array): void {
  into.on('error', () => {})
  into.end(bytes)
}

async function collected(from: Readable, most: number, tooLarge: () => void): Promise<Buffer> {
  const pieces: Buffer[] = []
  let size = 0
  try {
    for await (const piece of from as AsyncIterable<Buffer>) {
      size += piece.length
      if (size > most) tooLarge()
      else pieces.push(piece)
    }
  } catch {
    // The pipe of a program that was ended; its reason is known.
  }
  return Buffer.concat(pieces)
}

/** Ends the agent that holds the keys of a home. */
export function endAgent(home: string): void {
  spawnSync('gpgconf', ['--homedir', home, '--kill', 'gpg-agent'], { stdio: 'ignore', env: { PATH: places } })
}
