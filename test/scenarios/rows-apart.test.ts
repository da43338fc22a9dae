import { expect, test } from 'vitest'
import { SmallHub } from './small-hub.ts'

const head = 'movement,sku,quantity,uom,effective_at,to_location,document_kind,document,line'
const row = (document: string, quantity: string): string =>
  `receipt,LAMP,${quantity},EA,2026-04-01T09:00:00Z,NORTH,receipt,${document},1`
const wrong = [head, row('R1', '4'), row('R2', 'five'), row('R3', '6')].join('\n')
const right = wrong.replace('five', '5')

async function hubWith(badRows: string, inline: boolean): Promise<SmallHub> {
  return SmallHub.start({
    inline,
    connections: [{ id: 'north', connector: 'warehouse-files', settings: { badRows } }],
  })
}

/** Quantities that went into stock, in their order. */
async function posted(hub: SmallHub, message: string): Promise<number> {
  return (await hub.factsOf(message)).filter((type) => type === 'inventory.movement_posted').length
}

test.each([true, false])(
  'a row that is wrong waits with its reason, its neighbours count at once; corrected, each counts once (inline: %s)',
  async (inline) => {
    const hub = await hubWith('park_rows', inline)
    const message = await hub.receive('north', wrong)
    const parked = await hub.backbone.parked({ limit: 10 })
    expect(parked).toMatchObject([{ message, code: 'FILE_ROWS_PARKED' }])
    expect(parked[0]?.detail).toContain('row 3, column quantity')
    expect(await hub.factsOf(message)).toContain('inventory.movement_reported')
    await hub.receive('north', right, { corrects: message })
    await hub.pass(60_000)
    expect(await hub.backbone.parked({ limit: 10 })).toEqual([])
    const facts = await hub.backbone.factsOf(message, 1000)
    const balances = facts.filter(({ fact }) => fact.type === 'inventory.balance_changed').map(({ fact }) => fact.data)
    const [last] = balances.slice(-1) as { changes: readonly { onHand: string }[] }[]
    expect(last?.changes.map(({ onHand }) => onHand)).toEqual(['15'])
    expect(await posted(hub, message)).toBe(3)
    expect(hub.failures).toEqual([])
    await hub.stop()
  },
)

test('by default nothing of a file with a fault counts, and corrected all of it', async () => {
  const hub = await hubWith('park_file', true)
  const message = await hub.receive('north', wrong)
  expect(await hub.backbone.parked({ limit: 10 })).toMatchObject([{ message, code: 'FILE_FAULTY' }])
  expect(await hub.factsOf(message)).toEqual([])
  await hub.receive('north', right, { corrects: message })
  await hub.pass(60_000)
  expect(await posted(hub, message)).toBe(3)
  await hub.stop()
})

test('a file that is refused leaves nothing to wait for', async () => {
  const hub = await hubWith('refuse_rows', true)
  const message = await hub.receive('north', wrong)
  expect(await hub.backbone.parked({ limit: 10 })).toEqual([])
  expect(await posted(hub, message)).toBe(2)
  await hub.stop()
})
