import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TLSSocket } from 'node:tls'
import { afterAll, expect, test } from 'vitest'
import { connectors } from '../connectors/all.ts'
import { type ConnectionDeclaration, openConnection } from '../flow/connection.ts'
import { type Inquiry, inquire } from '../flow/dispatch/exchange.ts'
import { Sessions } from '../flow/dispatch/sessions.ts'
import { makeCertificate } from '../transports/http/certificate.contract.ts'
import { answering, openClient, openPeer } from '../transports/http/peer.contract.ts'
import type { HttpResult } from '../transports/http/request.ts'
import { type ConnectionFiles, withFiles } from './connection-files.ts'
import { systemClock } from './ports.ts'

const folder = mkdtempSync(join(tmpdir(), 'interline-tls-'))
afterAll(() => rmSync(folder, { recursive: true }))

function file(name: string, ...texts: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, texts.join('\n'))
  return path
}

const [server, stranger, hub] = ['127.0.0.1', 'stranger.example', 'hub.example'].map(makeCertificate)
if (server === undefined || stranger === undefined || hub === undefined) throw new Error('no certificates')
const authority = file('authority.pem', 'Issued for the tests', server.certificate)
const identity = file('hub.pem', hub.certificate, hub.key)

const body = '{"trackers":[]}'
const answer = answering(
  `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`,
)

type Declared = Partial<ConnectionDeclaration & ConnectionFiles>

function declare(port: number, more: Declared): ConnectionDeclaration {
  const settings = { webhookSecret: 'long enough', url: `https://127.0.0.1:${port}` }
  const connection = { id: 'easypost', tenant: 'main', connector: 'easypost', settings }
  return withFiles({ ...connection, allowedCidrs: ['127.0.0.0/8'], timeoutSeconds: 5, ...more }, readFileSync)
}

/** Asks the system on this port over the real client, as the flow does. */
function ask(port: number, more: Declared): Promise<Inquiry> {
  const connection = openConnection(declare(port, more), { connectors, partitions: 1 })
  const ports = {
    outbound: openClient(),
    signer: { sign: () => '' },
    clock: systemClock,
    sessions: new Sessions<HttpResult>(),
  }
  return inquire(ports, { connection, operation: 'track', payload: { trackingNumber: '1' }, trace: '0'.repeat(32) })
}

test('a system behind a private authority is trusted where it is named, and nowhere else', async () => {
  const peer = await openPeer(answer, { tls: server })
  expect(await ask(peer.port, { authorityFiles: [authority] })).toMatchObject({ status: 200 })
  const other = file('other.pem', stranger.certificate)
  for (const more of [{}, { authorityFiles: [other] }])
    expect(await ask(peer.port, more)).toEqual({
      reading: { outcome: 'unclear', reason: expect.stringContaining('SELF_SIGNED') },
    })
  expect(peer.received().match(/GET /g)).toHaveLength(1)
  expect(await ask(peer.port, { authorityFiles: [other, authority] })).toMatchObject({ status: 200 })
})

test('the hub shows its certificate to a system that asks for it, and only where one is declared', async () => {
  const shown: string[] = []
  const connected = (socket: unknown): void => {
    shown.push(String((socket as TLSSocket).getPeerCertificate().subject?.CN ?? 'nobody'))
  }
  const peer = await openPeer(answer, { tls: { ...server, requestCert: true }, connected })
  const authorityFiles = [authority]
  expect(await ask(peer.port, { authorityFiles, clientIdentityFile: identity })).toMatchObject({ status: 200 })
  expect(await ask(peer.port, { authorityFiles })).toMatchObject({ status: 200 })
  expect(shown).toEqual(['hub.example', 'nobody'])
})

test('only allowed ports are called: nobody even sees a connection to another one', async () => {
  const peer = await openPeer(answer, { tls: server })
  const authorityFiles = [authority]
  expect(await ask(peer.port, { authorityFiles, allowedPorts: [443] })).toEqual({
    reading: { outcome: 'unclear', reason: 'PORT_REFUSED' },
  })
  expect(peer.sockets).toHaveLength(0)
  expect(await ask(peer.port, { authorityFiles, allowedPorts: [443, peer.port] })).toMatchObject({ status: 200 })
})

test.each<[Declared, string]>([
  [
    { authorityFiles: ['/nowhere/ca.pem'] },
    'connection easypost: authorityFiles: cannot read /nowhere/ca.pem (ENOENT)',
  ],
  [{ authorityFiles: [file('empty.pem', 'nothing')] }, 'holds no certificate in PEM'],
  [
    { authorityFiles: [file('bad.pem', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')] },
    'cannot be read',
  ],
  [{ clientIdentityFile: authority }, 'clientIdentityFile: ' + authority + ' holds no private key in PEM'],
  [{ clientIdentityFile: file('mixed.pem', hub.certificate, stranger.key) }, 'belongs to another certificate'],
])('what cannot be used is a problem at the start: %j', (more, said) => {
  expect(() => declare(1, more)).toThrow(said)
})

test.each<[Declared, string]>([
  [{ allowedPorts: [] }, 'allowedPorts: expected ports such as [443, 8443]'],
  [{ allowedPorts: [70_000] }, 'allowedPorts: expected ports'],
  [{ allowedPorts: ['443'] as unknown as number[] }, 'allowedPorts: expected ports'],
  [{ allowedCidrs: ['10.0.0.0/33'] }, 'allowedCidrs: 10.0.0.0/33 is no range such as 10.1.0.0/16'],
])('a limit that cannot hold is refused: %j', (more, said) => {
  expect(() => openConnection(declare(1, more), { connectors, partitions: 1 })).toThrow(said)
})
