import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fact } from '../fact.ts'
import type { ShipmentReport } from '../report.ts'
import { fact, folded, planned, scan, tracked } from './scans.contract.ts'

const [left, right] = ['106141412345678908', '106141412345678915'] as const

function packed(packages: NonNullable<ShipmentReport['packages']>, more: Partial<ShipmentReport> = {}): Fact {
  return planned('packed', 1, { packages, ...more })
}

function delivered(...numbers: readonly string[]): Fact {
  return tracked(
    numbers.flatMap((number) => [
      scan('picked_up', 2, { package: number }),
      scan('delivered', 20, { package: number }),
    ]),
  )
}

describe('a package', () => {
  test.each([
    ['1z 999-aa1', '1Z999AA1'],
    ['1Z999AA1', '1z 999-aa1'],
    [`(00)${left}`, left],
    [left, `00${left}`],
    [`00${left}`, `(00)${left}`],
  ])('that a warehouse calls %j is the one that a carrier calls %j', (told, scanned) => {
    expect(folded([packed([{ id: told }]), delivered(scanned)]).projection).toMatchObject({
      status: 'delivered',
      progress: { total: 1, delivered: 1 },
    })
  })

  test('told of by its SSCC here and by its tracking number there is one package', () => {
    const told = [
      packed([{ id: left, sscc: left }]),
      packed([{ id: '1Z1', trackingNumber: '1Z1', sscc: `(00)${left}` }]),
    ]
    expect(folded([...told, delivered('1Z1')]).projection).toMatchObject({
      status: 'delivered',
      progress: { total: 1 },
    })
  })

  test('with a new label is found by the old one, too', () => {
    const told = [packed([{ id: 'P1', trackingNumber: '1Z1' }]), packed([{ id: 'P1', trackingNumber: '1Z2' }])]
    for (const number of ['1Z1', '1Z2'])
      expect(folded([...told, delivered(number)]).projection).toMatchObject({
        status: 'delivered',
        progress: { total: 1 },
      })
  })
})

describe('the number of the shipment as a whole', () => {
  const two = [
    { id: '1Z1', trackingNumber: '1Z1' },
    { id: '1Z2', trackingNumber: '1Z2' },
  ]
  const both = {
    status: 'delivered',
    progress: { total: 2, delivered: 2 },
    packages: { '1Z1': 'delivered', '1Z2': 'delivered' },
  }

  test('speaks of every package that has no scans of its own', () => {
    const master = packed(two, { masterNumbers: ['MASTER 1'] })
    expect(folded([master, delivered('MASTER1')]).projection).toMatchObject(both)
    const one = tracked([scan('in_transit', 30, { package: '1Z2' })])
    expect(folded([master, one, delivered('MASTER1')]).projection.packages).toEqual({
      '1Z1': 'delivered',
      '1Z2': 'in_transit',
    })
  })

  test('may be a PRO or a bill of lading that the shipment is known by', () => {
    const known = fact('shipment.identified', {
      references: [{ scheme: 'pro', issuer: 'freightnorth', value: '123-456' }],
    })
    expect(folded([packed(two), known, delivered('123456')]).projection).toMatchObject(both)
  })

  test('may stand on the label of every pallet', () => {
    const pallets = packed([left, right].map((sscc) => ({ id: sscc, sscc, trackingNumber: 'PRO 7' })))
    expect(folded([pallets, delivered('PRO7')]).projection).toMatchObject({
      status: 'delivered',
      packages: { [left]: 'delivered', [right]: 'delivered' },
    })
    expect(folded([pallets, delivered(left)]).projection.packages).toEqual({ [left]: 'delivered', [right]: 'planned' })
  })

  test('is a package where it is one: the first of several parcels gives its number to all', () => {
    const lead = packed(two, { masterNumbers: ['1Z1'] })
    expect(folded([lead, delivered('1Z1')]).projection.packages).toEqual({ '1Z1': 'delivered', '1Z2': 'planned' })
  })
})

const told = fc.record(
  {
    id: fc.constantFrom('P1', 'P2', '1Z1', left),
    sscc: fc.constantFrom(left, `(00)${left}`, right),
    trackingNumber: fc.constantFrom('1Z1', '1z 1', '1Z2', 'PRO-7'),
    cancelled: fc.boolean(),
  },
  { requiredKeys: ['id'] },
)
const word = fc.oneof(
  fc
    .record({
      packages: fc.array(told, { minLength: 1, maxLength: 3 }),
      master: fc.constantFrom(undefined, 'PRO 7', '1Z2'),
    })
    .map(({ packages, master }) => packed(packages, master === undefined ? {} : { masterNumbers: [master] })),
  fc.constantFrom('P1', '1Z1', '1Z2', 'PRO7', left, 'nobody knows').map((number) => delivered(number)),
  fc.constant(fact('shipment.identified', { references: [{ scheme: 'bol', value: 'nobody knows' }] })),
)

test('any order and any repetition of what is told comes to the same packages, and none is both there and not there', () => {
  fc.assert(
    fc.property(
      fc
        .array(word, { minLength: 1, maxLength: 7 })
        .chain((facts) =>
          fc.tuple(fc.constant(facts), fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 })),
        ),
      ([facts, shuffled]) => {
        const { projection } = folded(facts)
        const other = folded(shuffled).projection
        expect(other.packages).toEqual(projection.packages)
        expect(other.status).toBe(projection.status)
        expect(other.progress).toEqual(projection.progress)
      },
    ),
    { numRuns: 500 },
  )
})
