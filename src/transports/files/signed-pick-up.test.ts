import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MemoryFolder } from './memory-folder.contract.ts'
import { pickUpRules } from './pick-up.contract.ts'
import { type PickedFile, PickUp, type PickUpRules } from './pick-up.ts'

const rules: PickUpRules = { ...pickUpRules, signature: '.sig', names: ['*.edi'] }

const text = (bytes: Uint8Array | undefined): string | undefined =>
  bytes === undefined ? undefined : new TextDecoder().decode(bytes)

function opened(changes: Partial<PickUpRules> = {}, owner = 'one', folder = new MemoryFolder()) {
  const taken: PickedFile[] = []
  const accept = async (file: PickedFile): Promise<string | undefined> => {
    if (file.signature === undefined) return 'PGP_UNSIGNED'
    taken.push(file)
    return undefined
  }
  const ports = { accept, now: () => folder.now, owner, abandonedMs: 60_000 }
  return { folder, taken, pickUp: new PickUp(folder, { ...rules, ...changes }, ports) }
}

test('a document waits for the signature beside it, is handed over with it, and both are put away', async () => {
  const { folder, taken, pickUp } = opened()
  folder.put('a.edi', 'goods')
  expect(await pickUp.round()).toMatchObject({ taken: 0, waiting: 1 })
  folder.put('a.edi.sig', 'signed')
  expect(await pickUp.round()).toMatchObject({ taken: 1, waiting: 0 })
  expect(taken.map(({ name, body, signature }) => [name, text(body), text(signature)])).toEqual([
    ['a.edi', 'goods', 'signed'],
  ])
  expect(folder.names()).toEqual(['archive/a.edi', 'archive/a.edi.sig'])
  folder.put('a.edi', 'other goods')
  expect(await pickUp.round()).toMatchObject({ taken: 0, waiting: 1 })
})

test('the signature of the next upload is never taken for that of an earlier one', async () => {
  const { folder, taken, pickUp } = opened()
  folder.put('.processing/one-1__a.edi', 'monday')
  folder.put('a.edi', 'tuesday')
  folder.put('a.edi.sig', 'signed on tuesday')
  expect((await pickUp.round()).refused).toEqual([{ name: 'one-1__a.edi', reason: 'PGP_UNSIGNED' }])
  expect(taken.map(({ body, signature }) => [text(body), text(signature)])).toEqual([['tuesday', 'signed on tuesday']])
})

test('what is too large for a signature is none, and the document is refused with it', async () => {
  const { folder, pickUp } = opened()
  folder.put('a.edi', 'goods')
  folder.put('a.edi.sig', 'x'.repeat(70_000))
  expect((await pickUp.round()).refused).toEqual([{ name: 'a.edi', reason: 'PGP_UNSIGNED' }])
  expect(folder.names()).toEqual(['refused/a.edi', 'refused/a.edi.sig'])
})

test('a crash at any step loses neither document nor signature, and takes nothing twice', async () => {
  const crash = fc.record({ at: fc.integer({ min: 1, max: 30 }), after: fc.boolean() })
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(crash, { maxLength: 4 }),
      fc.constantFrom('archive', 'delete', 'leave'),
      async (count, crashes, after) => {
        const folder = new MemoryFolder()
        const known = new Map<string, string>()
        const work = async (owner: string, rounds: number): Promise<void> => {
          const { taken, pickUp } = opened({ after }, owner, folder)
          try {
            for (let round = 0; round < rounds; round++) {
              await pickUp.round()
              folder.now += 60_000
            }
          } finally {
            for (const { identity, body, signature } of taken) known.set(identity, `${text(body)} ${text(signature)}`)
          }
        }
        for (let at = 0; at < count; at++) {
          folder.now += 1000
          folder.put(`${at}.edi`, `goods ${at}`)
          folder.put(`${at}.edi.sig`, `signed ${at}`)
          folder.crashes = crashes[at % (crashes.length || 1)]
          await work(`life${at}`, 1).catch(() => undefined)
        }
        folder.crashes = undefined
        await work('last', 3)
        const expected = Array.from({ length: count }, (_, at) => `goods ${at} signed ${at}`)
        expect([...known.values()].toSorted()).toEqual(expected)
        const left = folder.names().filter((name) => after === 'leave' || !name.startsWith('archive/'))
        expect(left).toHaveLength(after === 'leave' ? count * 2 : 0)
      },
    ),
    { numRuns: 500 },
  )
})
