import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Folder } from './folder.ts'

/** A folder under test. `clear` empties it; `link` puts a link there where the test can, past the folder. */
export interface FolderHarness {
  readonly folder: Folder
  readonly clear: () => Promise<void>
  readonly link?: (name: string, target: string) => Promise<void>
  /** Why the server takes no empty file. */
  readonly emptyFails?: string
  readonly stop: () => Promise<void>
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const textOf = (body: Uint8Array): string => new TextDecoder().decode(body)

/** The one conformance suite of every folder: what picking up and dropping rely on. */
export function folderContract(open: () => Promise<FolderHarness>): void {
  let harness: FolderHarness
  let folder: Folder
  beforeAll(async () => {
    harness = await open()
    folder = harness.folder
  })
  beforeEach(() => harness.clear())
  afterAll(() => harness.stop())

  describe('files', () => {
    test('what was written is read, byte for byte, small and large', async () => {
      const large = Uint8Array.from({ length: 1_500_001 }, (_, at) => (at * 31 + (at >> 8)) & 255)
      for (const body of [bytes('UNA:+.? \r\n'), large]) {
        await folder.write('a.edi', body)
        expect(Buffer.compare(await folder.read('a.edi', 2_000_000), body)).toBe(0)
        expect((await folder.find('a.edi'))?.size).toBe(body.length)
      }
    })

    test('an empty file is a file', async (context) => {
      if (harness.emptyFails !== undefined) return context.skip(harness.emptyFails)
      await folder.write('a', new Uint8Array())
      expect((await folder.find('a'))?.size).toBe(0)
      expect(await folder.read('a', 10)).toHaveLength(0)
    })

    test('a shorter body replaces a longer one whole', async () => {
      await folder.write('a', bytes('long body'))
      await folder.write('a', bytes('short'))
      expect(textOf(await folder.read('a', 100))).toBe('short')
    })

    test('a file larger than its limit is not read', async () => {
      await folder.write('a', bytes('123456'))
      await expect(folder.read('a', 5)).rejects.toMatchObject({ code: 'TOO_LARGE' })
      expect(textOf(await folder.read('a', 6))).toBe('123456')
    })

    test('a file is saved to this machine byte for byte, unless it is larger than its limit', async () => {
      const directory = mkdtempSync(join(tmpdir(), 'interline-saved-'))
      const large = Uint8Array.from({ length: 9_500_001 }, (_, at) => (at * 31 + (at >> 8)) & 255)
      for (const [name, body] of [
        ['small', bytes('ISA*00~')],
        ['large', large],
      ] as const) {
        await folder.write('a.edi', body)
        await folder.save('a.edi', join(directory, name), body.length)
        expect(Buffer.compare(readFileSync(join(directory, name)), body)).toBe(0)
        const other = join(directory, `${name} again`)
        await expect(folder.save('a.edi', other, body.length - 1)).rejects.toMatchObject({ code: 'TOO_LARGE' })
      }
      await expect(folder.save('none', join(directory, 'none'), 5)).rejects.toMatchObject({ code: 'MISSING' })
      rmSync(directory, { recursive: true })
    })

    test('the tail is the end of the file, or all of a small one', async () => {
      await folder.write('a', bytes('ISA*00~IEA*1*000000001~'))
      expect(textOf(await folder.tail('a', 16))).toBe('IEA*1*000000001~')
      expect(textOf(await folder.tail('a', 500))).toBe('ISA*00~IEA*1*000000001~')
    })

    test('what is not there is said to be missing', async () => {
      expect(await folder.find('none')).toBeUndefined()
      expect(await folder.find('none/none')).toBeUndefined()
      await expect(folder.read('none', 5)).rejects.toMatchObject({ code: 'MISSING' })
      await expect(folder.tail('none', 5)).rejects.toMatchObject({ code: 'MISSING' })
      await expect(folder.remove('none')).rejects.toMatchObject({ code: 'MISSING', wire: false })
      await expect(folder.rename('none', 'other')).rejects.toMatchObject({ code: 'MISSING' })
    })

    test('what was removed is gone', async () => {
      await folder.write('a', bytes('1'))
      await folder.remove('a')
      expect(await folder.list('')).toEqual([])
    })

    test('names with spaces, quotes and letters of any language survive', async () => {
      for (const name of ['Frachtbrief Größe 5.csv', "o'brien;$(id).edi", '出荷.txt', '-rf', '%2e%2e']) {
        await folder.write(name, bytes(name))
        expect((await folder.list('')).map((file) => file.name)).toContain(name)
        expect(textOf(await folder.read(name, 100))).toBe(name)
      }
    })
  })

  describe('listing', () => {
    test('shows files with size and time, and neither folders nor what is in them', async () => {
      await folder.write('a.edi', bytes('12345'))
      await folder.write('archive/b.edi', bytes('1'))
      expect(await folder.list('')).toMatchObject([{ name: 'a.edi', size: 5, modifiedAt: expect.any(Number) }])
      expect((await folder.list('archive')).map(({ name }) => name)).toEqual(['b.edi'])
      const found = await folder.find('a.edi')
      expect(Math.abs((found?.modifiedAt ?? 0) - Date.now())).toBeLessThan(120_000)
    })

    test('a subfolder that nobody made yet is empty', async () => {
      expect(await folder.list('archive')).toEqual([])
    })

    test('links lead nowhere', async (context) => {
      if (harness.link === undefined) return context.skip('the server allows no link to be made')
      await harness.link('outside.edi', '/etc/passwd')
      expect(await folder.list('')).toEqual([])
      expect(await folder.find('outside.edi')).toBeUndefined()
    })

    test('hundreds of files are listed', { timeout: 120_000 }, async () => {
      const names = Array.from({ length: 300 }, (_, at) => `file-${at}.edi`)
      for (const name of names) await folder.write(name, bytes('1'))
      expect((await folder.list('')).map(({ name }) => name).sort()).toEqual([...names].sort())
    })
  })

  describe('renaming', () => {
    test('takes a name that is free, in a subfolder that is made', async () => {
      await folder.write('a', bytes('1'))
      await folder.rename('a', '.processing/one-a')
      expect(await folder.list('')).toEqual([])
      expect(textOf(await folder.read('.processing/one-a', 5))).toBe('1')
    })

    test('does not take a name that is used', async () => {
      await folder.write('a', bytes('new'))
      await folder.write('archive/a', bytes('old'))
      await expect(folder.rename('a', 'archive/a')).rejects.toMatchObject({ code: 'EXISTS' })
      expect(textOf(await folder.read('archive/a', 5))).toBe('old')
      expect(textOf(await folder.read('a', 5))).toBe('new')
    })

    test('replaces where that is said', async () => {
      await folder.write('a', bytes('new'))
      await folder.write('b', bytes('old'))
      await folder.rename('a', 'b', { replace: true })
      expect(textOf(await folder.read('b', 5))).toBe('new')
      expect(await folder.find('a')).toBeUndefined()
    })

    test.each([false, true])('of ten who claim one file, one has it (replacing: %s)', async (replace) => {
      await folder.write('a', bytes('1'))
      const claims = await Promise.allSettled(
        Array.from({ length: 10 }, (_, at) => folder.rename('a', `.processing/${at}-a`, { replace })),
      )
      expect(claims.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
      expect(await folder.list('.processing')).toHaveLength(1)
    })
  })

  describe('paths', () => {
    test.each([
      '../a',
      'a/../../b',
      '/etc/passwd',
      '',
      'a//b',
      '.',
      'a\u0000b',
      'a\nb',
      'a\\b',
      'x'.repeat(300),
      'a/b/c/d',
    ])('refuses %j', async (path) => {
      for (const work of [
        () => folder.read(path, 10),
        () => folder.write(path, bytes('1')),
        () => folder.remove(path),
        () => folder.rename('a', path),
      ])
        await expect((async () => work())()).rejects.toMatchObject({ code: 'NAME_REFUSED', wire: false })
    })
  })

  test('goes on after it was closed', async () => {
    await folder.write('a', bytes('1'))
    await folder.close()
    expect(textOf(await folder.read('a', 5))).toBe('1')
  })
}
