import fc from 'fast-check'
import { expect, test } from 'vitest'
import { add, type Decimal, multiply } from '../../../base/decimal.ts'
import type { Substitution } from '../../../model/stock/substitute.ts'
import { OrderWorld } from '../order-world.contract.ts'
import type { Short } from '../shorts.ts'
import { hub, type Instead, order } from '../told.contract.ts'
import type { Planned } from './plan.ts'

const ordered = [
  { lineNo: '1', sku: 'TEA-250', quantity: '10', uom: 'C62', unitPrice: '4.00' },
  { lineNo: '2', sku: 'MUG', quantity: '12', uom: 'C62' },
]
/** Two small ones are one large one. */
const tea: Substitution = {
  ...{
    sku: 'TEA-250',
    substitute: 'TEA-500',
    quantity: '2',
    uom: 'C62',
    substituteQuantity: '1',
    substituteUom: 'C62',
  },
  ...{ direction: 'both', priority: 1, priceRule: 'ordered_item', status: 'active', customersAccept: ['*'] },
}
const instead: Instead = {
  relations: [tea, { ...tea, substitute: 'TEA-1000', substituteQuantity: '0.5', priority: 2 }],
  stock: {
    'TEA-250': { DC2: '50', DC3: '4' },
    'TEA-500': { DC1: '50', DC2: '50' },
    'TEA-1000': { DC1: '50' },
    MUG: { DC2: '20' },
  },
}
const chains = [
  'substitute',
  'other_node',
  'substitute, backorder',
  'other_node, substitute, cancel',
  'substitute, other_node, backorder, cancel',
  'other_node, backorder',
  'ask',
  'backorder',
  'cancel',
]
const smalls: Readonly<Record<string, Decimal>> = { 'TEA-250': '1', 'TEA-500': '2', 'TEA-1000': '4', MUG: '1' }

/** What a branch of a delivery that was short came to, and gives up, in small ones. */
function givenUp(line: string, { state, chosen = {} }: { readonly state: string; readonly chosen?: object }): Decimal {
  const { shorts = '[]', dropped = [] } = chosen as { readonly shorts?: string; readonly dropped?: readonly string[] }
  return (JSON.parse(shorts) as Short[])
    .filter(({ lineNo }) => lineNo === line && (state === 'dropped' || dropped.includes(lineNo)))
    .reduce((sum: Decimal, { sku, quantity }) => add(sum, multiply(quantity, smalls[sku] ?? '0')), '0')
}

const decisions = { 'short-pick': ['backorder', 'cancel_remainder', 'substitute', 'other_node'] }

test('whatever is not found, refused or withdrawn: ordered is shipped, substituted and cancelled, and no reservation is left', () => {
  const numbers = fc.record({ 80000002: fc.constantFrom('0', '1', '9'), 80000003: fc.constantFrom('0', '1') })
  const input = fc.record({
    shortPick: fc.constantFrom(...chains),
    missing: fc.constantFrom('2', '4', '3', '10'),
    missingIn: numbers,
    refused: fc.subarray([1, 2, 3, 4, 5]),
    choices: fc.array(fc.nat(10_000), { maxLength: 60 }),
  })
  fc.assert(
    fc.property(input, ({ shortPick, missing, missingIn, refused, choices }) => {
      const world = new OrderWorld([order('accepted', { lines: ordered })], decisions, {
        ...{ missing, missingIn, everyLine: true, instead, policy: { ...hub, shortPick } },
        has: (question) => !refused.includes(question),
      })
      for (const choice of choices) world.happen(choice)
      // Whoever wants what cannot be wants something else some day.
      for (let rest = 0; rest < 1500 && world.happen((rest * 2_654_435_761) % 1_000_003); rest++);
      const { run } = world
      const how = () => `${world.trace.join('\n')}\n${JSON.stringify(run.instance?.at)}`
      expect([run.state(), run.open], how()).toEqual(['shipped', []])
      expect(new Set(run.asked).size, how()).toBe(run.asked.length)
      const shorts = Object.entries(run.instance?.at ?? {}).filter(([branch]) => branch.startsWith('short/'))
      for (const { lineNo, quantity } of ordered) {
        const shipped = Object.entries(smalls).map(([sku, small]) => multiply(world.leaving(lineNo, sku), small))
        const all = [...shipped, ...shorts.map(([, stay]) => givenUp(lineNo, stay))]
        expect(all.reduce(add, '0'), how()).toBe(quantity)
      }
      const plans = shorts.flatMap(([, { chosen = {} }]) => (chosen['plan'] ?? []) as readonly Planned[])
      const held = run
        .said('reservation.requested')
        .filter(({ reservation }) => String(reservation).startsWith('alternative:'))
      const back = new Set(run.said('reservation.release_requested').map(({ reservation }) => reservation))
      for (const { reservation } of held)
        expect(plans.some((one) => one.reservation === reservation) || back.has(reservation), how()).toBe(true)
    }),
    { numRuns: 150 },
  )
}, 120_000)
