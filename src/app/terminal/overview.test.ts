import { expect, test } from 'vitest'
import { overviewText } from './overview.ts'
import { Screen } from './screen.ts'

const hub = {
  at: '2026-04-01T10:00:00.000Z',
  messages: { received: 120, applied: 118, parked: 1, pending: 1, duplicates: 4, unaccounted: 0 },
  shipments: [
    { status: 'delivered', count: 12 },
    { status: 'in_transit', count: 30 },
  ],
  exceptions: [{ category: 'delayed', count: 2 }],
  documents: [
    { connection: 'northern', status: 'overdue', count: 1 },
    { connection: 'meridian', status: 'overdue', count: 2 },
    { connection: 'meridian', status: 'unanswered', count: 1 },
  ],
  tasks: [
    { role: 'finance', open: 3, overdue: 2 },
    { role: 'master-data', open: 1, overdue: 0 },
  ],
  effects: [
    { target: 'erp', state: 'applied', count: 50 },
    { target: 'erp', state: 'queued', count: 3 },
    { target: 'webhooks', state: 'applied', count: 70 },
  ],
}

test('shows messages, shipments and what each target is owed', () => {
  expect(overviewText(hub, { url: 'http://hub', columns: 100 })).toBe(
    [
      'Interline  http://hub  2026-04-01 10:00:00',
      '',
      'messages    received 120  applied 118  parked 1  pending 1  duplicates 4  unaccounted 0',
      'shipments   delivered 12  in_transit 30',
      'exceptions  delayed 2',
      'documents   overdue 3  unanswered 1',
      'tasks       finance 3 (2 late)  master-data 1',
      '',
      'effects   queued  applied',
      '────────  ──────  ───────',
      'erp            3       50',
      'webhooks       0       70',
    ].join('\n'),
  )
})

test('shows the simulated network where one runs, and an empty hub as empty', () => {
  const simulation = {
    scenario: 'peak-day',
    told: 5,
    total: 90,
    erpDocuments: 4,
    erpDoubles: 0,
    webhooks: 7,
    faults: { 'erp.lostReply': 0.02 },
  }
  const text = overviewText({}, { url: 'http://hub', columns: 100, simulation })
  expect(text).toContain('peak-day, 5 of 90 messages told; faults: erp.lostReply 2%')
  expect(text).toContain('ERP has 4 documents, 0 of them double; customer has heard 7 events')
  expect(text).toContain('No effects yet.')
})

test('keeps to the width of the terminal, and lets nothing from outside write on it', () => {
  const odd = { ...hub, shipments: [{ status: `a\u001b[2J${'b'.repeat(100)}`, count: 1 }] }
  const lines = overviewText(odd, { url: 'http://hub', columns: 40 }).split('\n')
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(40)
  expect(lines.join('')).not.toContain('\u001b')
})

test('draws on the upper part of the terminal and leaves the cursor where the log goes on', () => {
  let written = ''
  const terminal = {
    out: () => {},
    error: (text: string) => void (written += text),
    isWatched: true,
    columns: 80,
    rows: 40,
  }
  const screen = new Screen(terminal, 3)
  screen.open()
  expect(written).toContain('\u001b[4;40r')
  written = ''
  screen.draw('one\ntwo\nthree\nfour')
  expect(written.startsWith('\u001b7') && written.endsWith('\u001b8')).toBe(true)
  expect(written).toContain('three')
  expect(written).not.toContain('four')
  written = ''
  screen.close()
  expect(written).toContain('\u001b[r')
})
