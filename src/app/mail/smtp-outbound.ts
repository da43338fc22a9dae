import type { Clock, Outbound } from '../../flow/ports.ts'
import { type DialOptions, systemResolver } from '../../transports/dial.ts'
import type { HttpRequest, HttpResult } from '../../transports/http/request.ts'
import { isMailbox, type Mail, writeMail } from '../../transports/smtp/mail.ts'
import { type SmtpAccount, type SmtpOutcome, submit } from '../../transports/smtp/submission.ts'

/** Everything that is no mail, and the clocks. */
export interface SmtpOutboundOptions {
  readonly others: Outbound
  readonly isOwn: DialOptions['isOwn']
  readonly clock: Pick<Clock, 'mono' | 'wall'>
}

/**
 * Requests whose address begins with `smtp:` or `smtps:` are mails: POST hands the one in the body to that server. Answers are those of
 * HTTP: 200 taken, 401 the login is refused, 404 nobody has the address, 422 the server will never take it, 503 not now. The body says
 * what the server said, as a code: its words may hold the address.
 */
export class SmtpOutbound implements Outbound {
  readonly #options: SmtpOutboundOptions

  constructor(options: SmtpOutboundOptions) {
    this.#options = options
  }

  async send(request: HttpRequest): Promise<HttpResult> {
    const url = /^smtps?:/.test(request.url) ? URL.parse(request.url) : null
    if (url === null) return this.#options.others.send(request)
    if (url.protocol === 'smtp:' && request.headers['smtp-security'] === 'none' && !request.allowHttp)
      return { outcome: 'not_sent', wire: false, code: 'SCHEME_REFUSED' }
    const mail = JSON.parse(new TextDecoder().decode(request.body ?? new Uint8Array())) as Mail
    if (!isMailbox(mail.to))
      return answer(422, { stage: 'recipient', code: 0, enhanced: '', problem: 'ADDRESS_INVALID' })
    const bytes = await writeMail(mail, new Date(this.#options.clock.wall()))
    if (bytes === undefined)
      return answer(422, { stage: 'message', code: 0, enhanced: '', problem: 'MESSAGE_TOO_LARGE' })
    const { startBefore } = request
    const mayStart = (): boolean => startBefore === undefined || this.#options.clock.mono() < startBefore
    const account = accountOf(url, request)
    const line = { ...this.#line(request, account.port), connectMs: Math.min(request.timeoutMs, 10_000) }
    return resultOf(await submit({ from: mail.from, to: mail.to, bytes }, account, { line, mayStart }))
  }

  #line({ allowedCidrs, allowedPorts }: HttpRequest, port: number): Omit<DialOptions, 'connectMs'> {
    return {
      allowHttp: false,
      allowedCidrs,
      allowedPorts: allowedPorts ?? [port],
      resolver: systemResolver,
      isOwn: this.#options.isOwn,
    }
  }
}

function accountOf(url: URL, { headers, authorities, timeoutMs }: HttpRequest): SmtpAccount {
  const credentials = /^Basic (.+)$/.exec(headers['authorization'] ?? '')?.[1]
  const [user, ...password] = credentials === undefined ? [] : Buffer.from(credentials, 'base64').toString().split(':')
  const security = url.protocol === 'smtps:' ? 'tls' : headers['smtp-security'] === 'none' ? 'none' : 'starttls'
  const port = Number(url.port || (security === 'tls' ? 465 : 587))
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  return { host, port, security, user, password: password.join(':'), authorities, timeoutMs }
}

function resultOf(became: SmtpOutcome): HttpResult {
  if (became.outcome === 'not_sent') return { outcome: 'not_sent', wire: false, code: became.code }
  if (became.outcome === 'unknown') return { outcome: 'no_answer', wire: true, code: became.code }
  if (became.outcome === 'taken') return answer(200, {})
  const { stage, code, enhanced } = became
  return answer(statusOf(became), { stage, code, enhanced })
}

function statusOf({ stage, code, enhanced }: Extract<SmtpOutcome, { outcome: 'refused' }>): number {
  // Nothing of this mail was looked at yet.
  if (code < 500 || stage === 'session') return 503
  if (stage === 'login') return 401
  const isNobody = enhanced === '' ? [550, 551, 553].includes(code) : /^5\.1\.|^5\.2\.1$/.test(enhanced)
  return stage === 'recipient' && isNobody ? 404 : 422
}

function answer(status: number, said: object): HttpResult {
  return { outcome: 'answer', wire: true, status, headers: {}, body: new TextEncoder().encode(JSON.stringify(said)) }
}
