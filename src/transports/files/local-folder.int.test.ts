import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe } from 'vitest'
import { folderContract } from './folder.contract.ts'
import { LocalFolder } from './local-folder.ts'

describe('a folder on this machine', () => {
  folderContract(async () => {
    const root = await mkdtemp(join(tmpdir(), 'interline-folder-'))
    return {
      folder: new LocalFolder(root),
      clear: async () => {
        for (const name of await readdir(root)) await rm(join(root, name), { recursive: true })
      },
      link: (name, target) => symlink(target, join(root, name)),
      stop: () => rm(root, { recursive: true }),
    }
  })
})
