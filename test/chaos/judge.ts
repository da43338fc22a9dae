import type { Backbone } from '../../src/backbone/backbone.ts'
import type { Effect } from '../../src/backbone/ledger.ts'
import type { LoggedFact, Message } from '../../src/backbone/step.ts'
import type { StockState } from '../../src/model/stock/state.ts'
import { Oracle, overdueMs, type Violation } from '../../src/watch/oracle.ts'
import type { BookedDocument } from './erp.ts'
import type { Witness } from './senders.ts'

export interface Evidence {
  readonly backbone: Backbone
  readonly witness: Witness
  readonly documents: readonly BookedDocument[]
  /** Every effect of the run. */
  readonly effects: readonly Pick<Effect, 'naturalKey' | 'externalReference' | 'state' | 'reason'>[]
  readonly units: ReadonlyMap<string, number>
}

export interface Judgement {
  readonly acknowledged: number
  readonly documents: number
  /** Acknowledged and not in the log, or in the log and never owed to the ERP. */
  readonly lost: number
  readonly doubleMessages: number
  readonly doubleDocuments: number
  /** Said to be applied, and not in the ERP. */
  readonly phantoms: number
  readonly orderViolations: number
  readonly unaccounted: number
  /** Neither applied nor given up when everything was quiet again. */
  readonly unsettled: number
  /** Items whose stock, postings and messages do not add up to one number. */
  readonly wrongSums: number
  /** What the hub's own oracle finds: accounting, density, order, orphans. */
  readonly oracle: number
  /** The first of each kind, in words. */
  readonly examples: readonly string[]
}

/** The same promises as in the simulation, read from what real processes have left. */
export async function judge(evidence: Evidence): Promise<Judgement> {
  const { backbone, witness, documents, effects } = evidence
  const messages = await everyMessage(backbone)
  const facts = await everyFact(backbone)
  const violations: Violation[] = []
  let now = Date.now() - overdueMs
  const oracle = new Oracle({
    backbone,
    now: () => now,
    report: (one) => violations.push(one),
    rowsPerRound: 1e9,
  })
  // Twice: what is due and does not fire has to be seen for a while.
  await oracle.round()
  now += overdueMs
  await oracle.round()
  const { unaccounted, pending, parked } = await backbone.accounting()
  const found = {
    lost: lost(witness, messages, facts, effects),
    doubleMessages: [...witness.acknowledged].filter(([, ids]) => ids.size > 1).map(([name]) => name),
    doubleDocuments: [
      ...repeated(documents.map(({ reference }) => reference)),
      ...repeated(documents.map(({ movement }) => movement)),
    ],
    phantoms: phantoms(effects, documents),
    orderViolations: [...documentOrder(documents, facts), ...factOrder(messages, facts)],
    unsettled: [
      ...effects
        .filter(({ state }) => state !== 'applied')
        .map(({ naturalKey, state, reason }) => `${naturalKey} is ${state} (${reason ?? 'no reason'})`),
      ...(pending === 0 ? [] : [`${pending} messages are pending`]),
      ...(parked === 0 ? [] : [`${parked} messages are parked`]),
    ],
    wrongSums: await wrongSums(evidence, facts),
    oracle: violations.map(({ check, subject, detail }) => `${check}: ${subject}: ${detail}`),
  }
  const counts = Object.fromEntries(Object.entries(found).map(([name, list]) => [name, list.length]))
  return {
    acknowledged: witness.acknowledged.size,
    documents: documents.length,
    unaccounted,
    ...(counts as { readonly [name in keyof typeof found]: number }),
    examples: Object.entries(found).flatMap(([name, list]) => list.slice(0, 3).map((one) => `${name}: ${one}`)),
  }
}

function lost(
  witness: Witness,
  messages: readonly Message[],
  facts: readonly LoggedFact[],
  effects: Evidence['effects'],
): readonly string[] {
  const stored = new Map(messages.map(({ id, identity }) => [id, identity]))
  const movements = new Map(facts.map(({ fact }) => [documentOf(fact.data), movementOf(fact.data)]))
  const owed = new Set(effects.map(({ naturalKey }) => naturalKey))
  const isOwed = (movement: string | undefined): boolean => owed.has(`adjust_inventory:erp:${movement}`)
  return [...witness.acknowledged].flatMap(([name, ids]) => {
    const missing = [...ids].filter((id) => stored.get(id) !== name)
    if (missing.length > 0) return [`${name} was acknowledged as ${missing.join(', ')}, which is not in the log`]
    return isOwed(movements.get(name)) ? [] : [`${name} is in the log, and the ERP was never to hear of it`]
  })
}

function phantoms(effects: Evidence['effects'], documents: readonly BookedDocument[]): readonly string[] {
  const booked = new Set(documents.map(({ reference }) => reference))
  return effects
    .filter(({ state, externalReference }) => state === 'applied' && !booked.has(externalReference))
    .map(({ naturalKey }) => naturalKey)
}

/** Documents of one item stand in the ERP in the order of the log. */
function documentOrder(documents: readonly BookedDocument[], facts: readonly LoggedFact[]): readonly string[] {
  const position = new Map(facts.map(({ fact, offset }) => [movementOf(fact.data), offset]))
  return [...Map.groupBy(documents, ({ sku }) => sku)].flatMap(([sku, list]) =>
    descents(list, ({ movement }) => position.get(movement) ?? -1).map(({ movement }) => `${sku}: ${movement}`),
  )
}

/** Facts of one item stand in the log in the order in which its messages came in. */
function factOrder(messages: readonly Message[], facts: readonly LoggedFact[]): readonly string[] {
  const arrived = new Map(messages.map(({ identity, offset }) => [identity, offset]))
  return [...Map.groupBy(facts, ({ fact }) => fact.subject)].flatMap(([subject, list]) =>
    descents(list, ({ fact }) => arrived.get(documentOf(fact.data)) ?? -1).map(
      ({ fact }) => `${subject}: ${documentOf(fact.data)}`,
    ),
  )
}

function descents<T>(list: readonly T[], place: (one: T) => number): readonly T[] {
  let highest = -1
  return list.filter((one) => {
    const at = place(one)
    const isBehind = at < highest
    highest = Math.max(highest, at)
    return isBehind
  })
}

/** What was sent, what the hub has on hand, and what the ERP booked are one sum. */
async function wrongSums({ backbone, documents, units }: Evidence, facts: readonly LoggedFact[]): Promise<string[]> {
  const subjects = [...new Set(facts.map(({ fact }) => fact.subject))]
  const hub = new Map<string, number>()
  for (let from = 0; from < subjects.length; from += 500) {
    for (const { body } of (await backbone.states(subjects.slice(from, from + 500))).values()) {
      const { sku, balances } = JSON.parse(body) as StockState
      hub.set(
        sku,
        Object.values(balances).reduce((sum, onHand) => sum + Number(onHand), 0),
      )
    }
  }
  const erp = new Map<string, number>()
  for (const { sku, quantity } of documents) erp.set(sku, (erp.get(sku) ?? 0) + quantity)
  return [...units]
    .filter(([sku, sum]) => hub.get(sku) !== sum || erp.get(sku) !== sum)
    .map(([sku, sum]) => `${sku}: ${sum} was sent, ${hub.get(sku)} is in the hub, ${erp.get(sku)} in the ERP`)
}

function repeated(names: readonly string[]): readonly string[] {
  const seen = new Set<string>()
  return names.filter((name) => seen.size === seen.add(name).size)
}

async function everyMessage(backbone: Backbone): Promise<readonly Message[]> {
  const all: Message[] = []
  for (let partition = 0; partition < backbone.partitions; partition++)
    for (let after = -1; ; ) {
      const rows = await backbone.readInbox(partition, after, 2000)
      const last = rows.at(-1)
      if (last === undefined) break
      all.push(...rows)
      after = last.offset
    }
  return all
}

async function everyFact(backbone: Backbone): Promise<readonly LoggedFact[]> {
  const all: LoggedFact[] = []
  for (let partition = 0; partition < backbone.partitions; partition++)
    for (let after = -1; ; ) {
      const rows = await backbone.readLog(partition, after, 5000)
      const last = rows.at(-1)
      if (last === undefined) break
      all.push(...rows.filter(({ fact }) => fact.type === 'inventory.movement_posted'))
      after = last.offset
    }
  return all
}

function movementOf(data: unknown): string {
  return (data as { readonly movement: string }).movement
}

function documentOf(data: unknown): string {
  return (data as { readonly document: { readonly id: string } }).document.id
}
