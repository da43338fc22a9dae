import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2, { type SFTPWrapper } from 'ssh2'
import { afterEach, describe, expect, test } from 'vitest'
import { loopbackLine } from '../loopback.contract.ts'
import { fingerprintOf, makeKeyPair } from './keys.ts'
import { SftpFolder } from './sftp-folder.ts'

const { privateKey } = makeKeyPair()
const handle = Buffer.from('h')
const { EOF } = ssh2.utils.sftp.STATUS_CODE
const attributes = (mode: number, size = 0) => ({ mode, size, uid: 0, gid: 0, atime: 0, mtime: 0 })

let ends: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ends.toReversed()) await end()
  ends = []
})

/** A folder at a server that lets everybody in, and then behaves so; absent: it never answers what it is asked first. */
async function folderAt(behave?: (sftp: SFTPWrapper) => void, timeoutMs = 10_000): Promise<SftpFolder> {
  const server = new ssh2.Server({ hostKeys: [privateKey] }, (client) => {
    client.on('error', () => undefined)
    ends.push(async () => client.end())
    client.on('authentication', (asked) => asked.accept())
    client.on('session', (accept) => {
      accept().on('sftp', (open) => behave?.(open()))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const account = { host: '127.0.0.1', port, user: 'hub', password: 'x', timeoutMs }
  const folder = new SftpFolder(
    { ...account, hostKeys: [fingerprintOf(privateKey)], legacyAlgorithms: false },
    loopbackLine,
    '',
  )
  ends.push(() => new Promise((resolve) => server.close(resolve)))
  ends.push(() => folder.close())
  return folder
}

/** A file of 100,000 bytes of which the second block ends at once, as if it had been cut meanwhile. */
function torn(sftp: SFTPWrapper): void {
  sftp.on('OPEN', (id) => sftp.handle(id, handle))
  sftp.on('FSTAT', (id) => sftp.attrs(id, attributes(0o100644, 100_000)))
  sftp.on('READ', (id, _handle, offset, length) =>
    offset === 32 * 1024
      ? sftp.status(id, EOF)
      : sftp.data(id, Buffer.alloc(Math.max(1, Math.min(length, 100_000 - offset)), 'x')),
  )
  sftp.on('CLOSE', (id) => sftp.status(id, 0))
}

describe('a server that is not what it should be', () => {
  test('lets in and then says nothing: it is given up in time', async () => {
    const folder = await folderAt(undefined, 300)
    await expect(folder.list('')).rejects.toMatchObject({ code: 'TIMEOUT', wire: false })
  })

  test('leaves out a part of a file: what was read ends there, and nothing else of the hub’s memory is in it', async () => {
    const folder = await folderAt(torn)
    const begin = Buffer.alloc(32 * 1024, 'x')
    expect(begin.equals(await folder.read('a', 200_000))).toBe(true)
    const place = await mkdtemp(join(tmpdir(), 'interline-torn-'))
    ends.push(() => rm(place, { recursive: true }))
    await folder.save('a', join(place, 'a'), 200_000)
    expect(begin.equals(await readFile(join(place, 'a')))).toBe(true)
  })

  test('lists folders and links without end: the listing ends', async () => {
    const portion = Array.from({ length: 1000 }, (_, n) => ({
      filename: `f${n}`,
      longname: `drwxr-xr-x f${n}`,
      attrs: attributes(0o040755),
    }))
    const folder = await folderAt((sftp) => {
      sftp.on('OPENDIR', (id) => sftp.handle(id, handle))
      sftp.on('READDIR', (id) => sftp.name(id, portion as never))
      sftp.on('CLOSE', (id) => sftp.status(id, 0))
    })
    await expect(folder.list('')).rejects.toMatchObject({ code: 'TOO_MANY' })
  })
})
