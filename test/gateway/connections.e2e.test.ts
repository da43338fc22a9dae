import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { eventually, HubProcess } from '../hub-process.ts'
import { rawExchange } from './raw-exchange.ts'
import { network, sendSigned, trackerEvent } from './senders.ts'

const most = 40
/** All of them come from here. */
const mostOfOne = most / 2
let hub: HubProcess
let port: number
const open: Socket[] = []

beforeAll(async () => {
  hub = await HubProcess.start({ network, environment: { INTERLINE_HTTP_CONNECTIONS_MAX: String(most) } })
  port = Number(new URL(hub.url).port)
})
afterEach(() => {
  for (const socket of open.splice(0)) socket.destroy()
})
afterAll(() => hub.stop())

test('who only connects takes no place from those who have something to say for longer than a moment', async () => {
  const probe = 'GET /livez HTTP/1.1\r\nhost: hub\r\n\r\n'
  const message = 'POST /v1/inbound/carrier HTTP/1.1\r\nhost: hub\r\ncontent-length: 2\r\n\r\n{}'
  // More than there is room for, and none of them leaves by itself.
  for (let n = 0; n < most * 2; n++)
    expect(
      await eventually(
        () => quiet(n % 2 === 0 ? probe : message),
        (served) => served,
      ),
    ).toBe(true)
  expect(open.length).toBeGreaterThanOrEqual(most * 2)
  const { status } = await eventually(
    () => sendSigned(hub, trackerEvent('after')),
    (answer) => answer.status !== 503,
  )
  expect(status).toBe(202)
})

test('a sender whose connection was silent for a moment keeps it while there is room', async () => {
  const probe = 'GET /livez HTTP/1.1\r\nhost: hub\r\n\r\n'
  await quiet(probe)
  const [socket] = open
  await Promise.all(Array.from({ length: 5 }, () => sendSigned(hub, trackerEvent('beside'))))
  expect(await answered(socket, probe)).toContain('HTTP/1.1 200')
})

test('beyond what it can hold it turns away with an answer that says when to come again, and counts it', async () => {
  // In the middle of a request: nobody may take it for silent.
  await Promise.all(
    Array.from({ length: mostOfOne }, () => begun('POST /v1/inbound/easypost HTTP/1.1\r\nhost: hub\r\n')),
  )
  const late = await rawExchange(port, (socket) => socket.write('GET /livez HTTP/1.1\r\nhost: hub\r\n\r\n'))
  expect(late).toMatchObject({ status: 503, headers: { 'retry-after': '1', connection: 'close' } })
  expect(JSON.parse(late?.body ?? '{}')).toMatchObject({ code: 'HUB_BUSY', retryable: true })
  for (const socket of open.splice(0, 5)) socket.destroy()
  const count = (name: string, text: string): number => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(text)?.[1])
  const { text } = await eventually(
    () => hub.call('GET', '/metrics'),
    (answer) => count('interline_http_connections_refused_total', answer.text) > 0,
  )
  expect(count('interline_http_connections_refused_total', text)).toBeGreaterThan(0)
  expect(count('interline_http_connections', text)).toBeGreaterThan(mostOfOne / 2)
})

/** Connected, and so far in the middle of saying something. */
function begun(text: string): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>()
  const socket = connect(port, '127.0.0.1', () => socket.write(text, () => resolve(socket)))
  socket.once('error', reject)
  open.push(socket)
  return promise
}

/** Connects, asks once, and is silent from then on; false: turned away. */
async function quiet(text: string): Promise<boolean> {
  const socket = await begun('')
  return /^HTTP\/1.1 (200|401)/.test(await answered(socket, text))
}

function answered(socket: Socket | undefined, text: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  socket?.once('data', (bytes) => resolve(String(bytes)))
  socket?.once('close', () => reject(new Error('closed without an answer')))
  socket?.write(text)
  return promise
}
