import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { connectors } from '../../connectors/all.ts'
import { answerSets } from '../../connectors/edi-partner/answers/answer-sets.ts'
import type { Connector } from '../../connectors/kit/connector.ts'
import { exampleSettings } from '../../connectors/kit/golden.ts'
import { shippedOverlays } from '../../edi/overlay/all.ts'
import type { Overlay } from '../../edi/overlay/overlay.ts'
import { knownSets } from '../../edi/sets/find.ts'
import { type Connection, openConnection } from '../../flow/connection.ts'
import { examplesOf } from './examples.ts'
import { shownBy, tryDocument } from './trial.ts'

const now = Date.parse('2026-06-01T12:00:00Z')
const taking = connectors.filter(({ inbound }) => inbound !== undefined).map(({ id }) => id)
const businessSets = knownSets.filter(({ table }) => !answerSets.has(table.identifier))

test('there is something to look at', () => {
  expect(taking.length).toBeGreaterThan(10)
  expect(businessSets.length).toBeGreaterThan(80)
})

test.each(taking)(
  'whoever sends to %s has examples, and every one passes the trial that it is an example for',
  (id) => {
    const connection = connectionOf(id)
    const { offered, withheld } = examplesOf(connection, now)
    expect(offered.length).toBeGreaterThan(0)
    expect(withheld).toEqual([])
    expect(new Set(offered.map(({ file }) => file)).size).toBe(offered.length)
    for (const one of offered) {
      const rules = tryDocument(connection, one, { now, shown: shownBy(() => [], one.bytes) })
      expect([one.file, rules.filter(({ result }) => result !== 'passed')]).toEqual([one.file, []])
    }
  },
)

describe('a partner that speaks EDI', () => {
  const parties = { partnerId: 'ELMSTORES', partnerQualifier: '14', ownId: 'OAKMILLS', ownQualifier: 'ZZ' }

  test.each(businessSets.map(({ table, version }) => `${table.identifier}@${version}`))(
    'has one of %s where that is agreed, from itself to us, in that version, and it passes',
    (agreed) => {
      const settings = { ...parties, receives: [agreed], statusList: 'recommendation-24' }
      const { offered, withheld } = examplesOf(connectionOf('edi-partner', settings), now)
      expect(withheld).toEqual([])
      expect(offered.map(({ file }) => file)).toEqual([`${agreed.replace('@', '-').toLowerCase()}.edi`])
      const text = textOf(offered[0])
      const [, version = ''] = agreed.split('@')
      const envelope = text.startsWith('ISA')
        ? ['*14*ELMSTORES      *ZZ*OAKMILLS       *', `*${version}~`]
        : ['+ELMSTORES:14+OAKMILLS:ZZ+', version.replace('.', ':')]
      for (const part of envelope) expect(text).toContain(part)
    },
  )

  test.each(shippedOverlays.map(({ name, set, version }) => [name, `${set}@${version}`]))(
    'has one that fulfils the overlay %s over %s',
    (overlay, agreed) => {
      const { offered } = examplesOf(connectionOf('edi-partner', { receives: [agreed], overlays: [overlay] }), now)
      expect(offered).toHaveLength(1)
    },
  )

  test('is told what is asked of it beyond our example, instead of getting one that would be refused', () => {
    const strict: Overlay = {
      ...{ name: 'strict', about: 'A note is needed.', level: 'partner', set: '945', version: '004010' },
      places: { NTE: { use: 'required' } },
    }
    const connection = connectionOf('edi-partner', { receives: ['945', '944'] })
    const settings = { ...connection.settings, overlays: [strict] }
    const { offered, withheld } = examplesOf({ ...connection, settings }, now)
    expect(offered.map(({ file }) => file)).toEqual(['944-004010.edi'])
    expect(withheld).toEqual([{ file: '945-004010.edi', reason: expect.stringContaining('NTE') as string }])
  })

  test('whose list of status codes nobody has named is not offered a status that would move nothing', () => {
    const { offered, withheld } = examplesOf(connectionOf('edi-partner', { receives: ['IFTSTA@D.01B'] }), now)
    expect(offered).toEqual([])
    expect(withheld[0]?.reason).toContain('edifact-4405')
  })

  test('gets it as a test where its connection is for tests', () => {
    const { offered } = examplesOf(connectionOf('edi-partner', { receives: ['945'], test: true }), now)
    expect(textOf(offered[0]).split('~')[0]).toMatch(/\*T\*.$/)
  })
})

test.each(['snapshot-semicolons', 'shipped-fixed'])('files have the form that was agreed on: %s', (name) => {
  const golden = join(import.meta.dirname, '../../connectors/warehouse-files/golden/inbound', `${name}.settings.json`)
  const settings = JSON.parse(readFileSync(golden, 'utf8')) as Record<string, unknown>
  const { offered, withheld } = examplesOf(connectionOf('warehouse-files', settings), now)
  expect(withheld).toEqual([])
  expect(offered).toHaveLength(1)
  expect(textOf(offered[0])).toMatch(name === 'shipped-fixed' ? /^FH/ : /;Lagerplatz;/)
})

test('where a document fails, the same place of one that works is shown, not a guess', () => {
  const connection = connectionOf('generic-wms')
  const { offered } = examplesOf(connection, now)
  const receipt = JSON.parse(textOf(offered.find(({ file }) => file === 'receipt.json'))) as {
    data: { lines: { quantity: unknown }[] }
  }
  for (const line of receipt.data.lines) line.quantity = 'many'
  const bytes = Buffer.from(JSON.stringify(receipt))
  const shown = shownBy(() => offered, bytes)
  const failed = tryDocument(connection, { bytes, contentType: 'application/json' }, { now, shown }).at(-1)
  expect(failed).toMatchObject({ result: 'failed', place: 'data.lines[0].quantity' })
  expect(offered.map(textOf).some((text) => text.includes(`"quantity": ${failed?.example}`))).toBe(true)
})

test('where a segment is wrong, that segment of the same set is shown', () => {
  const connection = connectionOf('edi-partner')
  const { offered } = examplesOf(connection, now)
  const right = textOf(offered.find(({ file }) => file === '945-004010.edi'))
  const bytes = Buffer.from(right.replace(/W06\*N\*/, 'W06*QQ*'))
  const shown = shownBy(() => offered, bytes)
  const failed = tryDocument(connection, { bytes, contentType: 'application/edi-x12' }, { now, shown }).find(
    ({ result }) => result === 'failed',
  )
  expect(failed?.place).toContain('W06')
  expect(failed?.example).toMatch(/^W06\*N\*/)
  expect(right).toContain(failed?.example)
})

function connectionOf(connector: string, settings: Readonly<Record<string, unknown>> = {}): Connection {
  const found = connectors.find(({ id }) => id === connector) as Connector
  const declared = { ...exampleSettings(found.settings), ...settings }
  return openConnection({ id: connector, tenant: 'main', connector, settings: declared }, { connectors, partitions: 4 })
}

function textOf(example: { readonly bytes: Uint8Array } | undefined): string {
  return Buffer.from(example?.bytes ?? []).toString('latin1')
}
