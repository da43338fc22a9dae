import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Fact } from '../fact.ts'
import type { DocumentReport } from '../report.ts'
import { type DocumentState, evolveDocument } from './document.ts'

const evolve = evolveDocument('delivery')

function said(report: Partial<DocumentReport>): Fact {
  return {
    id: 'msg_0-0.0',
    type: 'delivery.reported',
    subject: 'dlv_1',
    tenant: 'main',
    recordedAt: '2026-04-01T10:00:00.000Z',
    source: 'wms',
    causation: 'msg_0-0',
    correlation: 'dlv_1',
    trace: '0'.repeat(32),
    data: { object: {}, ...report },
  }
}

function folded(reports: readonly Partial<DocumentReport>[]): { state: DocumentState; types: string[] } {
  let state: DocumentState = { references: [], object: {}, observations: [] }
  let types: string[] = []
  for (const report of reports) {
    const next = evolve(state, said(report))
    state = next.state
    types = next.facts.map(({ type }) => type)
  }
  return { state, types }
}

const left = (quantity: string) => ({
  lines: [
    { line: '10', quantity },
    { line: '20', quantity: '1' },
  ],
})

describe('a delivery', () => {
  test('takes its steps, and skips those that nobody reports', () => {
    expect(folded([{ status: 'created' }, { status: 'staged' }])).toMatchObject({
      state: { status: 'staged', observations: [] },
      types: ['delivery.staged'],
    })
  })

  test('shows a step that is not allowed and does not take it', () => {
    const { state, types } = folded([{ status: 'goods_issued' }, { status: 'cancelled', object: { reason: 'late' } }])
    expect(state).toMatchObject({ status: 'goods_issued', object: {} })
    expect(state.observations).toMatchObject([{ kind: 'illegal_transition', said: 'goods_issued → cancelled' }])
    expect(types).toEqual(['delivery.observation_recorded'])
  })

  test('has reached a step once, whatever is told late, and learns what was told with it', () => {
    const { state, types } = folded([{ status: 'goods_issued' }, { reached: 'created', object: { route: 'R1' } }])
    expect(state).toMatchObject({ status: 'goods_issued', object: { route: 'R1' }, observations: [] })
    expect(types).toEqual(['delivery.changed'])
    expect(folded([{ reached: 'staged' }]).types).toEqual(['delivery.staged'])
    expect(folded([{ status: 'created' }, { status: 'cancelled' }, { reached: 'staged' }]).types).toEqual([
      'delivery.observation_recorded',
    ])
  })

  test('that is called off before anybody has told of it stays so, and learns what it was', () => {
    const { state, types } = folded([{ status: 'cancelled' }, { reached: 'created', object: { route: 'R1' } }])
    expect(state).toMatchObject({ status: 'cancelled', object: { route: 'R1' }, observations: [] })
    expect(types).toEqual(['delivery.changed'])
    expect(folded([{ status: 'cancelled' }, { reached: 'staged' }]).types).toEqual(['delivery.observation_recorded'])
  })

  test('keeps an older revision out of its way', () => {
    const { state } = folded([
      { status: 'created', revision: 2, object: { route: 'new' } },
      { revision: 1, object: { route: 'old' } },
    ])
    expect(state).toMatchObject({ revision: 2, object: { route: 'new' } })
    expect(state.observations).toMatchObject([{ kind: 'outdated_revision' }])
  })
})

describe('a delivery that is told again by a replay', () => {
  const again = (state: DocumentState, report: Partial<DocumentReport>) =>
    evolve(state, { ...said(report), replay: true })

  test('notes nothing about steps and revisions that are over', () => {
    const { state } = folded([
      { status: 'created', revision: 1 },
      { status: 'goods_issued', revision: 2 },
    ])
    for (const past of [
      { status: 'created' },
      { reached: 'staged' },
      { revision: 1, object: { route: 'old' } },
    ] as const)
      expect(again(state, past)).toEqual({ state, facts: [], timers: [] })
  })

  test('notes a step that was never allowed, once', () => {
    const { state } = folded([{ status: 'goods_issued' }])
    const noted = again(state, { status: 'cancelled' })
    expect(noted.facts).toMatchObject([{ type: 'delivery.observation_recorded' }])
    expect(noted.state.observations).toMatchObject([{ kind: 'illegal_transition', said: 'goods_issued → cancelled' }])
    expect(again(noted.state, { status: 'cancelled' })).toEqual({ state: noted.state, facts: [], timers: [] })
  })
})

describe('parts of a delivery', () => {
  const one: Partial<DocumentReport> = { reached: 'staged', parts: { confirmations: { 1: left('4') } } }
  const two: Partial<DocumentReport> = { reached: 'staged', parts: { confirmations: { 2: left('2') } } }

  test('are kept beside each other, in whatever order and however often they come', () => {
    const order = fc.shuffledSubarray([one, two, one, two], { minLength: 4 })
    fc.assert(
      fc.property(order, (reports) => {
        const { state } = folded(reports)
        expect(state.object).toEqual({ confirmations: { 1: left('4'), 2: left('2') } })
        expect(state.observations).toEqual([])
      }),
    )
  })

  test('are told once, with their key', () => {
    const state = folded([one]).state
    expect(evolve(state, said(two)).facts).toMatchObject([
      { type: 'delivery.changed', data: { changed: ['confirmations'], added: { confirmations: ['2'] } } },
    ])
    expect(evolve(state, said(one)).facts).toEqual([])
  })

  test('are the same with their lines in another order, and a contradiction with other quantities', () => {
    const reordered = { confirmations: { 1: { lines: left('4').lines.toReversed() } } }
    expect(folded([one, { ...one, parts: reordered }]).state.observations).toEqual([])
    const { state, types } = folded([one, { parts: { confirmations: { 1: left('5') } }, object: { route: 'R1' } }])
    expect(state.object).toEqual({ confirmations: { 1: left('4') } })
    expect(state.observations).toMatchObject([{ kind: 'conflicting_part', said: 'confirmations 1' }])
    expect(types).toEqual(['delivery.observation_recorded'])
  })
})
