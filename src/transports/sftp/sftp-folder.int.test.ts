import { readdir, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe } from 'vitest'
import { folderContract } from '../files/folder.contract.ts'
import { loopbackLine } from '../loopback.contract.ts'
import { SftpFolder } from './sftp-folder.ts'
import { sshServerMissing, startSshServer } from './ssh-server.contract.ts'

describe.skipIf(sshServerMissing)(`a folder behind OpenSSH (${sshServerMissing ?? 'sshd'})`, () => {
  folderContract(async () => {
    const server = await startSshServer()
    const { port, user, privateKey, hostKey, root } = server
    const account = {
      host: '127.0.0.1',
      port,
      user,
      privateKey,
      hostKeys: [hostKey],
      legacyAlgorithms: false,
      timeoutMs: 10_000,
    }
    const folder = new SftpFolder(account, loopbackLine, root)
    return {
      folder,
      clear: async () => {
        for (const name of await readdir(root)) await rm(join(root, name), { recursive: true })
      },
      link: (name, target) => symlink(target, join(root, name)),
      stop: async () => {
        await folder.close()
        await server.stop()
      },
    }
  })
})
