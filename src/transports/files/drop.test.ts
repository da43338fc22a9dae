import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PgpFailure } from '../pgp/failure.ts'
import { Drop } from './drop.ts'
import { FolderFailure } from './folder.ts'
import { MemoryFolder } from './memory-folder.contract.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

function opened(companion?: string): { folder: MemoryFolder; drop: Drop } {
  const folder = new MemoryFolder()
  return { folder, drop: new Drop(folder, { companion }) }
}

describe('a document', () => {
  test('is there under its name and under no other', async () => {
    const { folder, drop } = opened()
    expect(await drop.put('856-1.edi', bytes('ISA'))).toEqual({ outcome: 'stored' })
    expect(folder.names()).toEqual(['856-1.edi'])
    expect(await drop.look('856-1.edi', 10)).toEqual(bytes('ISA'))
    expect(await drop.look('none', 10)).toBeUndefined()
  })

  test('has its companion after it', async () => {
    const { folder, drop } = opened('.done')
    await drop.put('a', bytes('1'))
    expect(folder.names()).toEqual(['a', 'a.done'])
  })

  test('that lies there already is not sent again, whatever its companion', async () => {
    const { folder, drop } = opened('.done')
    folder.put('a', '1')
    expect(await drop.put('a', bytes('1'))).toEqual({ outcome: 'present' })
    expect(folder.names()).toEqual(['a', 'a.done'])
  })

  test.each(['2', '1 and more'])('never writes over another one: %s', async (text) => {
    const { folder, drop } = opened()
    folder.put('a', text)
    expect(await drop.put('a', bytes('1'))).toEqual({ outcome: 'taken' })
    expect(await drop.look('a', 20)).toEqual(bytes(text))
  })

  test('never writes over one that came in the same moment', async () => {
    const { folder, drop } = opened()
    folder.onWrite = () => folder.put('a', 'theirs')
    expect(await drop.put('a', bytes('ours'))).toEqual({ outcome: 'taken' })
  })
})

describe('doubt', () => {
  test('there is none before the name is given', async () => {
    const { folder, drop } = opened()
    folder.write = () => Promise.reject(new FolderFailure('CLOSED', 'cut', true))
    expect(await drop.put('a', bytes('1'))).toEqual({ outcome: 'not_sent', code: 'CLOSED' })
  })

  test('a lost answer to the renaming is one', async () => {
    const { folder, drop } = opened()
    folder.rename = () => Promise.reject(new FolderFailure('TIMEOUT', 'lost', true))
    expect(await drop.put('a', bytes('1'))).toEqual({ outcome: 'unknown', code: 'TIMEOUT' })
  })

  test('a renaming that the server refused is none', async () => {
    const { folder, drop } = opened()
    folder.rename = () => Promise.reject(new FolderFailure('DENIED', 'no', false))
    expect(await drop.put('a', bytes('1'))).toEqual({ outcome: 'not_sent', code: 'DENIED' })
  })
})

test('whatever breaks off, whole documents are all that is ever seen, and the next attempt ends well', async () => {
  const crash = fc.record({ at: fc.integer({ min: 1, max: 6 }), after: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(fc.array(crash, { maxLength: 4 }), fc.boolean(), async (crashes, accompanied) => {
      const { folder, drop } = opened(accompanied ? '.done' : undefined)
      for (const one of crashes) {
        folder.crashes = one
        await drop.put('a', bytes('whole'))
        folder.crashes = undefined
        const seen = await drop.look('a', 100)
        expect(seen === undefined || Buffer.compare(seen, bytes('whole')) === 0).toBe(true)
        if (folder.names().includes('a.done')) expect(seen).toBeDefined()
      }
      expect((await drop.put('a', bytes('whole'))).outcome).toMatch(/stored|present/)
      expect(folder.names()).toEqual(accompanied ? ['a', 'a.done'] : ['a'])
    }),
  )
})

test('a line that is down is waited for once, however many attempts before have left something', async () => {
  const { folder, drop } = opened()
  const cut = new FolderFailure('TIMEOUT', 'nothing came', true)
  const remove = folder.remove.bind(folder)
  let asked = 0
  folder.onWrite = () => {
    throw cut
  }
  folder.remove = () => Promise.reject(new FolderFailure('DENIED', 'still open'))
  for (const text of ['1', '2', '3']) await drop.put('a', bytes(text))
  expect(folder.names()).toHaveLength(3)
  folder.remove = () => {
    asked++
    return Promise.reject(cut)
  }
  await drop.put('a', bytes('4'))
  expect(asked).toBe(1)
  folder.remove = remove
  folder.onWrite = undefined
  expect(await drop.put('a', bytes('5'))).toEqual({ outcome: 'stored' })
  expect(folder.names()).toEqual(['a'])
})

test('what a process that ended has left for more than a day goes with the next document, and nothing of anybody else', async () => {
  const { folder, drop } = opened()
  const old = Date.now() - 2 * 86_400_000
  folder.put('.a.edi.0123456789ab.part', 'half', old)
  folder.put('.b.edi.0123456789ab.part', 'half', Date.now())
  folder.put('.theirs.part', 'half', old)
  expect(await drop.put('c.edi', bytes('ISA'))).toEqual({ outcome: 'stored' })
  expect(folder.names()).toEqual(['.b.edi.0123456789ab.part', '.theirs.part', 'c.edi'])
})

describe('a document in an envelope', () => {
  const text = (one: Uint8Array): string => new TextDecoder().decode(one)
  let count = 0

  /** Never the same bytes twice, as with any encryption; without our own key nobody can look into it. */
  function sealing(isReadable: boolean): { folder: MemoryFolder; drop: Drop } {
    const folder = new MemoryFolder()
    const envelope = {
      ending: '.pgp',
      seal: async (content: Uint8Array) => bytes(`${++count}:${text(content)}`),
      close: async () => {},
      holds: async (sealed: Uint8Array, content: Uint8Array) =>
        isReadable ? text(sealed).replace(/^\d+:/, '') === text(content) : undefined,
    }
    return { folder, drop: new Drop(folder, { companion: '.done', envelope }) }
  }

  test('lies there sealed, and is not sent a second time', async () => {
    const { folder, drop } = sealing(true)
    expect(await drop.put('a.csv', bytes('1'))).toEqual({ outcome: 'stored' })
    expect(folder.names()).toEqual(['a.csv.pgp', 'a.csv.pgp.done'])
    expect(text((await drop.look('a.csv', 10)) ?? bytes(''))).toMatch(/^\d+:1$/)
    expect(await drop.put('a.csv', bytes('1'))).toEqual({ outcome: 'present' })
    expect(await drop.put('a.csv', bytes('2'))).toEqual({ outcome: 'taken' })
  })

  test('has its signature beside it before it is there itself, made anew by an attempt that comes later', async () => {
    const folder = new MemoryFolder()
    let attempts = 0
    const envelope = {
      ending: '',
      seal: async (content: Uint8Array) => content,
      holds: async (found: Uint8Array, content: Uint8Array) => text(found) === text(content),
      signature: { ending: '.sig', of: async (sealed: Uint8Array) => bytes(`${++attempts} of ${text(sealed)}`) },
      close: async () => {},
    }
    const drop = new Drop(folder, { companion: undefined, envelope })
    folder.put('a.csv.sig', 'of an attempt that ended before its document was there')
    const seen: (readonly string[])[] = []
    folder.onRename = () => seen.push(folder.names().filter((name) => !name.startsWith('.')))
    expect(await drop.put('a.csv', bytes('1'))).toEqual({ outcome: 'stored' })
    expect(seen.every((names) => !names.includes('a.csv') || names.includes('a.csv.sig'))).toBe(true)
    expect(folder.names()).toEqual(['a.csv', 'a.csv.sig'])
    expect(text(await folder.read('a.csv.sig', 100))).toBe('1 of 1')
    expect(await drop.put('a.csv', bytes('1'))).toEqual({ outcome: 'present' })
    expect(attempts).toBe(1)
  })

  test('that nobody here can open is never written over', async () => {
    const { drop } = sealing(false)
    await drop.put('a.csv', bytes('1'))
    expect(await drop.put('a.csv', bytes('1'))).toEqual({ outcome: 'taken' })
  })

  test('that cannot be sealed does not leave, and says why', async () => {
    const folder = new MemoryFolder()
    const refuse = async (): Promise<never> => {
      throw new PgpFailure('PGP_KEY_EXPIRED')
    }
    const drop = new Drop(folder, {
      companion: undefined,
      envelope: { ending: '.pgp', seal: refuse, holds: refuse, close: async () => {} },
    })
    expect(await drop.put('a', bytes('1'))).toEqual({ outcome: 'not_sent', code: 'PGP_KEY_EXPIRED' })
    expect(folder.names()).toEqual([])
  })
})
