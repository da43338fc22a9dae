import { expect, test } from 'vitest'
import { message } from '../../backbone/contract/rows.contract.ts'
import { memoryBackbone } from '../../backbone/memory/memory.ts'
import { LookBack, type LookBackWish } from './look-back.ts'

const start = 1_760_000_000_000
const second = 1000

/** Messages of two partitions by turns, one a second: even ones in partition 0. */
async function filled(count: number) {
  const backbone = memoryBackbone({ partitions: 2, now: () => start })
  const sent = Array.from({ length: count }, (_, n) =>
    message(`m${n}`, { partition: n % 2, connection: `c${n % 2}`, receivedAt: start + n * second }),
  )
  await backbone.commit({ messages: sent })
  return backbone
}

const all: LookBackWish = { partitions: [0, 1], fits: async (heads) => heads }
const rare: LookBackWish = { ...all, fits: async (heads) => heads.filter(({ identity }) => identity === 'm7') }

async function taken(back: LookBack, count: number): Promise<string> {
  return (await back.take(count)).map(({ identity }) => identity).join(' ')
}

test('goes over all partitions by the time of receipt, and on from where an answer ended', async () => {
  const backbone = await filled(200)
  const first = await LookBack.begin(backbone, all)
  expect(await taken(first, 3)).toBe('m199 m198 m197')
  await backbone.commit({ messages: [message('newer', { receivedAt: start + 900 * second })] })
  const positions = first.next ?? []
  const rest = await LookBack.begin(backbone, { ...all, positions })
  expect(await taken(rest, 2)).toBe('m196 m195')
  expect((await rest.take(1000)).length).toBe(195)
  expect([rest.next, rest.stoppedAt]).toEqual([undefined, undefined])
})

test('stays within the times that are asked for', async () => {
  const back = await LookBack.begin(await filled(2000), {
    ...all,
    from: start + 500 * second,
    to: start + 502 * second,
  })
  expect(await taken(back, 10)).toBe('m501 m500')
  expect(back.next).toBeUndefined()
})

test('stops when it has looked at enough, says how far it came, and misses nothing in going on', async () => {
  const backbone = await filled(50_000)
  const found: string[] = []
  const stops: number[] = []
  let positions: readonly number[] | undefined
  for (let answers = 0; answers < 10; answers++) {
    const back = await LookBack.begin(backbone, { ...rare, ...(positions === undefined ? {} : { positions }) })
    found.push(...(await back.take(5)).map(({ identity }) => identity))
    positions = back.next
    if (back.stoppedAt !== undefined) stops.push(back.stoppedAt)
    if (positions === undefined) break
    // Everything that was received from that instant on was looked at.
    const newest = (await Promise.all(positions.map((before, lane) => backbone.lookBack(lane, before, most)))).map(
      ({ heads }) => heads[0]?.receivedAt ?? 0,
    )
    expect(Math.max(...newest)).toBeLessThan(back.stoppedAt ?? 0)
  }
  expect(found).toEqual(['m7'])
  expect(stops.length).toBe(2)
  expect(positions).toBeUndefined()
})

const most = { rows: 1, bytes: 1 }
