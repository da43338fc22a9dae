import { expect, test } from 'vitest'
import { add } from '../../src/base/decimal.ts'
import { type Happening, plausibleDay } from '../../src/sandbox/day.ts'
import { sandboxNetwork } from '../../src/sandbox/network.ts'
import { PocketHub } from '../pocket-hub.ts'
import { shuffled, standing } from './history.ts'

const day = plausibleDay('quiet-day', 1, '2026-04-09')

function told(happenings: readonly Happening[]): PocketHub {
  const { connections, routes } = sandboxNetwork({ erp: 1, customer: 2, easypost: 3 })
  const hub = new PocketHub(Object.fromEntries(connections.map((one) => [one.id, one])), routes)
  for (const { connection, body } of happenings) hub.receive(connection, body)
  expect(hub.parked).toEqual([])
  return hub
}

/** What the ERP is told of each item at each place in the end, however many corrections it takes. */
function corrected(hub: PocketHub): Record<string, string> {
  const sums: Record<string, string> = {}
  for (const { command, payload } of hub.effects.values()) {
    if (command !== 'adjust_inventory') continue
    const { lines } = JSON.parse(payload) as {
      lines: { sku: string; postings: { location: string; status: string; delta: string }[] }[]
    }
    for (const { sku, postings } of lines)
      for (const { location, status, delta } of postings) {
        const place = `${sku} ${location} ${status}`
        sums[place] = add(sums[place] ?? '0', delta)
      }
  }
  return Object.fromEntries(Object.entries(sums).filter(([, sum]) => sum !== '0'))
}

function documents(hub: PocketHub): string[] {
  return [...hub.effects.keys()].filter((key) => !key.includes(':variance/')).toSorted()
}

test('a whole day told in another order, a fifth of it twice, ends with the same shipments, the same documents and the same stock', {
  timeout: 60_000,
}, () => {
  const inOrder = told(day)
  const mixed = told(shuffled(day, 1))
  expect(documents(mixed)).toEqual(documents(inOrder))
  expect(corrected(mixed)).toEqual(corrected(inOrder))
  expect(standing(mixed)).toEqual(standing(inOrder))
})
