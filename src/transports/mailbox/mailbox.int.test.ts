import { EventEmitter } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ssh2, { type SFTPWrapper } from 'ssh2'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Conversation } from './conversation.ts'
import { Mailbox } from './mailbox.ts'

const quota = { bytesMost: 1000, filesMost: 2, fileBytesMost: 1000 }
let root: string
let mailbox: Mailbox

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'interline-mailbox-'))
  mailbox = await Mailbox.open(root, quota)
})
afterEach(() => rm(root, { recursive: true }))

async function sent(path: string, text: string) {
  const upload = await mailbox.write(path)
  await upload.write(0, Buffer.from(text))
  return upload
}

async function received(): Promise<readonly string[]> {
  const places = await Promise.all(
    ['in', 'in/.processing'].map(async (folder) => {
      const found = await readdir(join(root, folder), { withFileTypes: true }).catch(() => [])
      return found.filter((one) => one.isFile()).map(({ name }) => join(root, folder, name))
    }),
  )
  return (await Promise.all(places.flat().map((place) => readFile(place, 'utf8')))).toSorted()
}

test('of two documents that a partner sends under one name at the same moment, the hub gets both', async () => {
  for (let round = 0; round < 10; round++) {
    const uploads = [await sent('in/order.edi', `first ${round}`), await sent('in/order.edi', `second ${round}`)]
    await Promise.all(uploads.map((upload) => upload.finish()))
    expect(await received()).toEqual([`first ${round}`, `second ${round}`])
    await rm(join(root, 'in'), { recursive: true })
    mailbox = await Mailbox.open(root, quota)
  }
})

test('a document that cannot be given its name leaves nothing behind, and takes no place', async () => {
  const upload = await sent('in/order.edi', 'lost')
  await rm(join(root, 'in'), { recursive: true })
  await expect(upload.finish()).rejects.toThrow('ENOENT')
  expect(await readdir(join(root, '.uploads'))).toEqual([])
})

test('what was still being opened when the line broke takes no place in the mailbox', async () => {
  const { CREAT, TRUNC, WRITE } = ssh2.utils.sftp.OPEN_MODE
  const line = Object.assign(new EventEmitter(), { handle: () => true, status: () => true })
  const nothing = (): void => undefined
  const conversation = new Conversation(line as unknown as SFTPWrapper, mailbox, {
    ...{ heard: nothing, uploaded: nothing, downloaded: nothing },
  })
  const writing = vi.spyOn(mailbox, 'write')
  for (const name of ['a', 'b']) line.emit('OPEN', 1, `in/${name}`, WRITE | CREAT | TRUNC)
  conversation.end()
  await expect.poll(() => writing.mock.results.length).toBe(2)
  await Promise.all(writing.mock.results.map(({ value }) => value as unknown))
  await expect.poll(() => readdir(join(root, '.uploads')).then(({ length }) => length)).toBe(0)
  for (const name of ['c', 'd']) await (await sent(`in/${name}`, name)).finish()
  expect(await received()).toEqual(['c', 'd'])
})
