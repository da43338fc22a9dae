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

const weighed = {
  ...{ kind: '45G1', isEmpty: false, seals: ['ML-1'], tareGrams: '3900000', grossGrams: '21500000' },
  verifiedGross: { grams: '21480000', method: 'weighed', party: 'HARBOR GOODS LTD', at: '2026-03-12T13:00' },
}

describe('weights, seals and who verified the mass', () => {
  test('of an ordered container reach the terminal, with the ports and until when it must be there', () => {
    const ports = { load: { unlocode: 'BEANR', country: 'BE' }, discharge: { unlocode: 'USNYC', country: 'US' } }
    const cutOffs = { closing: '2026-03-14T12:00:00.000Z', verifiedGrossMass: '2026-03-13T18:00:00.000Z' }
    const equipment = [{ number: 'MSKU4471236', ...weighed }]
    const text = textOf('order_containers', { references, carrier: 'mrdn', equipment, ports, cutOffs }, ours)
    expect(understood(text, theirs)).toMatchObject([{ data: { equipment, ports, cutOffs } }])
  })

  test('of a reported container reach its line', () => {
    const containers = [{ equipment: 'MSKU4471236', occurredAt: '2026-03-15T10:30:00Z', ...weighed }]
    const text = textOf(
      'report_gate_moves',
      { references, carrier: 'mrdn', move: 'gate_in', report: 'R-1', containers },
      ours,
    )
    expect(understood(text, theirs)).toMatchObject([
      { data: { events: [{ equipment: 'MSKU4471236', details: weighed }] } },
    ])
  })
})

test('whoever is asked for room hears how many containers of which kind', () => {
  const equipment = [{ kind: '45G1', quantity: '2' }]
  const asked = { references: [{ scheme: 'delivery', issuer: 'erp', value: '80007' }], carrier: 'mrdn', mode: 'ocean' }
  const text = textOf('tender_shipment', { ...asked, packages: '4', equipment }, ours)
  expect(understood(text, theirs)).toMatchObject([{ data: { event: 'tendered', equipment } }])
})
