import { fold } from '../../src/flow/advance/fold.ts'
import type { StockState } from '../../src/model/stock/state.ts'
import { Oracle, overdueMs } from '../../src/watch/oracle.ts'
import { undeclared } from '../declared-facts.ts'
import { carrierProblems } from './carrier.ts'
import { partnerProblems } from './edi-partner.ts'
import { startOfTime } from './machine.ts'
import { processProblems } from './orders.ts'
import type { Witness } from './senders.ts'
import type { World } from './world.ts'

/** Every promise that is broken, in words. The same checks that run in chaos tests and, on other records, in production. */
export async function judge(world: World, witness: Witness): Promise<string[]> {
  const broken: string[] = [...world.failures.map((one) => `failed: ${one}`)]
  const { tables } = world.store
  const stored = new Set(tables.inbox.flat().map(({ id }) => id))
  for (const [message, ids] of witness.acknowledged) {
    for (const id of ids)
      if (!stored.has(id)) broken.push(`lost: ${message} was acknowledged as ${id} and is not in the log`)
    if (ids.size > 1) broken.push(`double: ${message} is in the log as ${[...ids].join(' and ')}`)
  }
  const { messages, documents } = world.plan
  const unsent = [...messages, ...documents].filter(({ id }) => !witness.acknowledged.has(id))
  if (unsent.length > 0) broken.push(`liveness: ${unsent.length} messages were never acknowledged`)
  const accounting = await world.store.accounting()
  if (accounting.unaccounted !== 0) broken.push(`accounting: ${JSON.stringify(accounting)}`)
  if (accounting.pending !== 0) broken.push(`liveness: ${accounting.pending} messages are pending`)
  if (accounting.parked !== 0) broken.push(`liveness: ${accounting.parked} messages are parked after the repair`)
  broken.push(...behind(world), ...dense(world), ...postings(world), ...order(world), ...ledger(world))
  broken.push(...undeclared(tables.facts.flat().map(({ fact }) => fact)).map((one) => `declared: ${one}`))
  if (world.hasPartner) broken.push(...partnerProblems(world))
  if (world.hasOrders) broken.push(...processProblems(world), ...carrierProblems(world))
  broken.push(...lanes(world), ...projections(world), ...(await watched(world)))
  return broken
}

/** Every fact has been advanced over. */
function behind(world: World): string[] {
  const { owners, factNext } = world.store.tables
  return [...owners]
    .filter(([key]) => key.startsWith('advance'))
    .flatMap(([key, { offset }]) => {
      const head = (factNext[Number(/\d+$/.exec(key)?.[0] ?? 0)] ?? 0) - 1
      return offset === head ? [] : [`liveness: ${key} stands at ${offset} of ${head}`]
    })
}

function dense(world: World): string[] {
  const { inbox, facts } = world.store.tables
  const gaps = (name: string, rows: readonly (readonly { offset: number }[])[]) =>
    rows.flatMap((part, partition) =>
      part
        .flatMap(({ offset }, index) =>
          offset === index ? [] : [`dense: ${name} ${partition} has ${offset} at ${index}`],
        )
        .slice(0, 1),
    )
  return [...gaps('inbox', inbox), ...gaps('facts', facts)]
}

/** One document per intent, one intent per movement, applied only where the ERP has it. */
function postings(world: World): string[] {
  const broken: string[] = []
  const byReference = Map.groupBy(world.erp.documents, ({ externalReference }) => externalReference)
  const byMovement = Map.groupBy(world.erp.documents, ({ movement }) => movement)
  for (const [reference, documents] of byReference)
    if (documents.length > 1) broken.push(`double: ${documents.length} documents for ${reference}`)
  for (const [movement, documents] of byMovement)
    if (movement !== '' && documents.length > 1) broken.push(`double: ${documents.length} documents for ${movement}`)
  for (const { effect } of world.store.tables.effects.values()) {
    // A partner cannot be asked what it has: one over which three holders died waits for a person for a day.
    if (effect.target === 'partner' || effect.target === 'haul') continue
    const there = byReference.has(effect.externalReference)
    if (effect.state === 'applied' && !there)
      broken.push(`phantom: ${effect.naturalKey} is applied and the ERP does not have it`)
    if (effect.state !== 'applied')
      broken.push(`liveness: ${effect.naturalKey} is ${effect.state} (${effect.reason ?? 'no reason'})`)
  }
  return broken
}

/** Per item, documents stand in the ERP in the order of the log. */
function order(world: World): string[] {
  const position = new Map<string, number>()
  for (const row of world.store.tables.facts.flat()) {
    if (row.fact.type !== 'inventory.movement_posted') continue
    position.set((row.fact.data as { movement: string }).movement, row.offset)
  }
  const broken: string[] = []
  for (const [sku, documents] of Map.groupBy(world.erp.documents, (one) => one.sku)) {
    let last = -1
    for (const { movement } of documents.filter((one) => one.movement !== '')) {
      const at = position.get(movement) ?? -1
      if (at < last) broken.push(`order: ${movement} overtook another of ${sku}`)
      last = Math.max(last, at)
    }
  }
  const messages = new Map(world.store.tables.inbox.flat().map((message) => [message.identity, message.offset]))
  for (const [sku, rows] of Map.groupBy(
    world.store.tables.facts.flat().filter(({ fact }) => fact.type === 'inventory.movement_posted'),
    ({ fact }) => fact.subject,
  )) {
    let last = -1
    for (const { fact } of rows) {
      const id = (fact.data as { document: { id: string } }).document.id
      const at = messages.get(id) ?? -1
      if (at < last) broken.push(`order: message ${id} overtook an earlier one of ${sku}`)
      last = Math.max(last, at)
    }
  }
  return broken
}

/** Whatever the document: those of one queue stand in the ERP in the order of the queue. */
function lanes(world: World): string[] {
  const booked = new Map<string, number>()
  for (const [index, { externalReference }] of world.erp.documents.entries())
    if (!booked.has(externalReference)) booked.set(externalReference, index)
  const effects = [...world.store.tables.effects.values()].map(({ effect }) => effect)
  return [...Map.groupBy(effects, ({ target, key }) => `${target} ${key}`)].flatMap(([lane, list]) => {
    const places = list
      .toSorted((a, b) => a.seq - b.seq)
      .flatMap(({ externalReference }) => booked.get(externalReference) ?? [])
    return places.some((place, index) => place < (places[index - 1] ?? -1)) ? [`order: in ${lane}`] : []
  })
}

/** Every object is what folding its facts from the log comes to, byte for byte, however they came. */
function projections(world: World): string[] {
  const { states, facts } = world.store.tables
  const bySubject = Map.groupBy(
    facts.flat().map(({ fact }) => fact),
    ({ subject }) => subject,
  )
  return [...states].flatMap(([subject, { body, version }]) => {
    const folding = fold(bySubject.get(subject) ?? [], {
      held: () => ({ version: 0, state: undefined }),
      routes: [],
      connections: new Map(),
      partitions: world.store.partitions,
      at: startOfTime,
      foldDerived: false,
    })
    const rebuilt = folding.states.find((one) => one.subject === subject)
    return rebuilt?.body === body && rebuilt.version === version
      ? []
      : [`projection: ${subject} is not what its facts say`]
  })
}

/** What the oracle of a running hub says of the same store. */
async function watched(world: World): Promise<string[]> {
  const found: string[] = []
  let now = startOfTime + world.kernel.now - overdueMs
  const oracle = new Oracle({
    backbone: world.store,
    now: () => now,
    report: ({ check, subject, detail }) => found.push(`${check}: ${subject}: ${detail}`),
    rowsPerRound: 1_000_000,
  })
  // Twice: what is due and does not fire has to be seen for a while.
  await oracle.round()
  now += overdueMs
  await oracle.round()
  return found
}

/** What was sent, what the hub has on hand, and what the ERP booked are one sum. */
function ledger(world: World): string[] {
  const broken: string[] = []
  const sent = new Map<string, number>()
  for (const { sku, quantity, gain } of world.plan.messages)
    sent.set(sku, (sent.get(sku) ?? 0) + (gain ? quantity : -quantity))
  const hub = new Map<string, number>()
  for (const [subject, { body }] of world.store.tables.states) {
    if (!subject.startsWith('stk_')) continue
    const state = JSON.parse(body) as StockState
    hub.set(
      state.sku,
      Object.values(state.balances).reduce((sum, onHand) => sum + Number(onHand), 0),
    )
  }
  const open = new Set(
    [...world.store.tables.effects.values()]
      .filter(({ effect }) => effect.state !== 'applied')
      .map(({ effect }) => effect.key),
  )
  const booked = new Map<string, number>()
  for (const { sku, quantity } of world.erp.documents) booked.set(sku, (booked.get(sku) ?? 0) + quantity)
  for (const [sku, sum] of sent) {
    if (hub.get(sku) !== sum) broken.push(`ledger: ${sku} is ${hub.get(sku)} in the hub and ${sum} was sent`)
    if (!open.has(`item:${sku}`) && (booked.get(sku) ?? 0) !== sum)
      broken.push(`ledger: ${sku} is ${booked.get(sku)} in the ERP and ${sum} was sent`)
  }
  return broken
}
