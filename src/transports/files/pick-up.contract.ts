import { MemoryFolder } from './memory-folder.contract.ts'
import { type PickedFile, PickUp, type PickUpRules } from './pick-up.ts'

/** What is agreed where a test does not say otherwise. */
export const pickUpRules: PickUpRules = {
  companion: undefined,
  settledLooks: 1,
  ediTrailer: false,
  names: ['*'],
  after: 'archive',
  bytesMost: 1000,
  largeBytesMost: 5000,
  filesMost: 100,
  oldestDays: 30,
}

/** A hub as the pick-up sees it: knows what it has, and takes the same identity once. */
export class PickUpHub {
  readonly taken: PickedFile[] = []
  readonly known = new Map<string, PickedFile>()
  answer: (file: PickedFile) => string | undefined = () => undefined

  accept = async (file: PickedFile): Promise<string | undefined> => {
    const refused = this.answer(file)
    if (refused !== undefined) return refused
    this.taken.push(file)
    this.known.set(file.identity, file)
    return undefined
  }

  get names(): readonly string[] {
    return [...this.known.values()].map(({ name }) => name)
  }
}

/** A pick-up of a folder in memory, with the hub that it hands its files to. */
export function openedPickUp(
  changes: Partial<PickUpRules> = {},
  owner = 'one',
  folder = new MemoryFolder(),
  hub = new PickUpHub(),
) {
  const ports = { accept: hub.accept, now: () => folder.now, owner, abandonedMs: 60_000 }
  return { folder, hub, pickUp: new PickUp(folder, { ...pickUpRules, ...changes }, ports) }
}
