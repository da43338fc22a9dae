import { mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
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

  test('a link in place of a subfolder leads nowhere: nothing is taken from there or put there', async () => {
    const [root, other] = [
      await mkdtemp(join(tmpdir(), 'interline-folder-')),
      await mkdtemp(join(tmpdir(), 'interline-other-')),
    ]
    await writeFile(join(other, 'secret'), 'theirs')
    await symlink(other, join(root, '.processing'))
    await writeFile(join(root, 'a'), 'ours')
    const folder = new LocalFolder(root)
    for (const work of [
      () => folder.list('.processing'),
      () => folder.read('.processing/secret', 100),
      () => folder.find('.processing/secret'),
      () => folder.remove('.processing/secret'),
      () => folder.write('.processing/b', Buffer.from('1')),
      () => folder.rename('a', '.processing/a'),
      () => folder.rename('.processing/secret', 'b'),
    ])
      await expect(work()).rejects.toMatchObject({ code: 'DENIED', wire: false })
    expect(await readdir(other)).toEqual(['secret'])
    for (const one of [root, other]) await rm(one, { recursive: true })
  })

  test('shows a file whose name is no text, so that somebody hears of it', async () => {
    const root = await mkdtemp(join(tmpdir(), 'interline-folder-'))
    await writeFile(Buffer.concat([Buffer.from(`${root}/a`), Buffer.of(0xe9), Buffer.from('.edi')]), 'goods')
    expect((await new LocalFolder(root).list('')).map(({ name }) => name)).toEqual(['a\ufffd.edi'])
    await rm(root, { recursive: true })
  })
})
