import { expect, test } from 'vitest'
import { group, set, x12 } from '../edi/interchanges.ts'
import { unanswered } from './golden-file.ts'
import { SmallHub } from './small-hub.ts'

const head = 'movement,sku,quantity,uom,effective_at,to_location,document_kind,document,line'
const row = (document: string, quantity: string): string =>
  `receipt,LAMP,${quantity},EA,2026-04-01T09:00:00Z,NORTH,receipt,${document},1`
const table = (second: string): string => [head, row('R1', '4'), row('R2', second), row('R3', '6')].join('\n')

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
const interchange = (party: string) =>
  x12({
    groups: [
      group({
        identifier: 'RE',
        sets: [received('0001', 'WH', '4'), received('0002', party, '5'), received('0003', 'WH', '6')],
      }),
    ],
  })

/** Three receipts of which the second is wrong: what becomes of them is a setting, and why the second waits is said. */
const rows = {
  connector: 'warehouse-files',
  contentType: 'text/csv',
  ...{ wrong: table('five'), right: table('5') },
  apart: { settings: { badRows: 'park_rows' }, code: 'FILE_ROWS_PARKED', detail: 'row 3, column quantity' },
  whole: { settings: { badRows: 'park_file' }, code: 'FILE_FAULTY' },
}
const sets = {
  connector: 'edi-partner',
  contentType: 'application/edi-x12',
  ...{ wrong: interchange('DE'), right: interchange('WH') },
  apart: { settings: { ...unanswered, system: 'wms' }, code: 'EDI_SETS_PARKED', detail: '944 0002' },
  whole: { settings: { ...unanswered, system: 'wms', notUnderstood: 'park_file' }, code: 'CONTENT_INVALID' },
}

async function hubWith(
  { connector }: { readonly connector: string },
  settings: Readonly<Record<string, unknown>>,
  inline = true,
): Promise<SmallHub> {
  return SmallHub.start({ inline, connections: [{ id: 'north', connector, settings }] })
}

/** Quantities that went into stock. */
async function posted(hub: SmallHub, message: string): Promise<number> {
  return (await hub.factsOf(message)).filter((type) => type === 'inventory.movement_posted').length
}

test.each([
  ['row', true, rows],
  ['row', false, rows],
  ['set', true, sets],
  ['set', false, sets],
] as const)(
  'a %s that is wrong waits with its reason, its neighbours count at once; corrected, each counts once (inline: %s)',
  async (_, inline, file) => {
    const { apart, contentType, wrong, right } = file
    const hub = await hubWith(file, apart.settings, inline)
    const message = await hub.receive('north', wrong, { contentType })
    const parked = await hub.backbone.parked({ limit: 10 })
    expect(parked).toMatchObject([{ message, code: apart.code }])
    expect(parked[0]?.detail).toContain(apart.detail)
    expect(await posted(hub, message)).toBe(2)
    await hub.receive('north', right, { contentType, corrects: message })
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

test.each([
  ['row', rows],
  ['set', sets],
] as const)(
  'where all of it waits for one wrong %s, nothing counts before it is corrected, and then all of it',
  async (_, file) => {
    const { whole, contentType, wrong, right } = file
    const hub = await hubWith(file, whole.settings)
    const message = await hub.receive('north', wrong, { contentType })
    expect(await hub.backbone.parked({ limit: 10 })).toMatchObject([{ message, code: whole.code }])
    expect(await posted(hub, message)).toBe(0)
    await hub.receive('north', right, { contentType, corrects: message })
    await hub.pass(60_000)
    expect(await posted(hub, message)).toBe(3)
    await hub.stop()
  },
)

test('by default the rows of a file wait for each other, and the sets of an interchange do not', async () => {
  for (const [file, waiting] of [
    [rows, 0],
    [sets, 2],
  ] as const) {
    const hub = await hubWith(file, file === sets ? { ...unanswered, system: 'wms' } : {})
    const message = await hub.receive('north', file.wrong, { contentType: file.contentType })
    expect(await posted(hub, message)).toBe(waiting)
    await hub.stop()
  }
})

test('a file that is refused leaves nothing to wait for', async () => {
  const hub = await hubWith(rows, { badRows: 'refuse_rows' })
  const message = await hub.receive('north', rows.wrong)
  expect(await hub.backbone.parked({ limit: 10 })).toEqual([])
  expect(await posted(hub, message)).toBe(2)
  await hub.stop()
})
