import { join } from 'node:path'
import type { Registry } from 'prom-client'
import type { LoopEnd } from '../../flow/node.ts'
import type { PickUpStatus } from '../../gateway/shown/pick-up-status.ts'
import { LocalFolder } from '../../transports/files/local-folder.ts'
import { Mailbox, mailboxOwner } from '../../transports/mailbox/mailbox.ts'
import { type MailboxEvent, MailboxServer } from '../../transports/mailbox/server.ts'
import type { Watermark } from '../start/disk.ts'
import { opened } from '../start/door.ts'
import { openHostKey } from './host-key.ts'
import { LargeFiles } from './large-files.ts'
import type { DeclaredMailbox } from './mailbox-declaration.ts'
import type { DeclaredPickUp } from './pick-up-declaration.ts'
import { definePickUpGauges, type PickUpOptions, RunningPickUp } from './running-pick-up.ts'

/** What is declared, of both kinds. */
export interface DeclaredFiles {
  readonly pickUps: readonly DeclaredPickUp[]
  readonly mailboxes: readonly DeclaredMailbox[]
}

/** Where files lie (`directory` is that of the hub’s data), and where partners log in to their mailboxes. */
export interface FileExchangeOptions extends Omit<PickUpOptions, 'largeFiles'> {
  readonly watermark: Watermark
  readonly directory: string
  readonly host: string
  readonly port: number
  readonly registry: Registry
}

interface Running {
  readonly pickUp: RunningPickUp
  readonly fingerprint: string | undefined
  readonly end: LoopEnd
}

type OpenedMailbox = DeclaredMailbox & { readonly mailbox: Mailbox }

/** Everything that comes as a file: pick-ups at partners, and mailboxes that partners fill here. */
export class FileExchange {
  readonly #options: FileExchangeOptions & PickUpOptions
  #running: readonly Running[] = []
  #mailboxes: readonly OpenedMailbox[] = []
  #server: MailboxServer | undefined

  private constructor(options: FileExchangeOptions & PickUpOptions) {
    this.#options = options
  }

  static async start(options: FileExchangeOptions, declared: DeclaredFiles): Promise<FileExchange> {
    const largeFiles = await LargeFiles.open({ ...options, place: options.node.place })
    const exchange = new FileExchange({ ...options, largeFiles })
    definePickUpGauges(options.registry, () => exchange.#running.map(({ pickUp }) => pickUp))
    await exchange.update(declared)
    return exchange
  }

  /** From now on with these. What is as it was goes on; what is not ends after its round, before its successor begins. */
  async update({ pickUps, mailboxes }: DeclaredFiles): Promise<void> {
    const opened = await Promise.all(mailboxes.map((one) => this.#openMailbox(one)))
    const changed = this.#mailboxes.filter((old) => !opened.includes(old))
    this.#mailboxes = opened
    for (const { user } of changed) this.#server?.cut(user)
    await this.#serve()
    const wanted = [...pickUps, ...opened.map(mailboxPickUp)]
    const left = [...this.#running]
    const kept = wanted.map(({ fingerprint }) => {
      const at = left.findIndex((one) => one.fingerprint !== undefined && one.fingerprint === fingerprint)
      return at < 0 ? undefined : left.splice(at, 1)[0]
    })
    await Promise.all(left.map(({ end }) => end()))
    for (const { pickUp } of left) await pickUp.close()
    this.#running = wanted.map((declared, at) => kept[at] ?? this.#run(declared))
  }

  /** Where files go that are too large for one message, whichever way they come. */
  get largeFiles(): PickUpOptions['largeFiles'] {
    return this.#options.largeFiles
  }

  /** How each stands, in the order of the declaration, mailboxes last. */
  status(): readonly PickUpStatus[] {
    return this.#running.map(({ pickUp }) => pickUp.status)
  }

  async close(): Promise<void> {
    await this.#server?.close()
    for (const { pickUp } of this.#running) await pickUp.close()
  }

  #run(declared: DeclaredPickUp): Running {
    const pickUp = new RunningPickUp(declared, this.#options)
    const end = this.#options.node.run(`pick-up ${declared.connection.id}`, () => pickUp.round(), 1000)
    return { pickUp, fingerprint: declared.fingerprint, end }
  }

  async #openMailbox(declared: DeclaredMailbox): Promise<OpenedMailbox> {
    const known = this.#mailboxes.find(({ user }) => user === declared.user)
    if (known?.fingerprint !== undefined && known.fingerprint === declared.fingerprint) return known
    const { user, quotaMegabytes, filesMost, rules } = declared
    const fileBytesMost = Math.max(rules.bytesMost, rules.largeBytesMost)
    const quota = { bytesMost: quotaMegabytes * 1_048_576, filesMost, fileBytesMost }
    // Uploads under way are thrown away with the old rules: the partner sees that and sends again.
    if (known !== undefined) this.#server?.cut(user)
    return { ...declared, mailbox: await Mailbox.open(join(this.#options.directory, 'mailboxes', user), quota) }
  }

  /** Opens the server with the first mailbox. It stays open when the last one goes; nobody can log in then. */
  async #serve(): Promise<void> {
    if (this.#server !== undefined || this.#mailboxes.length === 0) return
    const { directory, host, port, signals } = this.#options
    const { key, fingerprint } = openHostKey(directory)
    const server = new MailboxServer({
      hostKey: key,
      partners: () => this.#mailboxes,
      report: (event) => this.#report(event),
      now: () => Date.now(),
      loginMs: 20_000,
      idleMs: 600_000,
      connectionsMost: 200,
    })
    const count = this.#mailboxes.length
    const name = 'The SFTP server for mailboxes (INTERLINE_MAILBOX_PORT)'
    const listening = await opened({ name, host, port }, () => server.listen(port, host))
    signals.mailboxesOpened({ port: listening, hostKey: fingerprint, count })
    this.#server = server
  }

  #report(event: MailboxEvent): void {
    const { signals } = this.#options
    if (event.event === 'refused') return signals.mailboxRefused({ reason: event.reason })
    const connection = this.#mailboxes.find(({ user }) => user === event.user)?.connection.id ?? ''
    if (event.event === 'login') signals.mailboxOpened({ connection })
    else signals.mailboxMoved({ connection, direction: event.event })
  }
}

/** What the partner has put in is on the disk of this process, so this process takes it, whoever owns the inbox. */
function mailboxPickUp({ connection, mailbox, rules, contentType, fingerprint, pgp }: OpenedMailbox): DeclaredPickUp {
  const place = { open: () => new LocalFolder(join(mailbox.root, 'in')) }
  return {
    connection,
    protocol: 'mailbox',
    place,
    rules,
    everyMs: 1000,
    contentType,
    owner: mailboxOwner,
    ...(pgp === undefined ? {} : { pgp }),
    ...(fingerprint === undefined ? {} : { fingerprint: `mailbox ${fingerprint}` }),
  }
}
