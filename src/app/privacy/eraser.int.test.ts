import { cpuUsage } from 'node:process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../test/postgres/database.ts'
import { Database } from '../../backbone/postgres/database.ts'
import { prepareDays } from '../../backbone/postgres/days.ts'
import { encodeFacts } from '../../backbone/postgres/fact-segment.ts'
import { encodeSegment } from '../../backbone/postgres/segment.ts'
import type { Message } from '../../backbone/step.ts'
import { partOfHeader } from '../../flow/intake/received.ts'
import type { Fact } from '../../model/fact.ts'
import { noLikeness } from '../../model/personal/likeness.ts'
import { Eraser, type Walk, type WalkPlace } from './eraser.ts'
import { Holdings } from './holdings.ts'
import { kept } from './outlook.ts'

/** With `INTERLINE_ERASURE_FACTS=500000` it says what a log of that size costs. */
const facts = Number(process.env['INTERLINE_ERASURE_FACTS'] ?? 4000)
const [aRow, oneIn] = [100, 50]
const email = 'ottilie@quillfeather.example'
const likeness = { ...noLikeness, sure: [email], names: ['Ottilie Quillfeather'] }
let database: Database

beforeAll(async () => {
  database = new Database({
    ...{ url: await testDatabase(), connections: 2, queryTimeoutMs: 60_000, connectTimeoutMs: 10_000, name: 'eraser' },
  })
  await prepareDays(database)
  for (let first = 0; first < facts; first += aRow) {
    const some = Array.from({ length: aRow }, (_, at) => fact(first + at))
    await database.write(
      `INSERT INTO fact (part, day, first_off, n, subjects, bytes) VALUES ($1, (now() AT TIME ZONE 'UTC')::date, $2, $3, '{}', $4) RETURNING 1`,
      [(first / aRow) % 4, first, aRow, Buffer.from(encodeFacts(some))],
    )
  }
}, 600_000)
afterAll(async () => {
  await database.close()
})

function fact(at: number): Fact {
  const isTheirs = at % oneIn === 0
  const shipTo = isTheirs ? { name: 'Ottilie Quillfeather', email, city: 'Ulm' } : { city: 'Bonn', postalCode: '53111' }
  return {
    ...{ id: `msg_0-${at}.0`, type: 'order.reported', subject: `ord_${at}`, tenant: 'main', source: 'erp' },
    ...{
      recordedAt: '2026-04-01T12:00:00Z',
      causation: `msg_0-${at}`,
      correlation: `ord_${at}`,
      trace: '0'.repeat(32),
    },
    data: { object: { orderNumber: `SO-${at}`, shipTo, lines: [{ sku: 'MUG', quantity: '2', uom: 'C62' }] } },
  }
}

/** An eraser of this person; `most`: after so many stored rows it is stopped, as by a crash. */
function eraser(seen: Walk[], most = Number.POSITIVE_INFINITY): Eraser {
  const holdings = new Holdings(database, 'main', { likeness, objects: new Set() })
  return new Eraser(
    {
      ...{ database, partitions: 4, tenant: 'main', forget: async () => {}, eraseAccount: async () => {} },
      beat: async (walk) => {
        seen[0] = { ...walk, found: [...(seen[0]?.found ?? []), ...walk.found.splice(0)] }
        if (walk.read >= most) throw new Error('stopped')
      },
    },
    { id: 'ers_1', tenant: 'main', erased: {} } as never,
    holdings,
    { read: 0, files: 0 },
  )
}
const rowsOfLog = facts / aRow

test('goes on behind the row where it broke off, with what it had found, and ends in the same', async () => {
  const [begun, cpu] = [performance.now(), cpuUsage()]
  const seen: Walk[] = []
  await expect(eraser(seen, rowsOfLog / 2).messagesOf([])).rejects.toThrow('stopped')
  expect(seen[0]?.place).toMatchObject({ stage: 'origins' })
  const found = seen[0]?.found ?? []
  expect(found.length).toBeGreaterThan(facts / oneIn / 4)
  const again: Walk[] = []
  const messages = await eraser(again).messagesOf(found, seen[0]?.place as WalkPlace)
  expect(new Set(messages).size).toBe(facts / oneIn)
  // What was read before is not read again.
  expect(again[0]?.read).toBeLessThan(rowsOfLog * 0.6)

  const broken: Walk[] = []
  await expect(eraser(broken, rowsOfLog / 2).run(new Set(messages))).rejects.toThrow('stopped')
  const last = eraser([])
  expect(await last.run(new Set(messages), broken[0]?.place)).toBe(true)
  const { user, system } = cpuUsage(cpu)
  if (facts > 100_000)
    process.stdout.write(
      `${facts} facts: ${Math.round(performance.now() - begun)} ms, ${Math.round((user + system) / 1000)} ms CPU of node, ${Math.round(process.memoryUsage().rss / 1e6)} MB\n`,
    )
  expect(last.counts['facts']).toBeLessThan(facts / oneIn)
  expect(await eraser([]).messagesOf([])).toEqual([])
}, 600_000)

test('what a part was cut from is erased with the part, although nobody finds them in its bytes', async () => {
  const part = 3
  const at = (offset: number, headers: Record<string, string>): Message => ({
    ...{ id: `msg_${part}-${offset}`, partition: part, offset, tenant: 'main', connection: 'meridian', lane: 'bulk' },
    ...{ identity: `one ${offset}`, bodyHash: '', receivedAt: 1_772_431_200_000, trace: '0'.repeat(32), headers },
    ...{ contentType: 'text/plain', body: new TextEncoder().encode('in letters that only its map can read') },
  })
  const [whole, cut, other] = [
    at(900, {}),
    at(901, { [partOfHeader]: `msg_${part}-900` }),
    at(902, { [partOfHeader]: `msg_${part}-899` }),
  ]
  await database.write(
    `INSERT INTO inbox (part, day, first_off, n, received_from, received_to, bytes) VALUES ($1, (now() AT TIME ZONE 'UTC')::date, 900, 3, 1, 1, $2) RETURNING 1`,
    [part, Buffer.from(encodeSegment([whole, cut, other]))],
  )
  const found = await eraser([]).messagesOf([cut.id])
  expect(found.filter((id) => id.startsWith(`msg_${part}-90`))).toEqual([cut.id, whole.id])
})

test('messages that went out by AS2 lose their bytes once their receipt came; what is kept is said', async () => {
  await database.write(
    `INSERT INTO view_transmission (id, tenant, version, connection, command, about, status, document_set, number, sends, response, updated_at)
     VALUES ('trm_1', 'main', 1, 'buyer', 'advise_shipment', 'dlv_1', 'sent', 'DESADV', '1', 1, '', now()) RETURNING 1`,
    [],
  )
  const sent = (name: string, state: string, body: string, document = '', fields = '{}') =>
    database.write(
      `INSERT INTO as2_sent (connection, name, message_id, content_hash, mic, fields, body, at, state, due, document)
       VALUES ('buyer', $1, $1, 'h', 'm', $2, $3, 1, $4, 1, $5) RETURNING 1`,
      [name, fields, Buffer.from(body), state, document],
    )
  await sent('plain', 'confirmed', `NAD+DP+++Ottilie Quillfeather' COM+${email}:EM'`)
  await sent(
    'sealed-theirs',
    'confirmed',
    'sealed',
    'trm_1',
    '{"Content-Type":"application/pkcs7-mime; smime-type=enveloped-data"}',
  )
  await sent(
    'sealed-other',
    'confirmed',
    'sealed',
    '',
    '{"Content-Type":"application/pkcs7-mime; smime-type=enveloped-data"}',
  )
  await sent('waiting', 'waiting', `COM+${email}:EM'`)
  await sent('others', 'confirmed', 'BGM+351+DA-1')
  const who = { likeness, objects: new Set(['dlv_1']) }
  const holdings = new Holdings(database, 'main', who)
  const options = { database, partitions: 4, tenant: 'main', forget: async () => {}, eraseAccount: async () => {} }
  const one = new Eraser(
    { ...options, beat: async () => {} },
    { id: 'ers_1', tenant: 'main', erased: {} } as never,
    holdings,
    {
      ...{ read: 0, files: 0 },
    },
  )
  expect(await one.run(new Set())).toBe(true)
  expect(one.counts['as2_sent']).toBe(2)
  const left = await database.read('SELECT name FROM as2_sent WHERE length(body) > 0 ORDER BY name', [])
  expect(left.map(({ name }) => name)).toEqual(['others', 'sealed-other', 'waiting'])
  expect((await kept(database, 'main', { who, holdings, files: 3 })).map(({ what, count }) => [what, count])).toEqual([
    ['as2_waiting', 1],
    ['as2_sealed', 1],
    ['files', 3],
  ])
})
