import { memoryBackbone } from '../memory/memory.ts'
import { type Harness, partitions } from './rows.contract.ts'

/** The in-memory backbone with a clock that a test moves. */
export async function openMemory(): Promise<Harness> {
  let now = 1_760_000_000_000
  const backbone = memoryBackbone({ partitions, now: () => now })
  const { tables } = backbone
  const lose = (list: { readonly offset: number }[] | undefined, offset: number): void => {
    const at = list?.findIndex((row) => row.offset === offset) ?? -1
    if (at >= 0) list?.splice(at, 1)
  }
  return {
    backbone,
    now: async () => now,
    pass: async (ms) => {
      now += ms
    },
    age: async (days) => {
      now += days * 86_400_000
    },
    loseParked: async (message) => {
      tables.parks.delete(message)
    },
    loseInbox: async (partition, offset) => lose(tables.inbox[partition], offset),
    loseFacts: async (partition, offset) => lose(tables.facts[partition], offset),
    close: () => backbone.close(),
  }
}
