import { afterEach, beforeEach, expect } from 'vitest'
import type { Fact } from '../../src/model/fact.ts'
import type { HttpResult } from '../../src/transports/http/request.ts'
import { bytesOf, group, set, x12 } from '../edi/interchanges.ts'
import { codesOf, record } from '../edi/recorder.ts'
import { unanswered } from './golden-file.ts'
import { SmallHub, type SmallHubOptions } from './small-hub.ts'

/** In milliseconds. */
export const minute = 60_000
/** In milliseconds. */
export const hour = 60 * minute

/** The outside takes everything. */
export const taken: HttpResult = { outcome: 'answer', wire: true, status: 200, headers: {}, body: new Uint8Array() }

/** Systems of ours that tell what happens in JSON. */
export const erp = { id: 'erp', connector: 'generic-erp', settings: { url: 'https://erp.example' } }
export const wms = { id: 'wms', connector: 'generic-wms', settings: {} }

/** A partner that speaks EDI at an address of its own; what it sends is not answered with receipts. */
export function partner(id: string, agreed: object) {
  const settings = { url: `https://${id}.example`, ownId: 'HARBORGOODSLTD', ...unanswered, ...agreed }
  return { id, connector: 'edi-partner', settings }
}

/** Who gets a command. */
export function route(command: string, target: string, when?: Readonly<Record<string, string>>) {
  return { command, target, tenant: 'main', ...(when === undefined ? {} : { when }) }
}

/** The hub of the running test. */
export let hub: SmallHub

/** A hub for each test of the file. Whatever it sent as X12 or EDIFACT passes the check of a strict partner. */
export function useEdiHub(options: Pick<SmallHubOptions, 'connections' | 'routes' | 'answer'>): void {
  beforeEach(async () => {
    hub = await SmallHub.start({ answer: () => taken, ...options })
  })

  afterEach(async () => {
    expect(hub.failures).toEqual([])
    expect(await hub.backbone.accounting()).toMatchObject({ pending: 0, unaccounted: 0 })
    for (const text of sent()) if (/^(ISA|UN[AB])/.test(text)) expect(codesOf(record(bytesOf(text)))).toEqual([])
    await hub.stop()
  })
}

let events = 0
/** A system of ours tells something that happened just now. Answers the id of the message. */
export async function told(type: string, data: object, connection: 'erp' | 'wms' = 'erp'): Promise<string> {
  hub.time.now += 1000
  const occurredAt = new Date(hub.time.now).toISOString()
  const message = await hub.receive(connection, { eventId: `E${++events}`, type, occurredAt, data })
  await hub.pass(2000)
  return message
}

/** Something comes in from a partner. */
export async function arrives(connection: string, text: string): Promise<void> {
  await hub.receive(connection, text)
  await hub.pass(2000)
}

let numbers = 100
/** An X12 interchange of one set; `sender` is its id, with qualifier ZZ, of another partner than the usual one. */
export function interchange(functional: string, identifier: string, body: readonly string[], sender?: string): string {
  const number = `${++numbers}`
  const sets = [set({ identifier, body })]
  const text = x12({ number: number.padStart(9, '0'), groups: [group({ identifier: functional, number, sets })] })
  return sender === undefined ? text : text.replace('*02*MERIDIANCARRIER*', `*ZZ*${sender.padEnd(15)}*`)
}

/** A person decides about something that was sent. */
export async function decided(connection: string, subject: string, action: 'send_again' | 'close'): Promise<void> {
  const found = hub.connections.get(connection)
  if (found === undefined) throw new Error(`there is no connection ${connection}`)
  const decision = {
    type: 'transmission.decided',
    about: { entity: 'transmission', references: [{ scheme: 'transmission', value: subject }], unknown: 'create' },
    data: { action, by: 'anna', reason: 'looked at it' },
  }
  await hub.node.intake.accept({
    connection: found,
    body: bytesOf(JSON.stringify([decision])),
    contentType: 'application/json',
    headers: {},
    trace: '4bf92f3577b34da6a3ce929d0e0e4736',
    asserts: true,
  })
  await hub.pass(2000)
}

/** Bodies that left for addresses with this text in them. */
export function sent(target = ''): string[] {
  return hub.sent
    .filter(({ request }) => request.url.includes(target))
    .map(({ request }) => Buffer.from(request.body ?? []).toString())
}

/** The facts of the log whose types begin so. */
export async function facts(prefix = ''): Promise<Fact[]> {
  const logs = await Promise.all([0, 1].map((partition) => hub.backbone.readLog(partition, -1, 10_000)))
  return logs.flatMap((log) => log.map(({ fact }) => fact)).filter(({ type }) => type.startsWith(prefix))
}

/** Types of facts on the log that begin so. */
export async function factTypes(prefix: string): Promise<string[]> {
  return (await facts(prefix)).map(({ type }) => type)
}

/** What is known of an object; empty where nothing is. */
export async function stateOf<S>(subject: string): Promise<S> {
  return JSON.parse((await hub.backbone.states([subject])).get(subject)?.body ?? '{}') as S
}
