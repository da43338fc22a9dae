import { expect, test } from 'vitest'
import type { Connection } from '../../../flow/connection.ts'
import type { FlowControl } from '../../../registry/flow-controls.ts'
import type { LeftOfDrain } from '../../../views/flow.ts'
import { drainOf } from './flow-drain.ts'

const nothing: LeftOfDrain = { parked: 0, owed: 0, needPeople: 0, unanswered: 0, kept: 0 }
const control: FlowControl = {
  ...{ tenant: 'main', connection: 'depot', stage: 'drain', by: 'ada', reason: 'It moves away.' },
  pausedAt: 1_000_000,
}

/** How a drain looks that is a minute old, when the lists say first this, and that when they have come to where the log ends. */
async function drained(looks: readonly LeftOfDrain[], follows: boolean): Promise<unknown> {
  let look = 0
  const flow = {
    untranslated: async () => 0,
    rows: { left: async () => looks[Math.min(look++, looks.length - 1)] },
    listsFollow: async () => follows,
  }
  const gateway = { flow, now: () => 1_060_000 } as unknown as Parameters<typeof drainOf>[0]
  const connection = { id: 'depot', tenant: 'main', partition: 0 } as unknown as Connection
  return drainOf(gateway, connection, [control])
}

test('a drain is over when nothing is left, and the lists know all that the log holds', async () => {
  expect(await drained([nothing], true)).toMatchObject({ state: 'drained' })
})

test('a drain is not over while a document that just left is not in the lists yet', async () => {
  expect(await drained([nothing, { ...nothing, unanswered: 1 }], true)).toMatchObject({
    ...{ state: 'draining', left: { unanswered: 1 } },
  })
})

test('a drain is not over while the lists are behind', async () => {
  expect(await drained([nothing], false)).toMatchObject({ state: 'draining' })
})
