import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startReceiver } from '../gateway/receiver.ts'
import { eventually, HubProcess } from '../hub-process.ts'
import { testDatabase } from '../postgres/database.ts'
import { type Arrived, arrived, functionalAnswer } from './x12-partner.ts'

/**
 * The real hub and PostgreSQL, with partners that are programs of this test: one is posted to and answers by HTTP as the number of the
 * delivery tells it, one lives in two folders.
 */
const folders = mkdtempSync(join(tmpdir(), 'interline-partner-'))
const [outbox, inbox] = ['out', 'in'].map((name) => join(folders, name)) as [string, string]
const parties = { partner: 'MERIDIAN', we: 'HARBOR' }
const folderParties = { partner: 'NORTHERN', we: 'HARBOR' }

let hub: HubProcess
let network: object
let databaseUrl: string
let partner: Awaited<ReturnType<typeof startReceiver>>

interface Row {
  readonly id: string
  readonly number: string
  readonly interchange?: string
  readonly status: string
  readonly about: string
  readonly sends: number
}

beforeAll(async () => {
  for (const folder of [folders, outbox, inbox]) {
    mkdirSync(folder, { recursive: true })
    chmodSync(folder, 0o777)
  }
  partner = await startReceiver()
  databaseUrl = await testDatabase()
  const connection = (id: string, connector: string, settings: object) => ({
    id,
    tenant: 'main',
    connector,
    settings,
    allowHttp: true,
    allowedCidrs: ['127.0.0.0/8'],
  })
  const own = { ownId: 'HARBOR', ta1: 'never', acknowledgementMinutes: 1 }
  network = {
    connections: [
      connection('erp', 'generic-erp', { url: 'http://127.0.0.1:9' }),
      connection('meridian', 'edi-partner', { ...own, partnerId: 'MERIDIAN', url: partner.url }),
      connection('northern', 'edi-partner', { ...own, partnerId: 'NORTHERN', acknowledgementMinutes: 600 }),
    ],
    routes: [
      { command: 'release_delivery', target: 'meridian', tenant: 'main', when: { location: 'DC1' } },
      { command: 'release_delivery', target: 'northern', tenant: 'main', when: { location: 'DC2' } },
    ],
    drops: [{ connection: 'northern', protocol: 'folder', path: outbox }],
    pickUps: [{ connection: 'northern', protocol: 'folder', path: inbox, everySeconds: 1, settledLooks: 1 }],
  }
  hub = await HubProcess.start({ network, databaseUrl })
})

afterAll(async () => {
  await hub.stop()
  await partner.stop()
  rmSync(folders, { recursive: true, force: true })
})

async function release(number: string, location = 'DC1'): Promise<void> {
  const data = { deliveryNumber: number, location, lines: [{ line: '1', sku: 'SKU-1', quantity: '2', uom: 'EA' }] }
  const event = { eventId: `R${number}`, type: 'delivery.released', occurredAt: '2026-04-01T11:00:00Z', data }
  expect((await hub.call('POST', '/v1/inbound/erp', { json: event })).status).toBe(202)
}

async function rows(query: string): Promise<readonly Row[]> {
  const answer = await hub.call('GET', `/v1/transmissions?limit=200&${query}`)
  return (answer.json() as { data: readonly Row[] }).data
}

function documents(): Arrived[] {
  return partner.received.map(({ body }) => arrived(body))
}

async function delivered(number: string): Promise<Arrived> {
  return eventually(
    async () => documents().find(({ text }) => text.includes(`W05*N*${number}~`)) ?? arrived(''),
    ({ interchange }) => interchange !== '',
  )
}

async function answers(text: string): Promise<void> {
  const headers = { 'content-type': 'application/edi-x12' }
  expect((await hub.call('POST', '/v1/inbound/meridian', { body: text, headers })).status).toBe(202)
}

async function becomes(number: string, status: string): Promise<Row> {
  const [row] = await eventually(
    () => rows(`number=${number}`),
    ([one]) => one?.status === status,
  )
  if (row === undefined) throw new Error(`${number} is not there`)
  return row
}

/** The types of all facts that the trace of a number shows. */
async function traced(reference: string): Promise<string[]> {
  const answer = await hub.call('GET', `/v1/trace?reference=${reference}`)
  const { messages } = answer.json() as { messages: { facts: { type: string }[] }[] }
  return messages.flatMap(({ facts }) => facts.map(({ type }) => type))
}

test('a partner accepts, rejects, answers twice, answers what was never sent, or says nothing at all', async () => {
  // Silent first: its minute passes while the others talk.
  await release('70004')
  await delivered('70004')

  await release('70001')
  await answers(functionalAnswer(await delivered('70001'), 'A', parties))
  await becomes('70001', 'acknowledged')

  await release('70002')
  await answers(functionalAnswer(await delivered('70002'), 'R', parties))
  const refused = await becomes('70002', 'rejected')
  const shown = (await hub.call('GET', `/v1/transmissions/${refused.id}`)).json()
  expect(shown).toMatchObject({
    open: ['document_rejected'],
    answers: [{ kind: '997', sets: [{ errors: [{ segment: 'W01', position: '7', element: '5', text: 'SKU-1' }] }] }],
  })
  expect(await traced('70002')).toEqual(expect.arrayContaining(['transmission.rejected', 'delivery.exception_opened']))

  await release('70003')
  const third = await delivered('70003')
  await answers(functionalAnswer(third, 'A', parties))
  await becomes('70003', 'acknowledged')
  await answers(functionalAnswer(third, 'A', parties))
  await answers(functionalAnswer({ ...third, group: '4711' }, 'A', parties))
  const unmatched = await eventually(
    async () => (await hub.call('GET', '/v1/accounting')).json() as { pending: number },
    ({ pending }) => pending === 0,
  )
  expect(unmatched).toMatchObject({ unaccounted: 0 })
  expect(await becomes('70003', 'acknowledged')).toMatchObject({ sends: 1 })

  // An acknowledgement is never acknowledged: the partner got our four documents and nothing else.
  expect(new Set(documents().map(({ set }) => set))).toEqual(new Set(['940']))
  expect(await hub.counter('interline_edi_transmissions_open', { status: 'rejected' })).toBe(1)
  expect(await hub.counter('interline_edi_transmissions_total', { connection: 'meridian', outcome: 'issued' })).toBe(4)
  expect(await hub.counter('interline_edi_transmissions_total', { outcome: 'unmatched' })).toBe(1)

  await eventually(
    () => rows('number=70004'),
    ([row]) => row?.status === 'overdue',
    90_000,
  )
  expect(await hub.counter('interline_edi_transmissions_open', { status: 'overdue' })).toBe(1)
  expect(await traced('70004')).toEqual(expect.arrayContaining(['transmission.overdue', 'delivery.exception_opened']))
  await answers(functionalAnswer(await delivered('70004'), 'A', parties))
  await becomes('70004', 'acknowledged')
}, 150_000)

test('a partner in a folder takes the file and drops its 997; a document that is sent again is the same to the byte', async () => {
  await release('71001', 'DC2')
  const [name = ''] = await eventually(
    async () => readdirSync(outbox).filter((one) => one.startsWith('940-') && one.endsWith('.edi')),
    (names) => names.length === 1,
  )
  const first = arrived(readFileSync(join(outbox, name), 'utf8'))
  expect(name).toBe('940-000000001.edi')
  const { id } = await becomes('71001', 'sent')
  // What is waited for is called as people call it, with the way to the delivery: an id of ours says nothing to them.
  const { data: awaited } = (await hub.call('GET', `/v1/expectations?object=${id}`)).json() as { data: object[] }
  expect(awaited).toMatchObject([
    { object: id, name: 'acknowledgement', number: '940 71001', about: expect.stringMatching(/^dlv_/) },
  ])
  const decision = await hub.call('POST', `/v1/transmissions/${id}/decisions`, {
    headers: { 'idempotency-key': '"again"' },
    json: { action: 'send_again', reason: 'they lost it' },
  })
  expect(decision.status).toBe(202)
  await eventually(
    async () => readdirSync(outbox),
    (names) => names.includes('940-000000001-2.edi'),
  )
  expect(readFileSync(join(outbox, '940-000000001-2.edi'), 'utf8')).toBe(first.text)
  writeFileSync(join(folders, 'answer.tmp'), functionalAnswer(first, 'A', folderParties))
  renameSync(join(folders, 'answer.tmp'), join(inbox, 'answer.edi'))
  await becomes('71001', 'acknowledged')
})

test('a hub that is killed in the middle leaves no gap, takes no number twice and sends nothing under two numbers', async () => {
  const numbers = Array.from({ length: 60 }, (_, index) => String(72_001 + index))
  const before = Math.max(...documents().map(({ interchange }) => Number(interchange)))
  const { key } = hub
  const telling = numbers.map(async (number) => release(number).catch(() => undefined))
  await eventually(
    async () => documents().length,
    (count) => count > 14,
  )
  await hub.die()
  await Promise.all(telling)
  hub = await HubProcess.start({ network, databaseUrl, key })
  // Whoever got no answer tells it again.
  for (const number of numbers) await release(number)
  await eventually(
    async () => new Set(documents().map(({ text }) => /W05\*N\*(72\d+)/.exec(text)?.[1])).size - 1,
    (count) => count >= numbers.length,
    90_000,
  )
  const ours = documents().filter(({ text }) => /W05\*N\*72/.test(text))
  const byNumber = Map.groupBy(ours, ({ interchange }) => interchange)
  for (const same of byNumber.values()) expect(new Set(same.map(({ text }) => text)).size).toBe(1)
  expect([...byNumber.keys()].map(Number).toSorted((a, b) => a - b)).toEqual(
    numbers.map((_, index) => before + 1 + index),
  )
  const byDelivery = Map.groupBy(ours, ({ text }) => /W05\*N\*(\d+)/.exec(text)?.[1])
  for (const same of byDelivery.values()) expect(new Set(same.map(({ interchange }) => interchange)).size).toBe(1)
}, 180_000)
