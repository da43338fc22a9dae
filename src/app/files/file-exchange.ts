import { join } from 'node:path'
import type { Registry } from 'prom-client'
import type { PickUpStatus } from '../../gateway/pick-up-status.ts'
import { LocalFolder } from '../../transports/files/local-folder.ts'
import { Mailbox, mailboxOwner } from '../../transports/mailbox/mailbox.ts'
import { type MailboxEvent, MailboxServer } from '../../transports/mailbox/server.ts'
import type { Watermark } from '../disk.ts'
import { openHostKey } from './host-key.ts'
import { LargeFiles } from './large-files.ts'
import type { DeclaredMailbox } from './mailbox-declaration.ts'
import type { DeclaredPickUp } from './pick-up-declaration.ts'
import { definePickUpGauges, type PickUpOptions, RunningPickUp } from './running-pick-up.ts'

export interface FileExchangeOptions extends Omit<PickUpOptions, 'largeFiles'> {
  readonly watermark: Watermark
  readonly directory: string
  readonly pickUps: readonly DeclaredPickUp[]
  readonly mailboxes: readonly DeclaredMailbox[]
  readonly host: string
  readonly port: number
  readonly registry: Registry
}

/** Everything that comes as a file: pick-ups at partners, and mailboxes that partners fill here. */
export class FileExchange {
  readonly #pickUps: readonly RunningPickUp[]
  readonly #server: MailboxServer | undefined

  private constructor(pickUps: readonly RunningPickUp[], server: MailboxServer | undefined) {
    this.#pickUps = pickUps
    this.#server = server
  }

  static async start(options: FileExchangeOptions): Promise<FileExchange> {
    const { mailboxes, node, registry } = options
    const opened = await Promise.all(
      mailboxes.map(async (one) => ({ ...one, mailbox: await openMailbox(one, options) })),
    )
    const largeFiles = await LargeFiles.open({ ...options, place: node.place })
    const declared = [...options.pickUps, ...opened.map(mailboxPickUp)]
    const pickUps = declared.map((one) => new RunningPickUp(one, { ...options, largeFiles }))
    pickUps.forEach((one, at) => node.run(`pick-up-${at}`, () => one.round(), 1000))
    definePickUpGauges(registry, pickUps)
    return new FileExchange(pickUps, opened.length === 0 ? undefined : await serve(opened, options))
  }

  /** How each stands, in the order of the declaration, mailboxes last. */
  status(): readonly PickUpStatus[] {
    return this.#pickUps.map(({ status }) => status)
  }

  async close(): Promise<void> {
    await this.#server?.close()
    for (const one of this.#pickUps) await one.close()
  }
}

type OpenedMailbox = DeclaredMailbox & { readonly mailbox: Mailbox }

function openMailbox({ user, quotaMegabytes, filesMost, rules }: DeclaredMailbox, { directory }: FileExchangeOptions) {
  const root = join(directory, 'mailboxes', user)
  const fileBytesMost = Math.max(rules.bytesMost, rules.largeBytesMost)
  return Mailbox.open(root, { bytesMost: quotaMegabytes * 1_048_576, filesMost, fileBytesMost })
}

/** What the partner has put in is on the disk of this process, so this process takes it, whoever owns the inbox. */
function mailboxPickUp({ connection, mailbox, rules, contentType }: OpenedMailbox): DeclaredPickUp {
  const place = { open: () => new LocalFolder(join(mailbox.root, 'in')) }
  return { connection, protocol: 'mailbox', place, rules, everyMs: 1000, contentType, owner: mailboxOwner }
}

async function serve(opened: readonly OpenedMailbox[], options: FileExchangeOptions): Promise<MailboxServer> {
  const { directory, host, port, signals } = options
  const { key, fingerprint } = openHostKey(directory)
  const server = new MailboxServer({
    hostKey: key,
    partners: opened,
    report: (event) => reportMailbox(event, opened, options),
    now: () => Date.now(),
    loginMs: 20_000,
    idleMs: 600_000,
    connectionsMost: 200,
  })
  signals.mailboxesOpened({ port: await server.listen(port, host), hostKey: fingerprint, count: opened.length })
  return server
}

function reportMailbox(
  event: MailboxEvent,
  opened: readonly OpenedMailbox[],
  { signals }: Pick<FileExchangeOptions, 'signals'>,
): void {
  if (event.event === 'refused') return signals.mailboxRefused({ reason: event.reason })
  const connection = opened.find(({ user }) => user === event.user)?.connection.id ?? ''
  if (event.event === 'login') signals.mailboxOpened({ connection })
  else signals.mailboxMoved({ connection, direction: event.event })
}
