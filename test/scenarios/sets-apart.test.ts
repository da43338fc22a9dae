import { expect, test } from 'vitest'
import { group, set, x12 } from '../edi/interchanges.ts'
import { unanswered } from './golden-file.ts'
import { SmallHub } from './small-hub.ts'

const received = (number: string, party: string, quantity: string) =>
  set({
    identifier: '944',
    number,
    body: [
      `W17*F*20260302*RCV-${number}*PO-${number}*SHP-${number}`,
      `N1*${party}*NORTH DEPOT*91*DEPOT-N`,
      'G62*09*20260301',
      `W07*${quantity}*EA**SK*MUG-BLUE`,
      `W14*${quantity}`,
    ],
  })
/** Only one of the parties (98) is the warehouse. */
const file = (party: string) =>
  x12({
    groups: [
      group({
        identifier: 'RE',
        sets: [received('0001', 'WH', '4'), received('0002', party, '5'), received('0003', 'WH', '6')],
      }),
    ],
  })
const wrong = file('DE')
const right = file('WH')

const edi = { contentType: 'application/edi-x12' }

async function hubWith(notUnderstood: string, inline: boolean): Promise<SmallHub> {
  const settings = { ...unanswered, system: 'wms', notUnderstood }
  return SmallHub.start({ inline, connections: [{ id: 'north', connector: 'edi-partner', settings }] })
}

async function posted(hub: SmallHub, message: string): Promise<number> {
  return (await hub.factsOf(message)).filter((type) => type === 'inventory.movement_posted').length
}

test.each([true, false])(
  'a set that cannot be understood waits with its reason, its neighbours count at once; corrected, each counts once (inline: %s)',
  async (inline) => {
    const hub = await hubWith('park_set', inline)
    const message = await hub.receive('north', wrong, edi)
    const parked = await hub.backbone.parked({ limit: 10 })
    expect(parked).toMatchObject([{ message, code: 'EDI_SETS_PARKED' }])
    expect(parked[0]?.detail).toContain('944 0002')
    expect(await posted(hub, message)).toBe(2)
    await hub.receive('north', right, { ...edi, corrects: message })
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

test('where it was agreed, nothing of the interchange counts before all of it does', async () => {
  const hub = await hubWith('park_file', true)
  const message = await hub.receive('north', wrong, edi)
  expect(await hub.backbone.parked({ limit: 10 })).toMatchObject([{ message, code: 'CONTENT_INVALID' }])
  expect(await posted(hub, message)).toBe(0)
  await hub.receive('north', right, { ...edi, corrects: message })
  await hub.pass(60_000)
  expect(await posted(hub, message)).toBe(3)
  await hub.stop()
})
