import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2 from 'ssh2'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loopbackLine } from '../loopback.contract.ts'
import { fingerprintOf, makeKeyPair } from '../sftp/keys.ts'
import type { SftpAccount } from '../sftp/session.ts'
import { SftpFolder } from '../sftp/sftp-folder.ts'
import { Mailbox, type Quota } from './mailbox.ts'
import { type MailboxEvent, MailboxServer } from './server.ts'

const quota: Quota = { bytesMost: 10_000_000, filesMost: 5, fileBytesMost: 4_000_000 }
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

let folder: string
let mailbox: Mailbox
let server: MailboxServer
let account: SftpAccount
let events: MailboxEvent[]
let now: number
const cleanups: (() => Promise<void>)[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interline-mailbox-'))
  mailbox = await Mailbox.open(join(folder, 'acme'), quota)
  const other = await Mailbox.open(join(folder, 'other'), quota)
  const host = makeKeyPair()
  const key = makeKeyPair()
  events = []
  now = 1_800_000_000_000
  server = new MailboxServer({
    hostKey: host.privateKey,
    partners: () => [
      { user: 'acme', publicKeys: [key.publicKey], password: 'correct horse', mailbox, connectionsMost: 3 },
      { user: 'other', publicKeys: [], password: '', mailbox: other, connectionsMost: 1 },
    ],
    report: (event) => events.push(event),
    now: () => now,
    loginMs: 2000,
    idleMs: 60_000,
    connectionsMost: 10,
  })
  account = {
    host: '127.0.0.1',
    port: await server.listen(0, '127.0.0.1'),
    user: 'acme',
    privateKey: key.privateKey,
    hostKeys: [fingerprintOf(host.privateKey)],
    legacyAlgorithms: false,
    timeoutMs: 5000,
  }
  await writeFile(join(folder, 'key'), key.privateKey, { mode: 0o600 })
})

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup()
  await server.close()
  await rm(folder, { recursive: true, force: true })
})

function partner(root: string, changes: Partial<SftpAccount> = {}): SftpFolder {
  const opened = new SftpFolder({ ...account, ...changes }, loopbackLine, root)
  cleanups.push(() => opened.close())
  return opened
}

describe('a partner', () => {
  test('puts a document in; it is there, whole, when the upload is answered', async () => {
    const body = Uint8Array.from({ length: 2_000_001 }, (_, at) => (at * 7) & 255)
    await partner('/in').write('a.edi', body)
    expect(Buffer.compare(await readFile(join(mailbox.root, 'in', 'a.edi')), body)).toBe(0)
    expect(events).toContainEqual({ event: 'uploaded', user: 'acme' })
  })

  test('uploads under a temporary name and renames, as careful clients do', async () => {
    const box = partner('/in')
    await box.write('a.edi.filepart', bytes('1'))
    await box.rename('a.edi.filepart', 'a.edi')
    expect((await box.list('')).map(({ name }) => name)).toEqual(['a.edi'])
  })

  test('who sends the same name again before it was taken loses neither document', async () => {
    const box = partner('/in')
    for (const text of ['first', 'second', 'third']) await box.write('a.edi', bytes(text))
    const claimed = await readdir(join(mailbox.root, 'in', '.processing'))
    const texts = await Promise.all(
      claimed.map((name) => readFile(join(mailbox.root, 'in', '.processing', name), 'utf8')),
    )
    expect(texts.toSorted()).toEqual(['first', 'second'])
    expect(claimed.every((name) => /^mailbox-.*__a\.edi$/.test(name))).toBe(true)
    expect(await readFile(join(mailbox.root, 'in', 'a.edi'), 'utf8')).toBe('third')
  })

  test('fetches what lies in out and ack, and takes it away', async () => {
    await writeFile(join(mailbox.root, 'out', '856-1.edi'), 'ISA…')
    await writeFile(join(mailbox.root, 'ack', '997-1.edi'), 'ISA…')
    for (const name of ['out', 'ack'] as const) {
      const box = partner(`/${name}`)
      const [file] = await box.list('')
      expect(Buffer.from(await box.read(file?.name ?? '', 100)).toString()).toBe('ISA…')
      await box.remove(file?.name ?? '')
      expect(await readdir(join(mailbox.root, name))).toEqual([])
    }
  })

  test('an upload that is cut off leaves nothing behind', async () => {
    const box = partner('/in')
    await box.write('whole', bytes('1'))
    const sending = box.write('cut', new Uint8Array(3_900_000)).catch((error: unknown) => error)
    await box.close()
    await sending
    await expect.poll(() => readdir(join(mailbox.root, '.uploads'))).toEqual([])
    expect((await readdir(join(mailbox.root, 'in'))).filter((name) => name === 'cut')).toEqual([])
  })
})

describe('nobody gets further than the own mailbox', () => {
  test.each([
    '/../../etc/passwd',
    '/in/../../acme/in/a',
    '/out/../../../etc/passwd',
    'in/.uploads',
    '/.uploads/x',
    '/in/.processing',
  ])('%s does not exist', async (path) => {
    const client = await loggedIn()
    await expect(asked((done) => client.stat(path, done))).rejects.toMatchObject({ code: 2 })
    await expect(asked((done) => client.open(path, 'r', done))).rejects.toMatchObject({ code: 2 })
  })

  test('a link that lies in a mailbox leads nowhere', async () => {
    await symlink('/etc/passwd', join(mailbox.root, 'out', 'link'))
    const client = await loggedIn()
    await expect(asked((done) => client.open('/out/link', 'r', done))).rejects.toMatchObject({ code: 2 })
    expect(await asked<unknown[]>((done) => client.readdir('/out', done))).toEqual([])
  })

  test('out and ack are only read, folders are nobody’s to make', async () => {
    const client = await loggedIn()
    await expect(asked((done) => client.open('/out/x', 'w', done))).rejects.toMatchObject({ code: 3 })
    await expect(asked((done) => client.open('/x', 'w', done))).rejects.toMatchObject({ code: 2 })
    await expect(asked((done) => client.mkdir('/in/x', done))).rejects.toMatchObject({ code: 3 })
    await expect(asked((done) => client.rename('/in', '/out', done))).rejects.toMatchObject({ code: 3 })
    await expect(asked((done) => client.symlink('/etc', '/in/x', done))).rejects.toMatchObject({ code: 8 })
  })

  test('there is no shell, no command and no way through', async () => {
    const client = await connected()
    for (const ask of [
      (done: (error?: Error) => void) => client.shell(done),
      (done: (error?: Error) => void) => client.exec('id', done),
      (done: (error?: Error) => void) => client.forwardOut('127.0.0.1', 1, '127.0.0.1', 22, done),
    ])
      await expect(asked(ask)).rejects.toBeInstanceOf(Error)
  })
})

describe('limits', () => {
  test('a file larger than its limit is refused and leaves nothing', async () => {
    await expect(partner('/in').write('a', new Uint8Array(4_000_001))).rejects.toMatchObject({ name: 'FolderFailure' })
    expect(await readdir(join(mailbox.root, 'in'))).toEqual([])
    await expect.poll(() => readdir(join(mailbox.root, '.uploads'))).toEqual([])
  })

  test('a full mailbox takes no more until the hub has emptied it', async () => {
    const box = partner('/in')
    for (let at = 0; at < 5; at++) await box.write(`${at}`, bytes('1'))
    await expect(box.write('6', bytes('1'))).rejects.toMatchObject({ name: 'FolderFailure' })
    await rm(join(mailbox.root, 'in', '0'))
    await box.write('6', bytes('1'))
  })

  test('a partner has so many connections and no more', async () => {
    for (let at = 0; at < 3; at++) await partner('/in').list('')
    await expect(partner('/in').list('')).rejects.toMatchObject({ name: 'FolderFailure' })
    expect(events).toContainEqual({ event: 'refused', reason: 'busy' })
  })
})

describe('who may log in', () => {
  test('with the key or with the password', async () => {
    const { privateKey: _, ...withoutKey } = account
    const opened = new SftpFolder({ ...withoutKey, password: 'correct horse' }, loopbackLine, '/in')
    cleanups.push(() => opened.close())
    expect(await opened.list('')).toEqual([])
  })

  test.each([
    ['a wrong password', { user: 'acme', password: 'wrong' }],
    ['no password where none is set', { user: 'other', password: '' }],
    ['an unknown user', { user: 'nobody', password: 'correct horse' }],
    ['a stranger’s key', { user: 'acme', privateKey: makeKeyPair().privateKey }],
  ])('not with %s', async (_, login) => {
    const { privateKey: __, ...rest } = account
    const opened = new SftpFolder({ ...rest, ...login }, loopbackLine, '/in')
    await expect(opened.list('')).rejects.toMatchObject({ code: 'LOGIN_REFUSED' })
    await opened.close()
    expect(events).toContainEqual({ event: 'refused', reason: 'login' })
  })

  test('an address that guesses has to wait', async () => {
    const { privateKey: _, ...rest } = account
    for (let tries = 0; tries < 20; tries++) {
      const guess = new SftpFolder({ ...rest, password: `guess ${tries}` }, loopbackLine, '/in')
      await guess.list('').catch(() => undefined)
      await guess.close()
    }
    await expect(partner('/in').list('')).rejects.toMatchObject({ name: 'FolderFailure' })
    now += 600_000
    expect(await partner('/in').list('')).toEqual([])
  })
})

const clientMissing = existsSync('/usr/bin/sftp') ? undefined : 'there is no sftp; `npm run setup:sftp` installs it'

test.skipIf(clientMissing)(`the client of OpenSSH works with it (${clientMissing ?? 'sftp'})`, async () => {
  await writeFile(join(mailbox.root, 'out', 'invoice.edi'), 'UNB…')
  await writeFile(join(folder, 'tender.edi'), 'ISA…')
  const known = `[127.0.0.1]:${account.port} ${await hostKeyLine()}`
  await writeFile(join(folder, 'known'), known)
  const commands = [
    'ls',
    'cd in',
    `put ${folder}/tender.edi`,
    'ls -l',
    'cd ../out',
    `get invoice.edi ${folder}/got.edi`,
    'rm invoice.edi',
  ]
  await writeFile(join(folder, 'batch'), `${commands.join('\n')}\n`)
  const options = ['-q', '-b', join(folder, 'batch'), '-i', join(folder, 'key'), '-P', String(account.port)]
  const settings = [`UserKnownHostsFile=${join(folder, 'known')}`, 'StrictHostKeyChecking=yes', 'IdentitiesOnly=yes']
  const run = spawn('sftp', [...options, ...settings.flatMap((one) => ['-o', one]), 'acme@127.0.0.1'])
  let said = ''
  for (const stream of [run.stdout, run.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  const code = await new Promise((resolve) => run.once('exit', resolve))
  expect(said).toContain('tender.edi')
  expect(code).toBe(0)
  expect(await readFile(join(mailbox.root, 'in', 'tender.edi'), 'utf8')).toBe('ISA…')
  expect(await readFile(join(folder, 'got.edi'), 'utf8')).toBe('UNB…')
  expect(await readdir(join(mailbox.root, 'out'))).toEqual([])
  expect(events).toContainEqual({ event: 'downloaded', user: 'acme' })
})

async function hostKeyLine(): Promise<string> {
  return hostKeyOf(await connected())
}

const hostKeys = new WeakMap<ssh2.Client, string>()

function hostKeyOf(connection: ssh2.Client): string {
  return `ssh-ed25519 ${hostKeys.get(connection) ?? ''}`
}

function connected(): Promise<ssh2.Client> {
  const connection = new ssh2.Client()
  cleanups.push(async () => void connection.end())
  const { promise, resolve, reject } = Promise.withResolvers<ssh2.Client>()
  connection.on('ready', () => resolve(connection)).on('error', reject)
  const { port, privateKey = '' } = account
  connection.connect({
    host: '127.0.0.1',
    port,
    username: 'acme',
    privateKey,
    hostVerifier: (key: Buffer) => {
      hostKeys.set(connection, key.toString('base64'))
      return true
    },
  })
  return promise
}

async function loggedIn(): Promise<ssh2.SFTPWrapper> {
  const connection = await connected()
  return asked<ssh2.SFTPWrapper>((done) => connection.sftp(done))
}

function asked<T>(ask: (done: (error?: Error | null, value?: T) => void) => void): Promise<T> {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  ask((error, value) => (error ? reject(error) : resolve(value as T)))
  return promise
}
