import { readInstant, writeInstant } from '../src/base/instant.ts'
import type { Derived, Fact } from '../src/model/fact.ts'
import type { EventTime, MovementReport, StockAssertionReport } from '../src/model/report.ts'
import type { StockState } from '../src/model/stock/state.ts'
import { evolveStock } from '../src/model/stock/stock.ts'

/** 08:00 UTC of the day on which the reports about stock begin. */
export const morning = readInstant('2026-03-02T08:00:00Z') ?? Number.NaN

export function minutesIn(minutes: number): EventTime {
  return { at: writeInstant(morning + minutes * 60_000), precision: 'second', offsetKnown: true }
}

export const thatDay: EventTime = { at: '2026-03-02T00:00:00Z', precision: 'date', offsetKnown: true }

let told = 0

/** Something that was said about the stock of one item. */
export function about(type: string, data: unknown, recordedMs = morning + 86_400_000): Fact {
  told++
  return {
    id: `msg_${told}.0`,
    type,
    subject: 'stk_1',
    tenant: 'main',
    recordedAt: writeInstant(recordedMs),
    source: 'wms',
    causation: `msg_${told}`,
    correlation: 'stk_1',
    trace: '0'.repeat(32),
    data,
  }
}

/** A movement of pieces of one item; `minutes` after the morning. */
export function movement(
  type: string,
  quantity: string,
  more: Omit<Partial<MovementReport>, 'document'> & { id: string; minutes?: number; recordedMs?: number },
): Fact {
  const { id, minutes = 0, recordedMs, ...rest } = more
  const report: MovementReport = {
    type,
    sku: 'A-100',
    quantity,
    uom: 'EA',
    effectiveAt: minutesIn(minutes),
    document: { system: 'wms', kind: 'doc', id },
    ...rest,
  }
  return about('inventory.movement_reported', report, recordedMs)
}

export function receipt(quantity: string, id: string, minutes = 0): Fact {
  return movement('receipt', quantity, { id, minutes, to: { location: 'W1' } })
}

export function ship(quantity: string, id: string, minutes = 0): Fact {
  return movement('ship', quantity, { id, minutes, from: { location: 'W1' } })
}

export function count(
  quantity: string,
  more: Omit<Partial<StockAssertionReport>, 'document'> & { id: string; minutes?: number },
): Fact {
  const { id, minutes = 0, ...rest } = more
  const report: StockAssertionReport = {
    kind: 'count',
    sku: 'A-100',
    location: 'W1',
    status: 'available',
    quantity,
    uom: 'EA',
    effectiveAt: minutesIn(minutes),
    document: { system: 'wms', kind: 'count', id },
    ...rest,
  }
  return about(`inventory.${report.kind}_reported`, report)
}

/** Folds what was said, stored and read again between any two facts as after a restart. */
export function fold(
  said: readonly Fact[],
  begin?: StockState,
): { readonly state: StockState; readonly facts: Derived[] } {
  let state = begin
  const facts: Derived[] = []
  for (const one of said) {
    const evolution = evolveStock(state, one)
    state = JSON.parse(JSON.stringify(evolution.state)) as StockState
    facts.push(...evolution.facts)
  }
  if (state === undefined) throw new Error('nothing was said')
  return { state, facts }
}

/** The data of the facts of one type, in order. */
export function dataOf(facts: readonly Derived[], type: string): Readonly<Record<string, unknown>>[] {
  return facts.filter((one) => one.type === type).map(({ data }) => data as Readonly<Record<string, unknown>>)
}

/** On hand by `location status`, without what is zero. */
export function onHand(state: StockState): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(state.balances)
      .filter(([, value]) => value !== '0')
      .map(([key, value]) => [
        key
          .split('|')
          .filter((part) => part !== '')
          .join(' '),
        value,
      ]),
  )
}
