import { describe, expect, test } from 'vitest'
import type { FolderFile } from './folder.ts'
import { MemoryFolder } from './memory-folder.contract.ts'
import { openedPickUp } from './pick-up.contract.ts'

describe('files that stay where they lie at a server that tells no exact times', () => {
  /** As a listing for people: to the day, without a time that can be compared. */
  class CoarseFolder extends MemoryFolder {
    override async list(subfolder: string): Promise<readonly FolderFile[]> {
      return (await super.list(subfolder)).map(({ name, size, modifiedAt: at }) => {
        return { name, size, modifiedAt: 0, listed: { text: new Date(at).toUTCString().slice(5, 16), at } }
      })
    }
  }

  test('another document of the same size under the same name is taken, the same one is not taken again', async () => {
    const { folder, hub, pickUp } = openedPickUp({ after: 'leave' }, 'one', new CoarseFolder())
    folder.put('status.csv', 'monday')
    for (let look = 0; look < 2; look++) await pickUp.round()
    folder.now += 86_400_000
    folder.put('status.csv', 'friday')
    for (let look = 0; look < 2; look++) await pickUp.round()
    expect(hub.taken.map(({ body }) => Buffer.from(body).toString())).toEqual(['monday', 'friday'])
  })

  test('one that is older than the memory of what was taken is never taken again', async () => {
    const { folder, hub } = openedPickUp({ after: 'leave' }, 'one', new CoarseFolder())
    folder.put('order.csv', 'goods')
    for (const days of [0, 31, 200]) {
      folder.now += days * 86_400_000
      // A hub that was started anew remembers nothing itself.
      await openedPickUp({ after: 'leave' }, 'one', folder, hub).pickUp.round()
    }
    expect(hub.taken).toHaveLength(1)
  })
})
