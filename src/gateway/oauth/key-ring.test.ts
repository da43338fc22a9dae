import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { openText, sealText } from '../../registry/sealed-text.ts'
import { boundTo, type Sealing } from '../../registry/sealing.ts'
import type { SigningKey, SigningKeys } from '../../registry/signing-keys.ts'
import { KeyRing } from './key-ring.ts'

const minute = 60_000
const day = 1440 * minute

function sealingWith(bytes: Uint8Array): Sealing {
  const key = { name: Buffer.from(bytes).toString('hex').slice(0, 8), bytes }
  return {
    seal: async (text, place) => sealText(key, text, boundTo(place)),
    open: async (sealed, place) => openText(key, sealed, boundTo(place)),
  }
}

/** Two hubs over one table, on a clock that the test moves. */
function hubs(sealingKeys: readonly Uint8Array[]) {
  let now = 1_776_000_000_000
  let rows: SigningKey[] = []
  const table: Pick<SigningKeys, 'list' | 'add' | 'remove'> = {
    list: async () => [...rows],
    add: async (key) => void rows.push({ ...key, createdAt: now }),
    remove: async (ids) => void (rows = rows.filter(({ id }) => !ids.includes(id))),
  }
  const rings = sealingKeys.map(
    (key) =>
      new KeyRing({
        keys: table as SigningKeys,
        sealing: sealingWith(key),
        now: () => now,
        randomBytes: (count) => randomBytes(count),
      }),
  )
  return { rings, pass: (ms: number) => (now += ms), rows: () => rows }
}

const idsOf = (keys: readonly Readonly<Record<string, unknown>>[]): unknown[] => keys.map(({ kid }) => kid)

test('a key is published before it signs, and until nothing is left that it signed', async () => {
  const { rings, pass } = hubs([randomBytes(32)])
  const [ring] = rings
  if (ring === undefined) throw new Error('there is one')
  const old = (await ring.signing()).id
  pass(31 * day)
  const both = await ring.published()
  expect(both).toHaveLength(2)
  expect((await ring.signing()).id).toBe(old)
  pass(11 * minute)
  const next = (await ring.signing()).id
  expect(next).not.toBe(old)
  expect(idsOf(await ring.published())).toEqual([old, next])
  pass(70 * minute)
  expect(idsOf(await ring.published())).toEqual([next])
  expect(await ring.find(old)).toBeUndefined()
})

test('a key of another instance is found as soon as it is used', async () => {
  const key = randomBytes(32)
  const { rings, pass } = hubs([key, key])
  const [here, there] = rings
  const made = await here?.signing()
  expect((await there?.signing())?.id).toBe(made?.id)
  pass(31 * day)
  await here?.published()
  pass(11 * minute)
  const next = (await here?.signing())?.id ?? ''
  expect(await there?.find(next)).toMatchObject({ kid: next })
})

test('the private half is sealed, and an instance that cannot open it signs with one of its own', async () => {
  const { rings, rows, pass } = hubs([randomBytes(32), randomBytes(32)])
  const first = await rings[0]?.signing()
  expect(JSON.stringify(rows())).not.toContain('PRIVATE')
  expect(rows()[0]?.publicKey).not.toHaveProperty('d')
  const second = await rings[1]?.signing()
  expect(second?.id).not.toBe(first?.id)
  pass(minute)
  expect(idsOf((await rings[0]?.published()) ?? [])).toEqual([first?.id, second?.id])
})
