import { timingSafeEqual } from 'node:crypto'
import ssh2, { type AuthContext, type Connection, type ParsedKey, type PublicKeyAuthContext } from 'ssh2'
import { Conversation } from './conversation.ts'
import { Guesses } from './guesses.ts'
import type { Mailbox } from './mailbox.ts'

/** A partner that may log in, and the mailbox that it gets. */
export interface MailboxPartner {
  readonly user: string
  /** Lines of an authorized_keys file. */
  readonly publicKeys: readonly string[]
  /** Empty allows keys only. */
  readonly password: string
  readonly mailbox: Mailbox
  readonly connectionsMost: number
}

/** What the log hears: `guessing` is an address with too many failed logins, `busy` one connection too many. No names of files. */
export type MailboxEvent =
  | { readonly event: 'login'; readonly user: string }
  | { readonly event: 'refused'; readonly reason: 'login' | 'guessing' | 'busy' }
  | { readonly event: 'uploaded' | 'downloaded'; readonly user: string }

/** Who may come, how many at once, and how long one may be silent, in ms; `hostKey` is a private key, PEM or OpenSSH. */
export interface MailboxServerOptions {
  readonly hostKey: string
  /** Those that there are now. */
  readonly partners: () => readonly MailboxPartner[]
  readonly report: (event: MailboxEvent) => void
  readonly now: () => number
  /** A connection that has not logged in by then is cut. */
  readonly loginMs: number
  /** A connection on which nothing happens is cut. */
  readonly idleMs: number
  readonly connectionsMost: number
}

/** An SSH server that knows nothing but SFTP, and nothing but mailboxes. */
export class MailboxServer {
  readonly #options: MailboxServerOptions
  readonly #server: ssh2.Server
  readonly #guesses: Guesses
  readonly #open = new Map<Connection, string | undefined>()

  constructor(options: MailboxServerOptions) {
    this.#options = options
    this.#guesses = new Guesses(options.now)
    this.#server = new ssh2.Server(
      { hostKeys: [options.hostKey], ident: 'interline', keepaliveInterval: 30_000, keepaliveCountMax: 3 },
      (connection, { ip }) => this.#greet(connection, ip),
    )
  }

  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject)
      this.#server.listen(port, host, () => {
        const address = this.#server.address() as { readonly port: number }
        resolve(address.port)
      })
    })
  }

  /** Cuts the connections of a partner that is not one any more, or under other rules. */
  cut(user: string): void {
    for (const [connection, one] of this.#open) if (one === user) connection.end()
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()))
    for (const connection of this.#open.keys()) connection.end()
    await closed
  }

  #greet(connection: Connection, address: string): void {
    const { report, connectionsMost, loginMs } = this.#options
    // Scanners break off in every way there is; that is no event of ours.
    connection.on('error', () => undefined)
    const isBusy = this.#open.size >= connectionsMost
    if (isBusy || this.#guesses.isGuessing(address)) {
      report({ event: 'refused', reason: isBusy ? 'busy' : 'guessing' })
      connection.end()
      return
    }
    this.#open.set(connection, undefined)
    const timer = setTimeout(() => connection.end(), loginMs)
    connection.on('close', () => {
      clearTimeout(timer)
      this.#open.delete(connection)
    })
    let partner: MailboxPartner | undefined
    connection.on('authentication', (context) => {
      const known = this.#partner(context)
      if (known === 'more') return
      if (known === undefined) this.#refuse(context, address)
      else if (this.#isFull(known)) {
        report({ event: 'refused', reason: 'busy' })
        context.reject()
      } else {
        partner = known
        this.#open.set(connection, known.user)
        context.accept()
      }
    })
    connection.on('ready', () => {
      clearTimeout(timer)
      if (partner !== undefined) this.#serve(connection, partner)
    })
  }

  #refuse(context: AuthContext, address: string): void {
    // The first question of every client is which methods there are; it guesses nothing.
    if (context.method !== 'none') {
      this.#guesses.failed(address)
      this.#options.report({ event: 'refused', reason: 'login' })
    }
    context.reject(['publickey', 'password'])
  }

  #isFull({ user, connectionsMost }: MailboxPartner): boolean {
    return [...this.#open.values()].filter((one) => one === user).length >= connectionsMost
  }

  /** The partner whose proof this is; `more` when the client only asked whether a key would do. */
  #partner(context: AuthContext): MailboxPartner | 'more' | undefined {
    const partner = this.#options.partners().find(({ user }) => user === context.username)
    if (context.method === 'password') {
      // An unknown user costs as much as a known one.
      const fits = isSame(context.password, partner?.password ?? 'x')
      return partner !== undefined && partner.password !== '' && fits ? partner : undefined
    }
    if (context.method !== 'publickey' || partner === undefined) return undefined
    const known = partner.publicKeys.map(parsed).some((key) => key !== undefined && isKey(key, context))
    if (!known) return undefined
    if (context.signature !== undefined) return partner
    context.accept()
    return 'more'
  }

  #serve(connection: Connection, partner: MailboxPartner): void {
    const { report, idleMs } = this.#options
    const { user } = partner
    report({ event: 'login', user })
    connection.on('session', (acceptSession) => {
      const session = acceptSession()
      session.on('sftp', (accept) => {
        const channel = accept()
        const idle = setTimeout(() => connection.end(), idleMs)
        const conversation = new Conversation(channel, partner.mailbox, {
          heard: () => idle.refresh(),
          uploaded: () => report({ event: 'uploaded', user }),
          downloaded: () => report({ event: 'downloaded', user }),
        })
        const over = (): void => {
          clearTimeout(idle)
          conversation.end()
        }
        // A client that says goodbye waits for the answer.
        channel.on('end', () => channel.end())
        channel.on('close', over)
        connection.on('close', over)
      })
    })
  }
}

function parsed(line: string): ParsedKey | undefined {
  const key = ssh2.utils.parseKey(line)
  return key instanceof Error ? undefined : key
}

/** The key is the partner's, and what it signed was signed with it. */
function isKey(known: ParsedKey, { key, signature, blob, hashAlgo }: PublicKeyAuthContext): boolean {
  if (key.algo !== known.type && !(known.type === 'ssh-rsa' && key.algo.startsWith('rsa-sha2-'))) return false
  const shown = key.data
  const expected = known.getPublicSSH()
  if (shown.length !== expected.length || !timingSafeEqual(shown, expected)) return false
  if (signature === undefined || blob === undefined) return true
  return known.verify(blob, signature, hashAlgo) === true
}

function isSame(given: string, expected: string): boolean {
  const [left, right] = [Buffer.from(given), Buffer.from(expected)]
  return left.length === right.length && timingSafeEqual(left, right)
}
