import { writeFileSync } from 'node:fs'
import { chmod, mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Drop } from '../files/drop.ts'
import { folderContract } from '../files/folder.contract.ts'
import { loopbackLine } from '../loopback.contract.ts'
import { ftpServerMissing, startFtpServer } from './ftp-server.contract.ts'
import { FtpsFolder } from './ftps-folder.ts'

const account = {
  host: '127.0.0.1',
  user: 'anonymous',
  password: 'a@b.example',
  tls: 'explicit',
  timeoutMs: 10_000,
} as const

/** A server of its own, and its folder. */
async function opened(configuration: readonly string[] = []) {
  const server = await startFtpServer(configuration)
  const line = { ...account, port: server.port, authorities: [server.certificate] }
  const folder = new FtpsFolder(line, loopbackLine, '/files')
  const stop = async (): Promise<void> => {
    await folder.close()
    await server.stop()
  }
  return { server, folder, stop }
}

describe.skipIf(ftpServerMissing)(`a folder behind FTP over TLS (${ftpServerMissing ?? 'vsftpd'})`, () => {
  folderContract(async () => {
    const { server, folder, stop } = await opened()
    return {
      folder,
      emptyFails: 'vsftpd 3.0.3 breaks off TLS 1.3 when an upload has no bytes',
      clear: async () => {
        for (const name of await readdir(server.root)) await rm(join(server.root, name), { recursive: true })
      },
      stop,
    }
  })

  test('a listing shows about when a file was written, as this server tells no more', async () => {
    const { server, folder, stop } = await opened()
    try {
      const written = Date.now() - 40 * 86_400_000
      await writeFile(join(server.root, 'a.csv'), 'goods')
      await utimes(join(server.root, 'a.csv'), written / 1000, written / 1000)
      const [found] = await folder.list('')
      expect(found?.modifiedAt).toBe(0)
      expect(Math.abs((found?.listed?.at ?? 0) - written)).toBeLessThan(2 * 86_400_000)
    } finally {
      await stop()
    }
  })

  test('a server that lists no name with a dot in front takes documents and gives them', async () => {
    const { server, folder, stop } = await opened(['hide_file={.*}'])
    const drop = new Drop(folder, { companion: undefined })
    try {
      expect(await drop.put('856.edi', Buffer.from('ISA'))).toEqual({ outcome: 'stored' })
      expect(await readdir(server.root)).toEqual(['856.edi'])
      await folder.write('.hidden', Buffer.from('12345'))
      expect(await folder.list('')).toHaveLength(1)
      expect(await folder.find('.hidden')).toMatchObject({ name: '.hidden', size: 5 })
      expect(await folder.find('.none')).toBeUndefined()
    } finally {
      await stop()
    }
  })

  test('a file is put away into an archive of any size', { timeout: 60_000 }, async () => {
    const { server, folder, stop } = await opened()
    try {
      const archive = join(server.root, 'archive')
      await mkdir(archive)
      await chmod(archive, 0o777)
      for (let count = 0; count < 36_000; count++) writeFileSync(join(archive, `${'x'.repeat(230)}-${count}`), '')
      await folder.write('a.edi', Buffer.from('new'))
      await folder.rename('a.edi', 'archive/a.edi')
      expect(await folder.find('archive/a.edi')).toMatchObject({ size: 3 })
      await folder.write('a.edi', Buffer.from('newer'))
      await expect(folder.rename('a.edi', 'archive/a.edi')).rejects.toMatchObject({ code: 'EXISTS' })
    } finally {
      await stop()
    }
  })

  test('a certificate that nobody vouches for ends it before the password is said', async () => {
    const server = await startFtpServer()
    try {
      const folder = new FtpsFolder({ ...account, port: server.port }, loopbackLine, '')
      await expect(folder.list('')).rejects.toMatchObject({ code: 'HOST_KEY_UNKNOWN' })
    } finally {
      await server.stop()
    }
  })

  test('a forbidden address is not dialled', async () => {
    const folder = new FtpsFolder({ ...account, port: 9 }, { ...loopbackLine, allowedCidrs: [] }, '')
    await expect(folder.list('')).rejects.toMatchObject({
      code: 'UNREACHABLE',
      message: expect.stringContaining('ADDRESS_REFUSED'),
    })
  })
})
