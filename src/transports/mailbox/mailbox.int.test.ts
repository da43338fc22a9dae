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

test('a file that is gone on with where an earlier upload ended is refused: its beginning is missing', async () => {
  await (await sent('in/order.edi', 'ISA*00')).finish()
  const resumed = await mailbox.write('in/order.edi')
  await resumed.write(6, Buffer.from('*IEA'))
  await expect(resumed.finish()).rejects.toMatchObject({ why: 'incomplete' })
  expect(await received()).toEqual(['ISA*00'])
  expect(await readdir(join(root, '.uploads'))).toEqual([])
})

test('pieces in any order, also twice, are a whole file; a hole between them is none', async () => {
  const pieces = [
    { at: 6, text: 'ghi' },
    { at: 0, text: 'abc' },
    { at: 3, text: 'def' },
    { at: 2, text: 'cd' },
  ]
  const whole = await mailbox.write('in/whole')
  for (const { at, text } of pieces) await whole.write(at, Buffer.from(text))
  await whole.finish()
  expect(await received()).toEqual(['abcdefghi'])
  const torn = await mailbox.write('in/torn')
  for (const { at, text } of pieces.slice(0, 2)) await torn.write(at, Buffer.from(text))
  await expect(torn.finish()).rejects.toMatchObject({ why: 'incomplete' })
  expect(await received()).toEqual(['abcdefghi'])
})

test('uploads at the same time share the room that is left', async () => {
  const uploads = [await mailbox.write('in/a'), await mailbox.write('in/b')]
  const kilobyte = Buffer.alloc(600, 'x')
  await uploads[0]?.write(0, kilobyte)
  await expect(uploads[1]?.write(0, kilobyte)).rejects.toMatchObject({ why: 'full' })
  await uploads[0]?.write(600, kilobyte.subarray(0, 400))
  await uploads[0]?.finish()
  expect(await received()).toHaveLength(1)
})

test('what arrived while an upload goes on takes its room as well', async () => {
  const uploads = [await sent('in/a.edi', ''), await sent('in/b.edi', '')]
  const most = Buffer.alloc(600)
  await uploads[0]?.write(0, most)
  await uploads[0]?.finish()
  await expect(uploads[1]?.write(0, most)).rejects.toMatchObject({ why: 'full' })
})

test('who looks whether an upload arrived finds it, also when the hub was quicker', async () => {
  await (await sent('in/order.edi', 'ISA*00')).finish()
  await rm(join(root, 'in', 'order.edi'))
  expect(await mailbox.shown('in/order.edi')).toMatchObject({ name: 'order.edi', size: 6, isFolder: false })
  await expect(mailbox.find('in/order.edi')).rejects.toMatchObject({ why: 'missing' })
  await expect(mailbox.shown('in/other.edi')).rejects.toMatchObject({ why: 'missing' })
  // What the partner itself took away is gone.
  await (await sent('in/b.part', 'ISA')).finish()
  await mailbox.rename('in/b.part', 'in/b.edi')
  await expect(mailbox.shown('in/b.part')).rejects.toMatchObject({ why: 'missing' })
  await mailbox.remove('in/b.edi')
  await expect(mailbox.shown('in/b.edi')).rejects.toMatchObject({ why: 'missing' })
})
