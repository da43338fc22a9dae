import { describe, expect, test } from 'vitest'
import { processPromises } from '../../../test/process-promises.ts'
import { ProcessRun, type Told } from '../../../test/process-run.ts'
import { add, isZero } from '../../base/decimal.ts'
import type { Instance } from '../engine/instance.ts'
import { freightSettlement } from './process.ts'

const rated = (amount: string, currency?: string): Told => ({
  type: 'freight_accrual.estimated',
  subject: 'acr_1',
  data: {
    to: 'estimated',
    object: {
      ...{ deliveryNumber: '80000001', carrier: 'haul', ...(currency === undefined ? {} : { currency }) },
      charges: [{ code: 'linehaul', amount: { amount, currency } }],
    },
  },
})
const freight = (amount: string, currency: string): object => ({ freight: { amount, currency } })
const left = (...confirmations: object[]): Told => ({
  type: confirmations.length > 1 ? 'delivery.changed' : 'delivery.staged',
  subject: 'dlv_1',
  data: {
    object: {
      deliveryNumber: '80000001',
      confirmations: Object.fromEntries(
        confirmations.map((one, at) => [at + 1, { carrier: 'haul', confirmedAt: '2026-03-31T23:30:00-05:00', ...one }]),
      ),
    },
  },
})
const policy = { serviceProof: 'none' }
const posted = (...facts: readonly Told[]): ProcessRun =>
  facts.reduce(
    (run, fact) => run.tell(fact),
    [rated('100.00', 'EUR'), left({})]
      .reduce((run, fact) => run.tell(fact), new ProcessRun(freightSettlement, { policy }))
      .outcome('post_freight_accrual', 'applied'),
  )
const settled = (run: ProcessRun): ProcessRun => {
  for (const { businessKey, command, status } of Object.values(run.instance?.effects ?? {}))
    if (status === 'wanted') run.outcome(command, 'applied', { businessKey })
  return run
}
/** What was booked, in the words of the ERP. */
const booked = (run: ProcessRun) =>
  run.effects.map(({ command, businessKey, payload }) => {
    const { amount, currency, delta, lines } = payload as {
      amount?: string
      currency?: string
      delta?: string
      lines?: readonly { amount: string; currency?: string }[]
    }
    const sum = delta ?? (amount === undefined ? lines?.[0]?.amount : `-${amount}`)
    return { command, businessKey, money: `${sum ?? ''} ${lines?.[0]?.currency ?? currency ?? ''}` }
  })
/** What is left in the books, by currency. */
const balance = (run: ProcessRun) => {
  const sums = new Map<string, string>()
  for (const { money } of booked(run)) {
    const [amount = '0', currency = ''] = money.split(' ')
    sums.set(currency, add(sums.get(currency) ?? '0', amount))
  }
  return Object.fromEntries([...sums].filter(([, sum]) => !isZero(sum)))
}

describe('a price in other money than was put aside', () => {
  test('takes back what is in the books in its own and puts the new one aside, never the difference of both numbers', () => {
    const run = posted(rated('112.50', 'USD'))
    expect(booked(run).slice(1)).toEqual([
      { command: 'adjust_freight_accrual', businessKey: '80000001:haul:112.5:EUR', money: '-100 EUR' },
      { command: 'adjust_freight_accrual', businessKey: '80000001:haul:112.5:USD', money: '112.5 USD' },
    ])
    expect([balance(run), run.state('accrual/haul')]).toEqual([{ USD: '112.5' }, 'adjusting'])
    expect(settled(run).state('accrual/haul')).toBe('posted')
  })
  test('of the same number is another price', () => {
    expect(balance(posted(rated('100.00', 'USD')))).toEqual({ USD: '100' })
  })
  test('that the warehouse confirms is one, too', () => {
    expect(balance(posted(left(freight('120.00', 'USD'))))).toEqual({ USD: '120' })
  })
  test('that changes again, and back, leaves what is true at the end and is booked once each', () => {
    const run = posted()
    for (const [amount, currency] of [
      ['112.50', 'USD'],
      ['115', 'USD'],
      ['100', 'EUR'],
      ['112.50', 'USD'],
    ] as const)
      settled(run.tell(rated(amount, currency)))
    expect([balance(run), run.state('accrual/haul')]).toEqual([{ USD: '112.5' }, 'posted'])
    expect(new Set(run.asked).size).toBe(run.asked.length)
  })
  test('is what is taken back when no invoice comes', () => {
    const run = settled(posted(rated('112.50', 'USD')))
    run.fire('un-invoiced-reverse/haul').answer('reverse-accrual', 'reverse')
    expect([booked(run).at(-1)?.money, balance(run)]).toEqual(['-112.5 USD', {}])
  })
  test('that nobody named is that of the books', () => {
    expect(booked(posted(rated('112.50'))).at(-1)?.money).toBe('12.5 EUR')
  })
})

test('what the standing rule books in two kinds of money is taken back in each', () => {
  const run = posted(left({}, freight('30.00', 'USD'), freight('40.00', 'EUR')))
  expect(booked(run).at(-1)?.money).toBe('-100 EUR')
  settled(run).fire('un-invoiced-reverse/haul').answer('reverse-accrual', 'reverse')
  expect(booked(run).slice(2)).toEqual([
    { command: 'reverse_freight_accrual', businessKey: '80000001:haul', money: '-40 EUR' },
    { command: 'reverse_freight_accrual', businessKey: '80000001:haul:USD', money: '-30 USD' },
  ])
})

test('what version 5 has put aside is known to be in the money of its price', () => {
  const { instance } = posted()
  const { 'accrual/haul': stay, ...at } = instance?.at ?? {}
  const { currency: _, ...chosen } = stay?.chosen ?? {}
  const old = { ...instance, version: 5, at: { ...at, 'accrual/haul': { ...stay, chosen } } } as unknown as Instance
  const run = ProcessRun.resumed(freightSettlement, old).tell(rated('112.50', 'USD'))
  expect(booked(run).map(({ money }) => money)).toEqual(['-100 EUR', '112.5 USD'])
})

processPromises(
  freightSettlement,
  {
    'prices in two kinds of money': [
      rated('100.00', 'EUR'),
      left({}),
      rated('112.50', 'USD'),
      rated('112.50', 'EUR'),
      left({}, freight('30.00', 'USD')),
    ],
  },
  policy,
)
