import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { FolderFailure } from '../../transports/files/folder.ts'
import { fingerprintOf } from '../../transports/sftp/keys.ts'
import { SftpFolder } from '../../transports/sftp/sftp-folder.ts'

/** The partner's side of a mailbox at the hub. */
export interface MailboxStationParts {
  readonly port: number
  readonly user: string
  readonly privateKey: string
  /** Where the hub keeps the key of its server: the partner was told its fingerprint, by another way. */
  readonly hostKeyFile: string
  /** Between two attempts while the hub is away; real milliseconds. */
  readonly retryMs: number
}

const bytesMost = 10_000_000
const attemptsMost = 60

/** A partner that has a mailbox at the hub: it uploads into `/in`, and fetches and removes what lies in `/out` and `/ack`. */
export class MailboxStation {
  readonly #parts: MailboxStationParts
  #folder: SftpFolder | undefined
  #isLooking = false
  #isOver = false

  constructor(parts: MailboxStationParts) {
    this.#parts = parts
  }

  async close(): Promise<void> {
    this.#isOver = true
    await this.#folder?.close()
  }

  /** Uploads a document, again until the hub has it. */
  async send(name: string, bytes: Uint8Array): Promise<void> {
    for (let attempt = 0; !this.#isOver && attempt < attemptsMost; attempt++) {
      if (await this.#tried((folder) => folder.write(`in/${name}`, bytes))) return
      await sleep(this.#parts.retryMs)
    }
  }

  /** Fetches what the hub has put out; nothing while another look is under way. */
  async look(): Promise<readonly Uint8Array[]> {
    if (this.#isLooking || this.#isOver) return []
    this.#isLooking = true
    const found: Uint8Array[] = []
    try {
      for (const place of ['out', 'ack'])
        await this.#tried(async (folder) => {
          for (const { name } of await folder.list(place)) {
            const bytes = await folder.read(`${place}/${name}`, bytesMost)
            await folder.remove(`${place}/${name}`)
            found.push(bytes)
          }
        })
    } finally {
      this.#isLooking = false
    }
    return found
  }

  /** False while the hub is away or its server is not there yet. */
  async #tried(work: (folder: SftpFolder) => Promise<unknown>): Promise<boolean> {
    const { hostKeyFile, port, user, privateKey } = this.#parts
    if (!existsSync(hostKeyFile)) return false
    this.#folder ??= new SftpFolder(
      {
        host: '127.0.0.1',
        port,
        user,
        privateKey,
        hostKeys: [fingerprintOf(readFileSync(hostKeyFile, 'utf8'))],
        legacyAlgorithms: false,
        timeoutMs: 10_000,
      },
      loopback,
      '/',
    )
    try {
      await work(this.#folder)
      return true
    } catch (error) {
      // A hub that is away, or that just stops, is asked again.
      if (error instanceof FolderFailure) return false
      throw error
    }
  }
}

const loopback = {
  allowHttp: false,
  allowedCidrs: ['127.0.0.0/8'],
  resolver: async () => ['127.0.0.1'],
  connectMs: 5000,
  isOwn: () => false,
}
