import { expect, test } from 'vitest'
import { InterlineError } from '../../base/errors.ts'
import type { Connector } from '../../connectors/kit/connector.ts'
import { defineConnector } from '../../connectors/kit/connector.ts'
import type { Conversation, Turn } from '../../connectors/kit/procedure.ts'
import type { HttpRequest, HttpResult } from '../../transports/http/request.ts'
import { openConnection } from '../connection.ts'
import { type ConversationEnd, converse } from './converse.ts'
import { Sessions } from './sessions.ts'

const encoder = new TextEncoder()

/** A system that wants a login, with as many sessions as it opened. */
class Peer {
  now = 0
  sent: HttpRequest[] = []
  logins = 0
  /** What becomes of each request, one after the other; then 200. */
  script: (HttpResult | ((request: HttpRequest) => HttpResult))[] = []
  login: HttpResult = answer(200, '{"key":"k"}')

  readonly ports = {
    outbound: {
      send: async (request: HttpRequest): Promise<HttpResult> => {
        this.now += 10
        await Promise.resolve()
        if (request.url.endsWith('/login')) {
          this.logins++
          return this.login
        }
        this.sent.push(request)
        const next = this.script.shift() ?? answer(200)
        return typeof next === 'function' ? next(request) : next
      },
    },
    signer: { sign: () => '' },
    clock: { mono: () => this.now, wall: () => this.now, sleep: async () => {} },
    sessions: new Sessions<HttpResult>(),
  }

  run<R>(
    begin: () => Conversation<R>,
    more: { startBefore?: number; pace?: (until: number) => Promise<boolean> } = {},
    to = connection,
  ): Promise<ConversationEnd<R>> {
    return converse(this.ports, { connection: to, trace: 'a'.repeat(32), notDone: [503], ...more }, begin)
  }
}

const connector = defineConnector({
  id: 'peer',
  label: 'Peer',
  kind: 'erp',
  about: 'A system of this test.',
  certification: 'draft',
  settings: {},
  baseUrl: () => 'https://peer.example',
  authenticate: () => ({
    scheme: 'session',
    login: { method: 'POST', path: '/login' },
    opened: (reply) => (reply.json === undefined ? { refused: 'no key' } : { word: 'Session', credentials: 'u:k' }),
  }),
})
const connection = openConnection(
  { id: 'peer', tenant: 'main', connector: 'peer', settings: {} },
  { connectors: [connector as unknown as Connector], partitions: 1 },
)

/** The same, with a token, and with words of its own for a session that is over. */
const wordy = openConnection(
  { id: 'wordy', tenant: 'main', connector: 'wordy', settings: {} },
  {
    connectors: [
      {
        ...connector,
        id: 'wordy',
        authenticate: () => ({
          scheme: 'session',
          login: { method: 'POST', path: '/login' },
          opened: () => ({ token: 'a-token' }),
          isOver: ({ json }: { readonly json: unknown }) => JSON.stringify(json ?? '').includes('over'),
        }),
      } as unknown as Connector,
    ],
    partitions: 1,
  },
)

const look: Turn = { ask: { method: 'GET', path: '/look' }, changes: false }
const change: Turn = { ask: { method: 'POST', path: '/change' }, changes: true }
const lost: HttpResult = { outcome: 'no_answer', wire: true, code: 'ECONNRESET' }
const unsent: HttpResult = { outcome: 'not_sent', wire: false, code: 'ECONNREFUSED' }

function answer(status: number, body = ''): HttpResult {
  return { outcome: 'answer', wire: true, status, headers: {}, body: encoder.encode(body) }
}

function* lookChangeLook(): Conversation<number> {
  yield look
  yield change
  return (yield look).status
}

test('carries a conversation on to its result, in one session', async () => {
  const peer = new Peer()
  expect(await peer.run(lookChangeLook)).toEqual({ result: 200, wire: true, status: 200 })
  expect(peer.sent.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET'])
  expect(peer.sent[0]?.headers['authorization']).toBe(`Session ${Buffer.from('u:k').toString('base64')}`)
  expect(peer.logins).toBe(1)
})

test('only a change without an answer is unknown', async () => {
  const ends = async (script: HttpResult[]): Promise<unknown> => {
    const peer = new Peer()
    peer.script = script
    const end = await peer.run(lookChangeLook)
    return 'broken' in end ? [end.broken.end, end.broken.wire, end.broken.reason] : end.result
  }
  expect(await ends([lost])).toEqual(['retry', true, 'ECONNRESET'])
  expect(await ends([unsent])).toEqual(['retry', false, 'ECONNREFUSED'])
  expect(await ends([answer(200), lost])).toEqual(['unknown', true, 'ECONNRESET'])
  expect(await ends([answer(200), unsent])).toEqual(['retry', true, 'ECONNREFUSED'])
  expect(await ends([answer(200), answer(200), lost])).toEqual(['retry', true, 'ECONNRESET'])
  expect(await ends([answer(200), answer(429)])).toEqual(['retry', true, 'The target did not take it (429).'])
  expect(await ends([answer(200), answer(503)])).toEqual(['retry', true, 'The target did not take it (503).'])
})

test('a session that is over is opened again, once, and the request is repeated', async () => {
  const peer = new Peer()
  peer.script = [answer(200), answer(401)]
  expect(await peer.run(lookChangeLook)).toMatchObject({ result: 200 })
  expect(peer.logins).toBe(2)
  expect(peer.sent.map(({ method }) => method)).toEqual(['GET', 'POST', 'POST', 'GET'])
  peer.script = [answer(401), answer(401)]
  expect(await peer.run(lookChangeLook)).toMatchObject({ broken: { end: 'login_refused' } })
})

test('a session that is over by the words of a target, which answers 200, is opened again, once', async () => {
  const peer = new Peer()
  const over = answer(200, '{"over":true}')
  peer.script = [answer(200), over]
  expect(await peer.run(lookChangeLook, {}, wordy)).toMatchObject({ result: 200 })
  expect(peer.logins).toBe(2)
  expect(peer.sent.map(({ method }) => method)).toEqual(['GET', 'POST', 'POST', 'GET'])
  expect(peer.sent[0]?.headers['authorization']).toBe('Bearer a-token')
  // Said twice, it is an answer to the request, and the conversation judges it.
  peer.script = [over, over]
  expect(await peer.run(lookChangeLook, {}, wordy)).toMatchObject({ result: 200 })
  expect(peer.logins).toBe(3)
})

test('who comes at the same time waits for the same login', async () => {
  const peer = new Peer()
  await Promise.all([peer.run(lookChangeLook), peer.run(lookChangeLook), peer.run(lookChangeLook)])
  expect(peer.logins).toBe(1)
})

test('a login that fails has sent nothing; a refused one is for the owner of the connection', async () => {
  const peer = new Peer()
  const end = async (login: HttpResult): Promise<unknown> => {
    peer.login = login
    const ended = await peer.run(lookChangeLook)
    return 'broken' in ended ? [ended.broken.end, ended.broken.wire] : ended
  }
  expect(await end(lost)).toEqual(['retry', false])
  expect(await end(answer(500))).toEqual(['retry', false])
  expect(await end(answer(429))).toEqual(['retry', true])
  expect(await end(answer(401))).toEqual(['login_refused', true])
  expect(await end(answer(200, 'not readable'))).toEqual(['login_refused', true])
  expect(peer.sent).toEqual([])
})

test('takes no longer than one attempt may, however many requests it takes', async () => {
  const peer = new Peer()
  const slow = (ms: number) => (): HttpResult => {
    peer.now += ms
    return answer(200)
  }
  peer.script = [slow(15_000), slow(25_000)]
  await peer.run(lookChangeLook, { startBefore: 15 })
  expect(peer.sent.map(({ startBefore }) => startBefore)).toEqual([15, 30_000, 30_000])
  expect(peer.sent.map(({ timeoutMs }) => timeoutMs)).toEqual([29_990, 14_980, 1])
})

test('does not begin a change that may not end in time: the next attempt goes on from there', async () => {
  const peer = new Peer()
  peer.script = [
    () => {
      peer.now += 21_000
      return answer(200)
    },
  ]
  expect(await peer.run(lookChangeLook)).toMatchObject({
    broken: { end: 'retry', reason: 'There was not enough time left for the next step.' },
  })
  expect(peer.sent).toHaveLength(1)
})

test('each request after the first waits for its place in what the account allows', async () => {
  const peer = new Peer()
  const asked: number[] = []
  const pace = async (until: number): Promise<boolean> => {
    asked.push(until)
    return Promise.resolve(asked.length < 2)
  }
  expect(await peer.run(lookChangeLook, { pace })).toMatchObject({
    broken: { end: 'retry', wire: true, reason: 'The account allows no more requests now.' },
  })
  expect(asked).toEqual([30_000, 30_000])
  expect(peer.sent.map(({ method }) => method)).toEqual(['GET', 'POST'])
})

test('does not talk for ever', async () => {
  const peer = new Peer()
  const end = await peer.run(function* (): Conversation<never> {
    for (;;) yield look
  })
  expect(end).toMatchObject({ broken: { end: 'retry', reason: 'There is no end after 200 requests.' } })
})

test('what cannot be said to this system is refused with the reason', async () => {
  const peer = new Peer()
  const end = await peer.run(function* (): Conversation<never> {
    yield look
    throw new InterlineError('CONTENT_INVALID', { place: 'lines', expected: 'a list', found: 'nothing' })
  })
  expect(end).toMatchObject({
    broken: { end: 'refused', wire: true, reason: 'At lines: expected a list, found nothing.' },
  })
})
