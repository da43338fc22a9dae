import { type AddressInfo, connect, createServer, type Socket } from 'node:net'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Drop } from '../files/drop.ts'
import { loopbackLine } from '../loopback.contract.ts'
import { SftpFolder } from './sftp-folder.ts'
import { sshServerMissing, startSshServer } from './ssh-server.contract.ts'

/** A line that stops carrying what its first client says after so many bytes, and delivers the rest when it is told to. */
async function stallingLine(port: number, bytes: number): Promise<{ port: number; deliver: () => Promise<void> }> {
  const held: Buffer[] = []
  let first: { readonly far: Socket; passed: number } | undefined
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1')
    const stalling = first === undefined ? { far, passed: 0 } : undefined
    first ??= stalling
    for (const socket of [near, far]) socket.on('error', () => {})
    far.pipe(near)
    near.on('data', (chunk) => {
      const room = stalling === undefined ? chunk.length : Math.max(0, bytes - stalling.passed)
      if (stalling !== undefined) stalling.passed += chunk.length
      far.write(chunk.subarray(0, room))
      if (room < chunk.length) held.push(chunk.subarray(room))
    })
    if (stalling === undefined) near.on('close', () => far.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  const deliver = async (): Promise<void> => {
    const far = first?.far
    if (far === undefined) return
    const gone = new Promise((resolve) => far.once('close', resolve))
    far.unpipe()
    far.resume().end(Buffer.concat(held))
    await gone
  }
  return { port: (server.address() as AddressInfo).port, deliver }
}

describe.skipIf(sshServerMissing)(`a line to OpenSSH that stalls (${sshServerMissing ?? 'sshd'})`, () => {
  test.each([40_000, 300_000, 700_000])(
    'what a session that was given up still delivers after %s bytes meets nothing of the next attempt',
    { timeout: 60_000 },
    async (bytes) => {
      const server = await startSshServer()
      onTestFinished(() => server.stop())
      const line = await stallingLine(server.port, bytes)
      const { user, privateKey, hostKey, root } = server
      const account = {
        host: '127.0.0.1',
        port: line.port,
        user,
        privateKey,
        hostKeys: [hostKey],
        legacyAlgorithms: false,
      }
      const folder = new SftpFolder({ ...account, timeoutMs: 1500 }, loopbackLine, root)
      // Each attempt is sealed anew, so that its bytes are others.
      let attempts = 0
      const seal = async (content: Uint8Array): Promise<Uint8Array> => new Uint8Array(content.length).fill(++attempts)
      const drop = new Drop(folder, {
        companion: undefined,
        envelope: { ending: '', seal, holds: async () => true, close: async () => {} },
      })
      onTestFinished(() => drop.close())
      const document = new Uint8Array(2_000_000)
      expect(await drop.put('856.edi', document)).toMatchObject({ outcome: 'not_sent', code: 'TIMEOUT' })
      expect(await drop.put('856.edi', document)).toEqual({ outcome: 'stored' })
      await line.deliver()
      const found = await folder.read('856.edi', 3_000_000)
      expect(Buffer.compare(found, new Uint8Array(2_000_000).fill(attempts))).toBe(0)
    },
  )
})
