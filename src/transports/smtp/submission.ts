import { isIP } from 'node:net'
import { Readable } from 'node:stream'
import SMTPConnection from 'nodemailer/lib/smtp-connection'
import { type DialOptions, dial } from '../dial.ts'

/** Whose mail server takes our mail. */
export interface SmtpAccount {
  readonly host: string
  readonly port: number
  /** From the first byte · after STARTTLS, or not at all · never. */
  readonly security: 'tls' | 'starttls' | 'none'
  readonly user?: string | undefined
  readonly password?: string | undefined
  /** PEM certificates of a private authority, instead of the public ones. */
  readonly authorities?: readonly string[] | undefined
  readonly timeoutMs: number
}

/** A message in its envelope. */
export interface Submission {
  readonly from: string
  readonly to: string
  readonly bytes: Buffer
}

/** What became of it. `unknown`: the server had the message, or part of it, and did not say what it made of it. */
export type SmtpOutcome =
  | { readonly outcome: 'taken' }
  | { readonly outcome: 'refused'; readonly stage: SmtpStage; readonly code: number; readonly enhanced: string }
  | { readonly outcome: 'not_sent'; readonly code: string }
  | { readonly outcome: 'unknown'; readonly code: string }

/** What the server said no to. */
export type SmtpStage = 'login' | 'message' | 'recipient' | 'sender' | 'session'

/** Hands one message to a mail server. `mayStart` is asked in the moment before the message itself begins to leave. */
export async function submit(
  submission: Submission,
  account: SmtpAccount,
  way: { readonly line: DialOptions; readonly mayStart: () => boolean },
): Promise<SmtpOutcome> {
  const socket = await dial(account.host, account.port, way.line).catch((error: unknown) => codeOf(error))
  if (typeof socket === 'string') return { outcome: 'not_sent', code: socket }
  const connection = new SMTPConnection({ ...optionsOf(account), connection: socket })
  const message = new WatchedMessage(submission.bytes)
  const { promise, resolve } = Promise.withResolvers<SmtpOutcome>()
  const timer = setTimeout(() => resolve(lost('TIMEOUT', message)), account.timeoutMs)
  const failed = (error: unknown): void => resolve(outcomeOf(error, message))
  connection.on('error', failed)
  connection.once('end', () => resolve(lost('CLOSED', message)))
  connection.connect((refused) => {
    if (refused !== undefined && refused !== null) return failed(refused)
    login(connection, account, (error) => {
      if (error !== undefined && error !== null) return failed(error)
      if (!way.mayStart()) return resolve({ outcome: 'not_sent', code: 'TOO_LATE' })
      const { from, to } = submission
      connection.send({ from, to: [to], size: submission.bytes.length }, message.stream, (problem) => {
        if (problem === undefined || problem === null) resolve({ outcome: 'taken' })
        else failed(problem)
      })
    })
  })
  try {
    return await promise
  } finally {
    clearTimeout(timer)
    connection.removeAllListeners('error')
    connection.on('error', () => {})
    connection.close()
    socket.destroy()
  }
}

type Callback = (error?: Error | null) => void

function login(connection: SMTPConnection, { user, password = '' }: SmtpAccount, done: Callback): void {
  if (user === undefined || user === '') done()
  else connection.login({ user, pass: password, credentials: { user, pass: password } }, done)
}

function optionsOf({ host, port, security, authorities, timeoutMs }: SmtpAccount): object {
  return {
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ignoreTLS: security === 'none',
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    maxResponseSize: 64 * 1024,
    tls: {
      ...(isIP(host) > 0 ? {} : { servername: host }),
      minVersion: 'TLSv1.2',
      ...(authorities === undefined ? {} : { ca: [...authorities] }),
    },
    name: 'interline',
  }
}

/** The message as a stream that knows whether anybody has begun to read it: before that, no server can have taken it. */
class WatchedMessage {
  readonly stream: Readable
  hasBegun = false

  constructor(bytes: Buffer) {
    let isRead = false
    this.stream = new Readable({
      read: () => {
        this.hasBegun = true
        if (!isRead) this.stream.push(bytes)
        else this.stream.push(null)
        isRead = true
      },
    })
  }
}

function outcomeOf(error: unknown, message: WatchedMessage): SmtpOutcome {
  const {
    responseCode,
    response = '',
    command = '',
    code = 'UNKNOWN',
  } = error as {
    readonly responseCode?: number
    readonly response?: string
    readonly command?: string
    readonly code?: string
  }
  if (responseCode === undefined || responseCode < 400) {
    if (code === 'EAUTH') return { outcome: 'refused', stage: 'login', code: 535, enhanced: '' }
    return lost(code, message)
  }
  const enhanced = /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? ''
  return { outcome: 'refused', stage: stageOf(command), code: responseCode, enhanced }
}

/** A message of which nothing was read has not been sent. */
function lost(code: string, { hasBegun }: WatchedMessage): SmtpOutcome {
  return { outcome: hasBegun ? 'unknown' : 'not_sent', code }
}

function stageOf(command: string): SmtpStage {
  if (command === 'RCPT TO') return 'recipient'
  if (command === 'MAIL FROM') return 'sender'
  if (command === 'DATA') return 'message'
  return command.startsWith('AUTH') ? 'login' : 'session'
}

function codeOf(error: unknown): string {
  const { code } = error as { readonly code?: unknown }
  return typeof code === 'string' ? code : 'UNKNOWN'
}
