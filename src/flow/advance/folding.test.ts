import { expect, test } from 'vitest'
import { LoneNode } from '../../../test/lone-node.ts'
import { translateRound } from '../translate/translate.ts'
import { advanceRound } from './advance.ts'

/** A node that rests between two facts of a fold, what happens while it rests, and a way to send it orders. */
async function resting(whileResting: (lone: LoneNode) => Promise<void>) {
  let isAwake = false
  const lone: LoneNode = new LoneNode({ pause: async () => (isAwake ? whileResting(lone) : undefined) })
  const { node, store } = lone
  await node.start()
  const connection = node.place.ports.connections().get('erp')
  const [advance, translate] = [node.place.advance[0], node.place.translate[0]]
  if (connection === undefined || advance === undefined || translate === undefined) throw new Error('there is one')
  const accept = (eventId: string, orderNumber: string): Promise<{ readonly outcome: string }> => {
    const event = { eventId, type: 'order.created', occurredAt: '2026-03-02T06:00:00Z', data: { orderNumber } }
    const body = new TextEncoder().encode(JSON.stringify(event))
    return node.intake.accept({ body, contentType: 'application/json', headers: {}, trace: '0'.repeat(32), connection })
  }
  await translateRound(node.place, translate)
  isAwake = true
  /** What is left is translated and folded, as the loops would do. */
  const finish = async (): Promise<void> => {
    while ((await translateRound(node.place, translate)) || (await advanceRound(node.place, advance)));
  }
  const versions = (): number[] =>
    [...store.tables.states.values()].map(({ version }) => version).toSorted((a, b) => a - b)
  return { lone, accept, advance, finish, versions }
}

test('a message that comes while a batch is being folded is stored after it', async () => {
  const later: Promise<{ readonly outcome: string }>[] = []
  const { accept, finish, versions } = await resting(async () => {
    if (later.length === 0) later.push(accept('b1', 'B'))
  })
  const first = await Promise.all([accept('a1', 'A'), accept('c1', 'C')])
  expect([...first, ...(await Promise.all(later))].map(({ outcome }) => outcome)).toEqual([
    'accepted',
    'accepted',
    'accepted',
  ])
  await finish()
  // Identified and told: two facts of each order, each folded once.
  expect(versions()).toEqual([2, 2, 2])
})

test('a batch whose partition is lost in the middle of it is folded once, on what is true then', async () => {
  let losses = 2
  const { lone, accept, finish, versions } = await resting(async ({ node }) => {
    const tenure = node.place.advance[0]
    if (tenure === undefined || losses-- <= 0) return
    const { epoch, committed: offset } = tenure
    tenure.lose()
    tenure.take({ consumer: 'advance', partition: 0, owner: 'node-1', epoch, offset }, Number.POSITIVE_INFINITY)
  })
  const results = await Promise.all([accept('a1', 'A'), accept('b1', 'B')])
  expect(results.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted'])
  await finish()
  expect(losses).toBeLessThanOrEqual(0)
  expect(versions()).toEqual([2, 2])
  expect(lone.signals).not.toContain('loopFailed')
})
