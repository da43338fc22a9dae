import { expect, test } from 'vitest'
import { mapWithPauses, unbroken } from './breath.ts'

test('between two pieces of long work everybody else has the thread', async () => {
  const seen: string[] = []
  const other = (): Promise<void> =>
    Promise.resolve().then(() => {
      seen.push('other')
    })
  const results = await mapWithPauses({ pause: other }, ['a', 'b'], (item, index) => {
    seen.push(item)
    return `${item}${index}`
  })
  expect(seen).toEqual(['a', 'other', 'b', 'other'])
  expect(results).toEqual(['a0', 'b1'])
})

test('work that nobody waits for is done in one go', async () => {
  const seen: string[] = []
  const work = mapWithPauses(unbroken, ['a', 'b'], (item) => seen.push(item))
  expect(seen).toEqual(['a', 'b'])
  await work
})
