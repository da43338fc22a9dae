import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { InterlineError } from '../../base/errors.ts'
import type { FolderFile } from './folder.ts'
import { MemoryFolder } from './memory-folder.contract.ts'
import { openedPickUp, PickUpHub, pickUpRules } from './pick-up.contract.ts'
import { type LargePickedFile, PickUp, type PickUpRound } from './pick-up.ts'

describe('what is taken', () => {
  test('with a choice only what it chooses, and each of the others is read once and stays where it lies', async () => {
    const { folder, hub, pickUp } = openedPickUp({ filesMost: 1 })
    folder.put('order.edi', 'new work', 100)
    folder.put('receipt.edi', 'answer', 200)
    folder.put('large.edi', 'answer'.repeat(1000), 300)
    const asked: string[] = []
    const only = async ({ name, body }: { readonly name: string; readonly body: Uint8Array }) => {
      asked.push(name)
      return new TextDecoder().decode(body) === 'answer'
    }
    expect(await pickUp.round(only)).toMatchObject({ taken: 1, waiting: 2, more: false })
    await pickUp.round(only)
    expect([hub.names, asked]).toEqual([['receipt.edi'], ['order.edi', 'receipt.edi']])
    expect(folder.names()).toEqual(['archive/receipt.edi', 'large.edi', 'order.edi'])
    folder.put('order.edi', 'answer', 400)
    await pickUp.round(only)
    expect(hub.names).toEqual(['receipt.edi', 'order.edi'])
  })

  test('each file once, oldest first, put into the archive', async () => {
    const { folder, hub, pickUp } = openedPickUp()
    folder.put('b.edi', 'second', 200)
    folder.put('a.edi', 'third', 300)
    folder.put('c.edi', 'first', 100)
    expect(await pickUp.round()).toEqual({ taken: 3, refused: [], failed: [], waiting: 0, more: false })
    expect(hub.names).toEqual(['c.edi', 'b.edi', 'a.edi'])
    expect(folder.names()).toEqual(['archive/a.edi', 'archive/b.edi', 'archive/c.edi'])
    expect((await pickUp.round()).taken).toBe(0)
  })

  test('the same name again is another document, and no archived file is written over', async () => {
    const { folder, hub, pickUp } = openedPickUp()
    for (const [text, time] of [
      ['1', 1],
      ['1', 2],
      ['2', 2],
    ] as const) {
      folder.put('stock.csv', text, time)
      await pickUp.round()
    }
    expect(hub.known.size).toBe(3)
    expect(folder.names()).toEqual(['archive/stock.csv', 'archive/stock.csv.2', 'archive/stock.csv.3'])
  })

  test('only names that fit, whatever their case', async () => {
    const { folder, hub, pickUp } = openedPickUp({ names: ['*.edi', 'stock-????.csv'] })
    for (const name of ['a.EDI', 'stock-2026.csv', 'stock-26.csv', 'readme.txt']) folder.put(name, '1')
    await pickUp.round()
    expect(hub.names.toSorted()).toEqual(['a.EDI', 'stock-2026.csv'])
  })

  test('as many as a round may hold; the others are next', async () => {
    const { folder, hub, pickUp } = openedPickUp({ filesMost: 2 })
    for (const name of ['a', 'b', 'c']) folder.put(name, '1')
    expect(await pickUp.round()).toMatchObject({ taken: 2, waiting: 1, more: true })
    expect(await pickUp.round()).toMatchObject({ taken: 1, waiting: 0, more: false })
    expect(hub.known.size).toBe(3)
  })

  test('deleted or left, where that is the agreement', async () => {
    const gone = openedPickUp({ after: 'delete' })
    gone.folder.put('a', '1')
    await gone.pickUp.round()
    expect(gone.folder.names()).toEqual([])
    const left = openedPickUp({ after: 'leave' })
    left.folder.put('a', '1')
    left.folder.put('ancient', '1', left.folder.now - 31 * 86_400_000)
    for (let round = 0; round < 3; round++) await left.pickUp.round()
    left.folder.put('a', '2', left.folder.now + 1000)
    await left.pickUp.round()
    expect(left.folder.names()).toEqual(['a', 'ancient'])
    expect(left.hub.taken.map(({ body }) => new TextDecoder().decode(body))).toEqual(['1', '2'])
  })
})

test('what a server gives no time for is not too old to be taken', async () => {
  const { folder, hub, pickUp } = openedPickUp({ after: 'leave' })
  folder.put('a', '1', 0)
  await pickUp.round()
  expect(hub.taken).toHaveLength(1)
})

describe('files that are not complete', () => {
  test.each(['a.tmp', 'a.edi.part', 'a.filepart', 'a.writing', '.a.edi', 'a~'])(
    '%s is a temporary name',
    async (name) => {
      const { folder, hub, pickUp } = openedPickUp()
      folder.put(name, '1')
      await pickUp.round()
      expect(hub.taken).toEqual([])
      expect(folder.names()).toEqual([name])
    },
  )

  test('a document waits for its companion, which goes with it', async () => {
    const { folder, hub, pickUp } = openedPickUp({ companion: '.done' })
    folder.put('a.edi', '1')
    expect(await pickUp.round()).toMatchObject({ taken: 0, waiting: 1 })
    folder.put('a.edi.done', '')
    expect(await pickUp.round()).toMatchObject({ taken: 1, waiting: 0 })
    expect(folder.names()).toEqual(['archive/a.edi'])
    folder.put('a.edi', '2')
    await pickUp.round()
    expect(hub.known.size).toBe(1)
  })

  test('a file that grows is looked at until it stays', async () => {
    const { folder, hub, pickUp } = openedPickUp({ settledLooks: 3 })
    for (const [text, time] of [
      ['1', 1],
      ['12', 2],
      ['123', 3],
      ['123', 3],
    ] as const) {
      folder.put('a', text, time)
      await pickUp.round()
    }
    expect(hub.taken).toEqual([])
    await pickUp.round()
    expect(hub.taken).toHaveLength(1)
  })

  test('a file that is written anew with as many bytes is not settled yet', async () => {
    const { folder, hub, pickUp } = openedPickUp({ settledLooks: 2 })
    folder.put('a', '1', 1)
    await pickUp.round()
    folder.put('a', '2', 2)
    await pickUp.round()
    expect(hub.taken).toEqual([])
  })

  test('a sender that writes on through its open file gets it back', async () => {
    const { folder, hub, pickUp } = openedPickUp()
    folder.put('a', '1')
    folder.onRename = () => folder.put(folder.names()[0] ?? '', '12', 5)
    await pickUp.round()
    expect(hub.taken).toEqual([])
    folder.onRename = undefined
    expect(folder.names()).toEqual(['a'])
    await pickUp.round()
    expect(hub.taken).toHaveLength(1)
  })

  test.each([
    ['ISA*00*…~GS*…~IEA*1*000000001~', true],
    ['…IEA*1*000000001~\r\n\r\n', true],
    ["UNB+UNOA:1'…UNZ+1+4711'", true],
    ['…UNZ+2+REF 1\n', true],
    ['ISA*00*…~SE*3*0001~', false],
    ['…IEA*1', false],
    ["UNB+UNOA:1'UNH+1+ORDERS'BGM+2", false],
    ['', false],
  ])('of an interchange the end must be there: %j → %s', async (text, isWhole) => {
    const { folder, hub, pickUp } = openedPickUp({ ediTrailer: true })
    folder.put('a.edi', text)
    await pickUp.round()
    expect(hub.taken.length > 0).toBe(isWhole)
  })
})

describe('trouble', () => {
  test('a file that can never be taken is put aside with its reason, and stops no other', async () => {
    const { folder, hub, pickUp } = openedPickUp()
    hub.answer = ({ name }) => (name === 'bad' ? 'BODY_UNREADABLE' : undefined)
    folder.put('bad', '1', 1)
    folder.put('good', '1', 2)
    folder.put('huge', 'x'.repeat(1001), 3)
    expect((await pickUp.round()).refused).toEqual([
      { name: 'bad', reason: 'BODY_UNREADABLE' },
      { name: 'huge', reason: 'TOO_LARGE' },
    ])
    expect(folder.names()).toEqual(['archive/good', 'refused/bad', 'refused/huge'])
  })

  test('a hub that is busy ends the round, and the next one goes on with the same file', async () => {
    const { folder, hub, pickUp } = openedPickUp()
    folder.put('a', '1', 1)
    folder.put('b', '1', 2)
    hub.answer = () => {
      throw new InterlineError('HUB_BUSY')
    }
    await expect(pickUp.round()).rejects.toMatchObject({ code: 'HUB_BUSY' })
    hub.answer = () => undefined
    await pickUp.round()
    expect(hub.names).toEqual(['a', 'b'])
  })

  test('one poisoned file fails alone', async () => {
    const { folder, hub, pickUp } = openedPickUp()
    folder.put('a', '1', 1)
    folder.put('b', '1', 2)
    hub.answer = ({ name }) => {
      if (name === 'a') throw new Error('nobody expected this')
      return undefined
    }
    expect((await pickUp.round()).failed).toEqual([{ name: 'a', reason: 'nobody expected this' }])
    expect(hub.names).toEqual(['b'])
    folder.put('a', 'another upload meanwhile', 3)
    await pickUp.round()
    hub.answer = () => undefined
    await pickUp.round()
    expect(hub.names).toEqual(['b', 'a', 'a'])
  })

  test('a file that shrinks while it is read is read again', async () => {
    const { folder, hub, pickUp } = openedPickUp()
    folder.put('a', 'whole', 1)
    folder.onRead = () => new Uint8Array(2)
    expect((await pickUp.round()).failed).toEqual([{ name: 'a', reason: 'CHANGED' }])
    folder.onRead = undefined
    await pickUp.round()
    expect(hub.taken.map(({ body }) => body.length)).toEqual([5])
  })

  test('the companion of the next upload survives the end of an interrupted one', async () => {
    const { folder, hub, pickUp } = openedPickUp({ companion: '.done', settledLooks: 2 })
    folder.put('.processing/one-1__a.edi', 'first')
    folder.put('a.edi', 'second')
    folder.put('a.edi.done', '')
    for (let round = 0; round < 2; round++) await pickUp.round()
    expect(hub.known.size).toBe(2)
    expect(folder.names()).toEqual(['archive/a.edi', 'archive/a.edi.2'])
  })

  test('what another process claimed is left to it, until it has stayed too long', async () => {
    const folder = new MemoryFolder()
    folder.put('.processing/other-1__a.edi', '1')
    const { hub, pickUp } = openedPickUp({}, 'one', folder)
    await pickUp.round()
    folder.now += 59_999
    await pickUp.round()
    expect(hub.taken).toEqual([])
    folder.now += 1
    await pickUp.round()
    expect(hub.names).toEqual(['a.edi'])
    expect(folder.names()).toEqual(['archive/a.edi'])
  })
})

const crash = fc.record({ at: fc.integer({ min: 1, max: 30 }), after: fc.boolean() })
const upload = fc.record({
  name: fc.constantFrom('a.edi', 'b.edi', 'c.edi'),
  text: fc.string({ minLength: 1, maxLength: 3 }),
})

test('a crash at any step loses nothing and takes nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(upload, { minLength: 1, maxLength: 5 }),
      fc.array(crash, { maxLength: 4 }),
      fc.constantFrom('archive', 'delete', 'leave'),
      fc.option(fc.constant('.done'), { nil: undefined }),
      async (uploads, crashes, after, companion) => {
        const [folder, hub] = [new MemoryFolder(), new PickUpHub()]
        const expected = new Map<string, string>()
        const sent = uploads.map(({ name, text }, at) => ({ name: after === 'leave' ? `${at}-${name}` : name, text }))
        const work = async (owner: string, rounds: number): Promise<void> => {
          const { pickUp } = openedPickUp({ after, companion }, owner, folder, hub)
          for (let round = 0; round < rounds; round++) {
            await pickUp.round()
            folder.now += 60_000
          }
        }
        let life = 0
        for (const { name, text } of sent) {
          folder.now += 1000
          if (folder.names().includes(name)) continue
          folder.put(name, text)
          if (companion !== undefined) folder.put(name + companion, '')
          expected.set(`${name}:${folder.now}`, text)
          folder.crashes = crashes[life % (crashes.length || 1)]
          await work(`life${life++}`, 1).catch(() => undefined)
        }
        folder.crashes = undefined
        await work('last', 3)
        expect([...hub.known.values()].map(({ body }) => new TextDecoder().decode(body)).toSorted()).toEqual(
          [...expected.values()].toSorted(),
        )
        if (after !== 'leave') expect(folder.names().filter((name) => !name.startsWith('archive/'))).toEqual([])
      },
    ),
    { numRuns: 500 },
  )
})

test('two processes on one folder take each file once between them', async () => {
  const [folder, hub] = [new MemoryFolder(), new PickUpHub()]
  for (let at = 0; at < 40; at++) folder.put(`${at}.edi`, `${at}`)
  const rounds: PickUpRound[] = await Promise.all(
    ['one', 'two', 'three'].map((owner) => openedPickUp({}, owner, folder, hub).pickUp.round()),
  )
  expect(rounds.reduce((sum, { taken }) => sum + taken, 0)).toBe(40)
  expect(hub.taken).toHaveLength(40)
})

test('a folder that is not there ends the round, so that it is noticed', async () => {
  const { folder, pickUp } = openedPickUp()
  folder.list = async (): Promise<readonly FolderFile[]> =>
    Promise.reject(Object.assign(new Error('MISSING'), { code: 'MISSING' }))
  await expect(pickUp.round()).rejects.toMatchObject({ code: 'MISSING' })
})

describe('what a process that ended has claimed', () => {
  test('is never written over by a later upload of the same name', async () => {
    const hub = new PickUpHub()
    hub.answer = () => {
      throw new Error('no key to open it with')
    }
    const { folder, pickUp } = openedPickUp({}, 'mailbox', new MemoryFolder(), hub)
    folder.put('orders.edi', 'monday')
    expect(await pickUp.round()).toMatchObject({ taken: 0, failed: [{ reason: 'no key to open it with' }] })
    // The hub starts again under the same name of owner, and cannot take anything yet.
    folder.put('orders.edi', 'tuesday')
    const again = openedPickUp({}, 'mailbox', folder, hub).pickUp
    expect(await again.round()).toMatchObject({ taken: 0 })
    hub.answer = () => undefined
    await again.round()
    expect(hub.taken.map(({ body }) => new TextDecoder().decode(body)).toSorted()).toEqual(['monday', 'tuesday'])
  })

  test('is not taken as a large document when less of it came than there is', async () => {
    class ShortFolder extends MemoryFolder {
      isShort = true
      override async save(_path: string, place: string, bytesMost: number): Promise<void> {
        writeFileSync(place, 'x'.repeat(this.isShort ? bytesMost - 1 : bytesMost), { flag: 'wx' })
      }
    }
    const directory = mkdtempSync(join(tmpdir(), 'interline-short-'))
    const folder = new ShortFolder()
    const saved: number[] = []
    const acceptLarge = async ({ save }: LargePickedFile): Promise<undefined> => {
      const place = join(directory, String(folder.now++))
      await save(place)
      saved.push(statSync(place).size)
    }
    const ports = {
      accept: new PickUpHub().accept,
      acceptLarge,
      now: () => folder.now,
      owner: 'one',
      abandonedMs: 60_000,
    }
    const pickUp = new PickUp(folder, pickUpRules, ports)
    folder.put('rows.csv', 'x'.repeat(2000))
    expect(await pickUp.round()).toMatchObject({ taken: 0, failed: [{ reason: 'CHANGED' }] })
    folder.isShort = false
    expect(await pickUp.round()).toMatchObject({ taken: 1, failed: [] })
    expect(saved).toEqual([2000])
    rmSync(directory, { recursive: true })
  })
})

test('a file whose name nobody can handle is left alone and told', async () => {
  const { folder, hub, pickUp } = openedPickUp({ names: ['*.edi'] })
  for (const name of ['order\n.edi', 'or\u202eder.edi', 'order\ufffd.edi', 'a.edi', 'other\n.csv'])
    folder.put(name, 'goods')
  expect((await pickUp.round()).failed).toEqual(
    ['order\n.edi', 'or\u202eder.edi', 'order\ufffd.edi'].map((name) => ({ name, reason: 'NAME_REFUSED' })),
  )
  expect(hub.names).toEqual(['a.edi'])
})
