import { describe, expect, test } from 'vitest'
import { agreed, mirror, textOf, understood } from '../../../../test/edi/written-document.ts'

const standard = 'edifact'
const ours = agreed({ standard })
const theirs = agreed({ ...mirror, standard })
const references = [{ scheme: 'booking', issuer: 'mrdn', value: 'BKG-1' }]

describe('the line of a container reads', () => {
  test.each([
    ['report_gate_moves', 'gate_in', 'CODECO'],
    ['report_gate_moves', 'gate_out', 'CODECO'],
    ['report_gate_moves', 'empty_returned', 'CODECO'],
    ['report_gate_moves', 'empty_released', 'CODECO'],
    ['report_vessel_moves', 'loaded_on_transport', 'COARRI'],
    ['report_vessel_moves', 'discharged', 'COARRI'],
  ])('by %s that %s, in a %s', (command, move, set) => {
    const containers = [
      { equipment: 'MSKU4471236', kind: '45G1', occurredAt: '2026-03-15T10:30:00Z', place: 'Ghent', seals: ['ML-1'] },
      { equipment: 'CSQU3054383', occurredAt: '2026-03-15T10:31:00Z', seals: [] },
    ]
    const text = textOf(command, { references, carrier: 'mrdn', move, report: 'R-1', containers }, ours)
    expect(text).toContain(`'UNH+1+${set}:D:96A:UN'`)
    const told = understood(text, theirs)
    expect(told).toMatchObject(
      ['MSKU4471236', 'CSQU3054383'].map((equipment, minute) => ({
        type: 'tracking.reported',
        about: { references },
        data: {
          carrier: 'mrdn',
          events: [{ code: move, equipment, occurredAt: { at: `2026-03-15T10:3${minute}:00.000Z` } }],
        },
      })),
    )
  })
})

describe('a terminal reads', () => {
  const order = {
    references,
    carrier: 'mrdn',
    equipment: [{ kind: '45G1', quantity: '2', isEmpty: true }, { number: 'MSKU4471236' }],
  }

  test('in a COPARN which containers a booking needs', () => {
    const text = textOf('order_containers', order, ours)
    expect(text).toContain("BGM+12+BKG-1+9'")
    expect(understood(text, theirs)).toMatchObject([
      { type: 'shipment.reported', about: { references }, data: { mode: 'ocean', equipment: order.equipment } },
    ])
  })

  test('nothing where the agreement does not say what it calls such an order', () => {
    const settings = agreed({ standard, containerOrder: '' })
    expect(() => textOf('order_containers', order, settings)).toThrow('containerOrder')
  })
})
