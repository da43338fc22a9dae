import { expect, test } from 'vitest'
import { connectors } from '../connectors/all.ts'
import type { Fact } from '../model/fact.ts'
import type { Instance } from '../processes/engine/instance.ts'
import type { PostingRoute } from '../processes/postings.ts'
import { type Folding, fold } from './advance/fold.ts'
import { openConnection } from './connection.ts'

const route = (target: string): PostingRoute => ({ command: 'void_label', target, tenant: 'main' })
const policy = { routingGuide: [{ carrier: 'ACME' }, { carrier: 'BOREAS' }] }

/** The flow of one partition: every fact is folded, and so is what follows. */
class Flow {
  readonly states = new Map<string, unknown>()
  readonly facts: Fact[] = []
  readonly effects: Folding['effects'] = []
  readonly #routes: readonly PostingRoute[]
  #count = 0

  constructor(routes: readonly PostingRoute[]) {
    this.#routes = routes
  }

  tell(type: string, data: unknown, more: Partial<Fact> = {}): void {
    const n = this.#count++
    const at = `2026-04-01T10:${String(n).padStart(2, '0')}:00.000Z`
    const id = `msg_0-${n}.0`
    const fact: Fact = {
      ...{ id, type, subject: 'shp_1', tenant: 'main', occurredAt: at, recordedAt: at, source: 'tms', causation: id },
      ...{ correlation: 'shp_1', trace: '0'.repeat(32), data },
      ...more,
    }
    const folding = fold([fact], {
      held: (subject) => ({ version: 0, state: this.states.get(subject) }),
      routes: this.#routes,
      connections: new Map([
        [
          'erp',
          openConnection(
            { id: 'erp', tenant: 'main', connector: 'generic-erp', settings: { url: 'https://erp.example' } },
            { connectors, partitions: 1 },
          ),
        ],
      ]),
      partitions: 1,
      at: Date.parse(at),
      policy: (_, process) => (process === 'carrier-reassignment' ? policy : undefined),
      foldDerived: true,
    })
    for (const { subject, body } of folding.states) this.states.set(subject, JSON.parse(body))
    this.facts.push(fact, ...folding.facts.map((one) => one.fact))
    this.effects.push(...folding.effects)
  }

  get instance(): Instance {
    const found = [...this.states].find(
      ([subject, state]) => subject.startsWith('prc_') && (state as Instance).process === 'carrier-reassignment',
    )
    if (found === undefined) throw new Error('no process has begun')
    return found[1] as Instance
  }

  /** What the ledger says of an effect. */
  outcome(type: 'effect.applied' | 'effect.parked' | 'effect.refused', index = 0): void {
    const effect = this.effects[index]
    if (effect === undefined) throw new Error('nothing was asked for')
    const { id, command, target, naturalKey, causation, correlation } = effect
    this.tell(
      type,
      { effect: id, command, target, naturalKey, documentReference: 'D1' },
      { id: `${id}.1`, subject: correlation, causation },
    )
  }
}

/** A carrier declines, and another one takes the load. */
function switched(...routes: readonly PostingRoute[]): Flow {
  const flow = new Flow(routes)
  flow.tell('shipment.reported', { event: 'tendered', carrier: 'ACME' })
  flow.tell('shipment.reported', { event: 'tender_declined', carrier: 'ACME' })
  flow.tell('shipment.reported', { event: 'tender_accepted', carrier: 'BOREAS' })
  return flow
}

test('a load that is declined is offered on, and the shipment says who has it', () => {
  const flow = switched()
  expect(flow.instance.at['main']?.state).toBe('done')
  expect(flow.facts.map(({ type }) => type)).toContain('shipment.carrier_reassigned')
  const tendered = flow.facts.filter(({ type }) => type === 'shipment.tendered')
  expect(tendered).toHaveLength(2)
})

/** The same, with a carrier who failed: he has a label. */
function failed(...routes: readonly PostingRoute[]): Flow {
  const flow = new Flow(routes)
  flow.tell('shipment.reported', { event: 'tendered', carrier: 'ACME' })
  flow.tell('shipment.reported', { event: 'booked', carrier: 'ACME' })
  flow.tell('tracking.reported', {
    carrier: 'ACME',
    events: [
      {
        ...{ code: 'exception', classifier: 'actual', action: 'record', confidence: 'exact' },
        occurredAt: { at: '2026-04-01T10:02:00Z', precision: 'second', offsetKnown: true },
        reason: { category: 'pickup_failed' },
        raw: { codeSystem: 'test', code: 'PF' },
      },
    ],
  })
  flow.tell('shipment.reported', { event: 'tender_accepted', carrier: 'BOREAS' })
  return flow
}

test('an effect that a process asks for goes where the route leads, and its outcome comes back to the process', () => {
  const flow = failed(route('erp'))
  expect(flow.effects.map(({ naturalKey }) => naturalKey)).toEqual(['void_label:erp:shp_1:ACME'])
  expect(flow.instance.at['main']?.state).toBe('switching')
  flow.outcome('effect.applied')
  expect(flow.instance.at['main']?.state).toBe('done')
  expect(Object.values(flow.instance.effects)).toMatchObject([{ status: 'applied', document: 'D1' }])
})

test('an effect that is refused asks a person, at the hub where people look', () => {
  const flow = failed(route('erp'))
  flow.outcome('effect.refused')
  const asked = flow.facts.filter(({ type }) => type === 'task.opened')
  expect(asked).toMatchObject([{ data: { name: 'resolve-refusal', role: 'transport', objects: ['shp_1'] } }])
})

test('an effect that no route takes holds nothing up', () => {
  const flow = failed()
  expect(flow.effects).toEqual([])
  expect(flow.instance.at['main']?.state).toBe('done')
  expect(Object.values(flow.instance.effects)).toMatchObject([{ status: 'unrouted' }])
})

test('an effect that two systems get is done when both have done it', () => {
  const flow = failed(route('erp'), route('tms'))
  flow.outcome('effect.applied')
  expect(flow.instance.at['main']?.state).toBe('switching')
  flow.outcome('effect.applied', 1)
  expect(flow.instance.at['main']?.state).toBe('done')
})

test('facts that nobody subscribes to reach no process', () => {
  const flow = new Flow([])
  flow.tell('shipment.reported', { event: 'booked', carrier: 'ACME' })
  expect([...flow.states.keys()]).toEqual(['shp_1'])
})
