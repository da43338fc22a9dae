import { describe, expect, test } from 'vitest'
import { PocketHub } from '../../test/pocket-hub.ts'
import { readJson } from '../base/json.ts'
import { connectors } from '../connectors/all.ts'
import { openConnection } from '../flow/connection.ts'
import { hasValidCheckDigit } from '../model/check-digit.ts'
import { type Happening, plausibleDay } from './day.ts'
import { sandboxNetwork } from './network.ts'
import { type ScenarioName, scenarios } from './scenario.ts'

const date = '2026-01-05'
const names = Object.keys(scenarios) as ScenarioName[]
const quiet = plausibleDay('quiet-day', 7, date)

interface WmsBody {
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

function warehouse(day: readonly Happening[], type: string): { second: number; data: WmsBody['data'] }[] {
  return day
    .filter(({ connection }) => connection === 'wms')
    .map(({ second, body }) => ({ second, ...(body as WmsBody) }))
    .filter((one) => one.type === type)
}

describe('a simulated day', () => {
  test('is the same for the same seed, to the byte, and another one for another', () => {
    const text = JSON.stringify(quiet)
    expect(JSON.stringify(plausibleDay('quiet-day', 7, date))).toBe(text)
    expect(JSON.stringify(plausibleDay('quiet-day', 8, date))).not.toBe(text)
  })

  test('shares no number with another day, seed or scenario', () => {
    const confirmed = (seed: number, on: string, scenario: ScenarioName = 'quiet-day'): unknown[] =>
      warehouse(plausibleDay(scenario, seed, on), 'shipment.confirmed').flatMap(({ data }) => [
        data.deliveryNumber,
        ...(data.packages as { trackingNumber: string }[]).map(({ trackingNumber }) => trackingNumber),
      ])
    const days = [confirmed(1, date), confirmed(2, date), confirmed(1, '2026-01-06')]
    const all = [...days, confirmed(1, date, 'ordinary-day')].flat()
    expect(new Set(all).size).toBe(all.length)
  })

  test('is told in order and is over within two days', () => {
    const seconds = quiet.map(({ second }) => second)
    expect(seconds).toEqual(seconds.toSorted((a, b) => a - b))
    expect(seconds[0]).toBeGreaterThan(0)
    expect(seconds.at(-1)).toBeLessThan(2 * 86_400)
  })

  test('has ten times the orders at its peak', () => {
    expect(scenarios['peak-day'].orders).toBe(10 * scenarios['quiet-day'].orders)
  })

  test.each(names)('%s is understood by the connectors; only carriers use codes that nobody knows', (name) => {
    const { connections } = sandboxNetwork({ erp: 1, customer: 2, easypost: 3 })
    const opened = new Map(connections.map((one) => [one.id, openConnection(one, { connectors, partitions: 1 })]))
    const strange = new Set<string>()
    for (const { connection, body } of plausibleDay(name, 7, date)) {
      const found = opened.get(connection)
      const { inbound } = found?.connector ?? {}
      if (found === undefined || inbound === undefined) throw new Error(`nothing comes in from ${connection}`)
      const content = readJson(new TextEncoder().encode(JSON.stringify(body)))
      const document = { content } as unknown as Parameters<typeof inbound.translate>[0]
      const context = { settings: found.settings } as unknown as Parameters<typeof inbound.translate>[1]
      const translation = inbound.translate(document, context)
      if (!('assertions' in translation)) throw new Error(`ignored: ${JSON.stringify(body)}`)
      if ((translation.unknownCodes ?? []).length > 0) strange.add(connection)
    }
    expect([...strange].filter((connection) => !['dhl', 'easypost', 'ltl'].includes(connection))).toEqual([])
  })

  test('tells each shipment before it leaves, and proves the delivery of what arrived', () => {
    const confirmed = warehouse(quiet, 'shipment.confirmed')
    const created = new Map(
      quiet
        .filter(({ connection }) => connection === 'erp')
        .map(({ second, body }) => [(body as WmsBody).data.deliveryNumber, second] as const)
        .toReversed(),
    )
    expect(confirmed.length).toBeGreaterThan(150)
    for (const { second, data } of confirmed) expect(created.get(data.deliveryNumber)).toBeLessThan(second)
    const proven = (connection: string): number =>
      quiet.filter((one) => one.connection === connection && JSON.stringify(one.body).includes('J. Doe')).length
    for (const connection of ['dhl', 'easypost', 'ltl']) expect(proven(connection)).toBeGreaterThan(10)
    const parcels = confirmed.reduce((sum, { data }) => sum + (data.packages as unknown[]).length, 0)
    expect(proven('dhl') + proven('easypost') + proven('ltl')).toBeGreaterThan(parcels * 0.8)
  })

  test('leaves some parcels at the door, and tells most papers hours after the delivery', () => {
    const text = (one: Happening): string => JSON.stringify(one.body)
    const freight = quiet.filter(({ connection }) => connection === 'ltl')
    const second = (number: string, word: string): number | undefined =>
      freight.find((one) => text(one).includes(number) && text(one).includes(word))?.second
    const numbers = [
      ...new Set(freight.map(({ body }) => (body as { data: { trackingNumber: string } }).data.trackingNumber)),
    ]
    const delivered = numbers.filter((number) => second(number, '"delivered"') !== undefined)
    const waits = delivered.map(
      (number) => (second(number, 'proof_of_delivery') ?? 0) - (second(number, '"delivered"') ?? 0),
    )
    expect(waits.filter((wait) => wait > 0).length).toBeGreaterThan(10)
    expect(waits.filter((wait) => wait > 3600).length).toBeGreaterThan(5)
    const storm = plausibleDay('carrier-storm', 7, date).filter(({ connection }) => connection === 'ltl')
    const unproven = storm.filter((one) => text(one).includes('"delivered"')).length
    expect(storm.filter((one) => text(one).includes('proof_of_delivery')).length).toBeLessThan(unproven)
  })

  test('ends with every delivery issued, and with an invoice for each that is proven to the last parcel', () => {
    const { connections, routes } = sandboxNetwork({ erp: 1, customer: 2, easypost: 3 })
    const hub = new PocketHub(Object.fromEntries(connections.map((one) => [one.id, one])), routes)
    for (const { connection, body } of quiet) hub.receive(connection, body)
    expect(hub.parked).toEqual([])
    const deliveries = (command: string): string[] =>
      [...hub.effects.values()]
        .filter((effect) => effect.command === command)
        .map(({ naturalKey }) => naturalKey.split(':')[2] ?? '')
        .toSorted()
    const confirmed = warehouse(quiet, 'shipment.confirmed').map(({ data }) => ({
      delivery: String(data.deliveryNumber),
      parcels: (data.packages as { trackingNumber: string }[]).map(({ trackingNumber }) => trackingNumber),
    }))
    const signed = quiet.map(({ body }) => JSON.stringify(body)).filter((text) => text.includes('J. Doe'))
    const proven = confirmed.filter(({ parcels }) =>
      parcels.every((number) => signed.some((text) => text.includes(`"${number}"`))),
    )
    expect(deliveries('post_goods_issue')).toEqual(confirmed.map(({ delivery }) => delivery).toSorted())
    expect(deliveries('release_invoice')).toEqual(proven.map(({ delivery }) => delivery).toSorted())
    expect(proven.length).toBeLessThan(confirmed.length)
    expect(new Set(deliveries('attach_pod')).size).toBeGreaterThanOrEqual(proven.length)
  })

  test('confirms in a burst after each cut-off', () => {
    const hours = warehouse(quiet, 'shipment.confirmed').map(({ second }) => Math.floor(second / 900) / 4)
    expect(hours.filter((hour) => ![11, 11.25, 15, 15.25].includes(hour))).toEqual([])
    expect(hours).toContain(11)
    expect(hours).toContain(15)
  })

  test('gives every unit an SSCC of its own with a right check digit and the prefix for documentation', () => {
    const codes = warehouse(quiet, 'shipment.confirmed').flatMap(({ data }) =>
      (data.packages as { sscc: string }[]).map(({ sscc }) => sscc),
    )
    expect(new Set(codes).size).toBe(codes.length)
    for (const sscc of codes) {
      expect(hasValidCheckDigit('sscc', sscc)).toBe(true)
      expect(sscc.slice(1, 8)).toBe('0614141')
    }
  })

  test.each(names)('%s never ships what is not there, and its snapshot is what the movements leave', (name) => {
    const day = plausibleDay(name, 7, date)
    const balances = new Map<string, number>()
    const add = (sku: unknown, place: unknown, by: number): void => {
      if (place === undefined) return
      const { location, status = 'available' } = place as { location: string; status?: string }
      const key = `${String(sku)} ${location} ${status}`
      const sum = (balances.get(key) ?? 0) + by
      balances.set(key, sum)
      expect(sum, key).toBeGreaterThanOrEqual(0)
    }
    let snapshots = 0
    for (const { connection, body } of day) {
      if (connection !== 'wms') continue
      const { type, data } = body as WmsBody
      const lines = (data.lines ?? []) as { sku: string; quantity: string; location: string; status: string }[]
      if (type === 'movement') {
        add(data.sku, data.from, -Number(data.quantity))
        add(data.sku, data.to, Number(data.quantity))
      }
      if (type === 'receipt.posted') for (const { sku, quantity } of lines) add(sku, data, Number(quantity))
      if (type === 'shipment.confirmed') for (const { sku, quantity } of lines) add(sku, data, -Number(quantity))
      if (type === 'count')
        for (const { sku, quantity, ...place } of lines)
          balances.set(`${sku} ${place.location} ${place.status}`, Number(quantity))
      if (type !== 'snapshot') continue
      snapshots++
      const listed = lines.map(({ sku, location, status, quantity }) => [
        `${sku} ${location} ${status}`,
        Number(quantity),
      ])
      expect(Object.fromEntries(listed)).toEqual(Object.fromEntries(balances))
    }
    expect(snapshots).toBe(1)
  })

  test('brings unknown codes, late scans, duplicates, attempts, damage and returns when carriers storm', () => {
    const storm = plausibleDay('carrier-storm', 7, date)
    const text = JSON.stringify(storm)
    for (const word of ['"zz', 'delivery_exception', 'damaged', 'return_to_sender', 'return_receipt'])
      expect(text).toContain(word)
    const scans = storm.filter(({ connection }) => connection === 'easypost').map(({ body }) => JSON.stringify(body))
    expect(new Set(scans).size).toBeLessThan(scans.length)
    const counts = new Map<string, number>()
    let overtaken = 0
    for (const { connection, body } of storm) {
      if (connection !== 'easypost') continue
      const { tracking_code: number, tracking_details: details } = (
        body as { result: { tracking_code: string; tracking_details: unknown[] } }
      ).result
      if (details.length < (counts.get(number) ?? 0)) overtaken++
      counts.set(number, Math.max(details.length, counts.get(number) ?? 0))
    }
    expect(overtaken).toBeGreaterThan(10)
  })
})
