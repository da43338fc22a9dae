import type { Backbone } from './backbone.ts'
import type { Message } from './step.ts'

/** Of the inbox, looked at for one connection: at once, and in all. */
const windowMessages = 200
const windowsMost = 20

/** What came through a connection lately, the newest first; not all of it where the log between holds too much of others. */
export async function recentMessages(
  backbone: Pick<Backbone, 'heads' | 'readInbox'>,
  { id, partition }: { readonly id: string; readonly partition: number },
  limit: number,
): Promise<{ readonly messages: readonly Message[]; readonly isWhole: boolean }> {
  const messages: Message[] = []
  let before = ((await backbone.heads()).inbox[partition] ?? -1) + 1
  for (let windows = 0; before > 0 && windows < windowsMost && messages.length < limit; windows++) {
    const after = Math.max(0, before - windowMessages) - 1
    const read = await backbone.readInbox(partition, after, before - 1 - after)
    messages.push(...read.filter((one) => one.offset < before && one.connection === id).toReversed())
    before = after + 1
  }
  return { messages: messages.slice(0, limit), isWhole: before === 0 && messages.length <= limit }
}
