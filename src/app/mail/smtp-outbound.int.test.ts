import type { AddressInfo, Socket } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { expect, onTestFinished, test } from 'vitest'
import { exampleSettings } from '../../connectors/kit/golden.ts'
import { mail } from '../../connectors/mail/connector.ts'
import { makeCertificate } from '../../transports/http/certificate.contract.ts'
import type { HttpRequest, HttpResult } from '../../transports/http/request.ts'
import { SmtpOutbound } from './smtp-outbound.ts'

const { certificate, key } = makeCertificate('127.0.0.1')

interface Taken {
  readonly from: string
  readonly to: readonly string[]
  readonly text: string
  readonly secure: boolean
}

interface ServerPlan extends SMTPServerOptions {
  /** Says no, or cuts the line, to what the client says. */
  readonly refuse?: { readonly at: 'recipient' | 'sender' | 'message'; readonly code: number; readonly words: string }
  readonly cutAfterMessage?: true
}

/** A mail server of its own kind, on a free port of 127.0.0.1 until the test ends. */
async function server(plan: ServerPlan = {}): Promise<{ readonly port: number; readonly taken: Taken[] }> {
  const taken: Taken[] = []
  const sockets = new Set<Socket>()
  const refused = (at: string): Error | null =>
    plan.refuse?.at === at ? Object.assign(new Error(plan.refuse.words), { responseCode: plan.refuse.code }) : null
  const one = new SMTPServer({
    ...{ key, cert: certificate, authOptional: true, disabledCommands: [] },
    onMailFrom: (_address, _session, done) => done(refused('sender')),
    onRcptTo: (_address, _session, done) => done(refused('recipient')),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        const from = mailFrom === false ? '' : mailFrom.address
        const text = Buffer.concat(chunks).toString()
        taken.push({ from, to: rcptTo.map(({ address }) => address), text, secure: session.secure === true })
        if (plan.cutAfterMessage === true) for (const socket of sockets) socket.destroy()
        else done(refused('message'))
      })
    },
    ...plan,
  })
  one.on('error', () => {})
  const listening = one.listen(0, '127.0.0.1')
  listening.on('connection', (socket: Socket) => sockets.add(socket))
  await new Promise<void>((resolve) => listening.once('listening', resolve))
  onTestFinished(() => new Promise<void>((resolve) => one.close(() => resolve())))
  return { port: (listening.address() as AddressInfo).port, taken }
}

const message = {
  ...{ address: 'ada@customer.example', name: 'Ada', recipient: 'rcp_1', audience: 'customer', language: 'de' },
  ...{
    subject: 'Ihre Bestellung SO-1 ist da',
    text: 'Grüße aus dem Lager',
    html: '<p>Grüße aus dem Lager</p>',
    about: [],
  },
}

/** The mail of the connector, through the way out. */
async function send(
  port: number,
  more: {
    readonly payload?: object
    readonly settings?: object
    readonly request?: Partial<HttpRequest>
  } = {},
): Promise<HttpResult> {
  const settings = {
    ...exampleSettings(mail.settings),
    ...{ host: '127.0.0.1', port, fromName: 'Shop', user: '', unsubscribe: 'https://shop.example/no-more' },
    ...more.settings,
  } as Parameters<NonNullable<typeof mail.baseUrl>>[0]
  const payload = { ...message, ...more.payload }
  const ask = mail.operations?.['send']?.ask({ payload, externalReference: 'IL01TEST', attempt: 1 }, settings)
  const login = mail.authenticate?.(settings)
  const basic = login?.scheme === 'basic' ? Buffer.from(`${login.user}:${login.password}`).toString('base64') : ''
  return outbound().send({
    url: `${mail.baseUrl?.(settings)}/`,
    method: 'POST',
    headers: { ...ask?.headers, ...(basic === '' ? {} : { authorization: `Basic ${basic}` }) },
    body: Buffer.from(ask?.body ?? ''),
    timeoutMs: 10_000,
    maxResponseBytes: 1000,
    ...{
      pool: 'post-office',
      concurrency: 1,
      allowHttp: false,
      allowedCidrs: ['127.0.0.0/8'],
      authorities: [certificate],
    },
    ...more.request,
  })
}

function outbound(): SmtpOutbound {
  return new SmtpOutbound({
    others: { send: async () => ({ outcome: 'not_sent', wire: false, code: 'OTHER_WAY' }) },
    isOwn: () => false,
    clock: { mono: () => 0, wall: () => 1_776_000_000_000 },
  })
}

function read(result: HttpResult): unknown {
  if (result.outcome !== 'answer') return [result.outcome, result.code]
  const { status, headers, body } = result
  const json = JSON.parse(new TextDecoder().decode(body)) as unknown
  const request = { payload: message, externalReference: 'IL01TEST', attempt: 1 }
  const settings = exampleSettings(mail.settings) as Parameters<NonNullable<typeof mail.baseUrl>>[0]
  return [status, mail.operations?.['send']?.read({ status, headers, body, json }, request, settings)]
}

test('a mail is taken after STARTTLS, with text and HTML, its own id, and a way to say no more', async () => {
  const { port, taken } = await server()
  expect(read(await send(port))).toEqual([200, { outcome: 'applied', documentReference: 'IL01TEST@example.com' }])
  const { text, ...envelope } = taken[0] ?? { text: '' }
  expect(envelope).toEqual({ from: 'orders@example.com', to: ['ada@customer.example'], secure: true })
  for (const line of [
    'Message-ID: <IL01TEST@example.com>',
    'From: Shop <orders@example.com>',
    'To: Ada <ada@customer.example>',
    'List-Unsubscribe: <https://shop.example/no-more?recipient=rcp_1>',
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    'Auto-Submitted: auto-generated',
    'Content-Language: de',
    'Date: Sun, 12 Apr 2026 13:20:00 +0000',
  ])
    expect(text.split('\r\n')).toContain(line)
  expect(text).toContain('multipart/alternative')
  expect(text).toContain('Gr=C3=BC=C3=9Fe aus dem Lager')
})

test('the same mail has the same bytes in every attempt', async () => {
  const { port, taken } = await server()
  await send(port)
  await send(port)
  const [first, second] = taken.map(({ text }) => text.replace(/^Received:.*$/m, ''))
  expect(first).toBe(second)
})

test('colleagues have no way to say no more', async () => {
  const { port, taken } = await server()
  await send(port, { payload: { audience: 'staff' } })
  expect(taken[0]?.text).not.toContain('List-Unsubscribe')
})

test('what the server says is read for what it means', async () => {
  const cases: readonly (readonly [ServerPlan['refuse'] & object, number, object])[] = [
    [
      { at: 'recipient', code: 550, words: '5.1.1 No such user' },
      404,
      { outcome: 'refused', reason: /^RECIPIENT_REFUSED/ },
    ],
    [{ at: 'recipient', code: 550, words: 'Gone away' }, 404, { outcome: 'refused' }],
    [{ at: 'recipient', code: 550, words: '5.7.1 Not from you' }, 422, { outcome: 'refused' }],
    [{ at: 'recipient', code: 552, words: '5.2.2 Mailbox full' }, 422, { outcome: 'refused' }],
    [{ at: 'sender', code: 550, words: '5.1.8 Who are you' }, 422, { outcome: 'refused' }],
    [{ at: 'message', code: 554, words: '5.7.1 Junk' }, 422, { outcome: 'refused' }],
    [{ at: 'recipient', code: 451, words: '4.7.1 Greylisted' }, 503, {}],
    [{ at: 'message', code: 451, words: 'Later' }, 503, {}],
  ]
  for (const [refuse, status, meaning] of cases) {
    const { port } = await server({ refuse })
    const [found, reading] = read(await send(port)) as [number, { outcome: string; reason: string }]
    expect(found, refuse.words).toBe(status)
    if ('outcome' in meaning) expect(reading.outcome, refuse.words).toBe(meaning.outcome)
    // The words of a server may hold the address.
    expect(JSON.stringify(reading)).not.toContain(refuse.words)
    if (status === 404) expect(reading.reason).toMatch(/^RECIPIENT_REFUSED/)
    else expect(reading.reason).not.toMatch(/RECIPIENT_REFUSED/)
  }
})

test('a login that is refused is one: nothing is tried as somebody else', async () => {
  const onAuth: SMTPServerOptions['onAuth'] = ({ username, password }, _session, done) => {
    if (username === 'hub' && password === 'good:one') done(null, { user: 'hub' })
    else done(Object.assign(new Error('No'), { responseCode: 535 }))
  }
  const { port, taken } = await server({ onAuth, authOptional: false })
  const login = (password: string) => send(port, { settings: { user: 'hub', password } })
  expect(((await login('bad')) as { status?: number }).status).toBe(401)
  expect(taken).toEqual([])
  expect(((await login('good:one')) as { status?: number }).status).toBe(200)
})

test('a line that breaks after the message nobody knows the end of; one that breaks before has sent nothing', async () => {
  const cut = await server({ cutAfterMessage: true })
  expect((await send(cut.port)).outcome).toBe('no_answer')
  expect(cut.taken).toHaveLength(1)
  const silent = await server({ onMailFrom: () => {} })
  expect(await send(silent.port, { request: { timeoutMs: 300 } })).toMatchObject({
    outcome: 'not_sent',
    code: 'TIMEOUT',
  })
  const { port } = await server()
  expect(await send(port, { request: { startBefore: 0 } })).toMatchObject({ outcome: 'not_sent', code: 'TOO_LATE' })
})

test('nothing is said in the open unless somebody allowed it', async () => {
  const bare = await server({ hideSTARTTLS: true, disabledCommands: ['STARTTLS'] })
  expect(await send(bare.port)).toMatchObject({ status: 503 })
  const settings = { security: 'none' }
  expect(await send(bare.port, { settings })).toMatchObject({ outcome: 'not_sent', code: 'SCHEME_REFUSED' })
  expect(await send(bare.port, { settings, request: { allowHttp: true } })).toMatchObject({ status: 200 })
  expect(bare.taken.map(({ secure }) => secure)).toEqual([false])
  const foreign = makeCertificate('127.0.0.1').certificate
  const { port, taken } = await server()
  expect((await send(port, { request: { authorities: [foreign] } })).outcome).toBe('not_sent')
  expect(taken).toEqual([])
})

test('TLS from the first byte is spoken where it is declared', async () => {
  const { port, taken } = await server({ secure: true })
  expect(((await send(port, { settings: { security: 'tls' } })) as { status?: number }).status).toBe(200)
  expect(taken.map(({ secure }) => secure)).toEqual([true])
})

test('a server inside is called only where the connection may', async () => {
  const { port, taken } = await server()
  expect(await send(port, { request: { allowedCidrs: [] } })).toMatchObject({
    outcome: 'not_sent',
    code: 'ADDRESS_REFUSED',
  })
  expect(await send(port, { request: { allowedPorts: [25] } })).toMatchObject({
    outcome: 'not_sent',
    code: 'PORT_REFUSED',
  })
  expect(taken).toEqual([])
})

test('an address that is more than one mailbox is refused before anybody is called', async () => {
  const { port, taken } = await server()
  for (const address of [
    'ada@customer.example\r\nBcc: all@customer.example',
    'ada@customer.example, eve@customer.example',
    'ada@customer.example> SIZE=1',
    '"ada"@customer.example',
    '<ada@customer.example>',
    'ada@',
    '@customer.example',
    'a b@customer.example',
    `${'a'.repeat(65)}@customer.example`,
    'ada@customer..example',
    'group:ada@customer.example;',
    'ada\u0000@customer.example',
  ])
    expect(((await send(port, { payload: { address } })) as { status?: number }).status, address).toBe(422)
  expect(taken).toEqual([])
})

test('nobody writes a header through a name or a subject; what is too long is refused', async () => {
  const { port, taken } = await server()
  const name = 'Ada\r\nBcc: eve@customer.example\r\n\r\nHello'
  expect(await send(port, { payload: { name, subject: name } })).toMatchObject({ status: 200 })
  expect(taken[0]?.to).toEqual(['ada@customer.example'])
  expect(taken[0]?.text.split('\r\n').some((line) => /^bcc:/i.test(line))).toBe(false)
  const result = await send(port, { payload: { text: 'x'.repeat(1024 * 1024) } })
  expect(read(result)).toMatchObject([
    422,
    { outcome: 'refused', reason: expect.stringContaining('MESSAGE_TOO_LARGE') },
  ])
  expect(taken).toHaveLength(1)
})

test('what is no mail goes another way', async () => {
  const other = { url: 'https://erp.example/', method: 'GET', headers: {} } as unknown as HttpRequest
  expect(await outbound().send(other)).toMatchObject({ code: 'OTHER_WAY' })
})
