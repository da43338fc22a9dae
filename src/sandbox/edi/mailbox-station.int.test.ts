import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Mailbox } from '../../transports/mailbox/mailbox.ts'
import { MailboxServer } from '../../transports/mailbox/server.ts'
import { makeKeyPair } from '../../transports/sftp/keys.ts'
import { MailboxStation } from './mailbox-station.ts'

let folder: string
let mailbox: Mailbox
let server: MailboxServer
let station: MailboxStation
const [host, key] = [makeKeyPair(), makeKeyPair()]

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'interline-box-'))
  mailbox = await Mailbox.open(join(folder, 'baltica'), { bytesMost: 1_000_000, filesMost: 10, fileBytesMost: 100_000 })
  server = new MailboxServer({
    hostKey: host.privateKey,
    partners: () => [{ user: 'baltica', publicKeys: [key.publicKey], password: '', mailbox, connectionsMost: 2 }],
    report: () => undefined,
    now: () => 0,
    ...{ loginMs: 2000, idleMs: 60_000, connectionsMost: 4 },
  })
  station = new MailboxStation({
    ...{ port: await server.listen(0, '127.0.0.1'), user: 'baltica', privateKey: key.privateKey, retryMs: 1 },
    hostKeyFile: join(folder, 'mailbox.key'),
  })
})
afterEach(async () => {
  await station.close()
  await server.close()
  rmSync(folder, { recursive: true })
})

test('before the hub has made the key of its server nothing is sent or fetched, and nothing fails', async () => {
  expect(await station.look()).toEqual([])
  expect(existsSync(join(folder, 'mailbox.key'))).toBe(false)
})

test('a document is uploaded whole; what the hub has put out is fetched once', async () => {
  writeFileSync(join(folder, 'mailbox.key'), host.privateKey)
  await station.send('orders-1.edi', Buffer.from("UNB+UNOC:3'"))
  expect(readFileSync(join(mailbox.root, 'in', 'orders-1.edi'), 'utf8')).toBe("UNB+UNOC:3'")
  writeFileSync(join(mailbox.root, 'out', 'ordrsp-1.edi'), 'one')
  writeFileSync(join(mailbox.root, 'ack', 'contrl-1.edi'), 'two')
  expect((await station.look()).map((bytes) => Buffer.from(bytes).toString())).toEqual(['one', 'two'])
  expect(readdirSync(join(mailbox.root, 'out'))).toEqual([])
  expect(await station.look()).toEqual([])
})

test('a server with another key gets nothing', async () => {
  writeFileSync(join(folder, 'mailbox.key'), makeKeyPair().privateKey)
  writeFileSync(join(mailbox.root, 'out', 'ordrsp-1.edi'), 'one')
  expect(await station.look()).toEqual([])
  expect(readdirSync(join(mailbox.root, 'out'))).toEqual(['ordrsp-1.edi'])
})
