import { generateKeyPairSync } from 'node:crypto'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loopbackLine } from '../loopback.contract.ts'
import type { SftpAccount } from './session.ts'
import { SftpFolder } from './sftp-folder.ts'
import { type SshServer, sshServerMissing, startSshServer } from './ssh-server.contract.ts'

const stranger = 'SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU'

describe.skipIf(sshServerMissing)(`an SFTP login (${sshServerMissing ?? 'sshd'})`, () => {
  let server: SshServer
  beforeAll(async () => {
    server = await startSshServer()
  })
  afterAll(() => server.stop())

  const listing = async (changes: Partial<SftpAccount>, line = loopbackLine): Promise<unknown> => {
    const account = {
      host: '127.0.0.1',
      port: server.port,
      user: server.user,
      privateKey: server.privateKey,
      hostKeys: [server.hostKey],
      legacyAlgorithms: false,
      timeoutMs: 5000,
    }
    const folder = new SftpFolder({ ...account, ...changes }, line, server.root)
    try {
      return await folder.list('')
    } finally {
      await folder.close()
    }
  }

  test('a host whose key is pinned is talked to; during a change of keys either key will do', async () => {
    expect(await listing({ hostKeys: [stranger, server.hostKey] })).toEqual([])
  })

  test('a host that shows another key gets no login, and the failure says which key it showed', async () => {
    await expect(listing({ hostKeys: [stranger] })).rejects.toMatchObject({
      code: 'HOST_KEY_CHANGED',
      message: expect.stringContaining(server.hostKey),
      wire: false,
    })
  })

  test('nobody is trusted at first sight', async () => {
    await expect(listing({ hostKeys: [] })).rejects.toMatchObject({
      code: 'HOST_KEY_UNKNOWN',
      message: expect.stringContaining(server.hostKey),
    })
  })

  test('a key that the server does not know is refused; one that cannot be read never leaves', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const other = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
    await expect(listing({ privateKey: other })).rejects.toMatchObject({ code: 'LOGIN_REFUSED' })
    await expect(listing({ privateKey: 'not a key' })).rejects.toMatchObject({ code: 'LOGIN_REFUSED' })
  })

  test('forbidden addresses and closed ports are unreachable', async () => {
    await expect(listing({}, { ...loopbackLine, allowedCidrs: [] })).rejects.toMatchObject({
      code: 'UNREACHABLE',
      message: expect.stringContaining('ADDRESS_REFUSED'),
    })
    await expect(listing({ port: 1 })).rejects.toMatchObject({ code: 'UNREACHABLE' })
  })

  test('a server that accepts and says nothing is given up in time', async () => {
    const silent = createServer((socket) => socket.resume())
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    await expect(listing({ port, timeoutMs: 200 })).rejects.toMatchObject({ code: 'TIMEOUT', wire: false })
    await new Promise((resolve) => silent.close(resolve))
  })

  test('a cut line fails the request that was on it; the next one has a new line', async () => {
    const relayed = new Set<Socket>()
    const relay = createServer((near) => {
      const far = connect(server.port, '127.0.0.1')
      for (const socket of [near, far]) relayed.add(socket.on('error', () => undefined))
      near.pipe(far).pipe(near)
    })
    await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve))
    const { user, privateKey, hostKey, root } = server
    const folder = new SftpFolder(
      {
        host: '127.0.0.1',
        port: (relay.address() as AddressInfo).port,
        user,
        privateKey,
        hostKeys: [hostKey],
        legacyAlgorithms: false,
        timeoutMs: 5000,
      },
      loopbackLine,
      root,
    )
    await folder.write('a', new Uint8Array([1]))
    const sending = folder.write('large', new Uint8Array(50_000_000))
    const failing = expect(sending).rejects.toMatchObject({ code: 'CLOSED', wire: true })
    await new Promise((resolve) => setTimeout(resolve, 20))
    for (const socket of relayed) socket.destroy()
    await failing
    expect(await folder.read('a', 5)).toEqual(Buffer.from([1]))
    await folder.close()
    await new Promise((resolve) => relay.close(resolve))
  })
})
