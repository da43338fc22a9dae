import type { Park } from '../../src/backbone/step.ts'
import { Replayer } from '../../src/flow/replay/replay.ts'
import type { Mutant } from './mutants.ts'
import { judge } from './oracle.ts'
import { drainTime, faultTime } from './plan.ts'
import { bodyOf, startSenders } from './senders.ts'
import { World } from './world.ts'

export interface Verdict {
  readonly seed: number
  readonly broken: readonly string[]
  readonly events: number
  readonly trace: number
  readonly documents: number
}

/** One seed from start to end: half an hour of faults, the heal, the drain, the judgement. */
export async function runSeed(
  seed: number,
  mutant?: Mutant,
  more: { readonly hasPartner?: boolean; readonly hasOrders?: boolean } = {},
): Promise<Verdict> {
  const world = new World(seed, mutant, more)
  const { kernel } = world
  try {
    const witness = startSenders(world)
    for (const process of world.processes) world.start(process)
    schedule(world)
    await kernel.run(drainTime, () => world.healed && kernel.now > drainTime)
    return {
      seed,
      broken: await judge(world, witness),
      events: kernel.events,
      trace: kernel.trace,
      documents: world.erp.documents.length,
    }
  } catch (error) {
    return {
      seed,
      broken: [`failed: ${error instanceof Error ? error.message : String(error)}`],
      events: kernel.events,
      trace: kernel.trace,
      documents: world.erp.documents.length,
    }
  }
}

function schedule(world: World): void {
  const { kernel, plan } = world
  for (const event of plan.chaos) {
    kernel.after(event.at, () => {
      const process = 'machine' in event ? world.processes[event.machine] : undefined
      if (event.kind === 'crash' && process?.machine.up === true) world.crash(process, event.restartMs)
      else if (event.kind === 'pause') process?.machine.pause(event.ms)
      else if (event.kind === 'database') world.databaseDownUntil = kernel.now + event.ms
      else if (event.kind === 'erp') world.erp.outageUntil = kernel.now + event.ms
    })
  }
  kernel.after(faultTime, () => world.heal())
  for (let at = faultTime + 60_000; at < drainTime - 30 * 60_000; at += 4 * 60_000)
    kernel.after(at, () => repair(world))
  kernel.after(faultTime + 60 * 60_000, () => replay(world))
}

/** The operator: the map is mended, what is parked is released, again and again, because a parked key can hide further poison. */
function repair(world: World): void {
  world.store
    .parked({ state: 'parked', limit: 200 })
    .then((parked) => {
      // Somebody acts because something is parked; what is not parked nobody sees.
      if (world.plan.corrects) correct(world, parked)
      else if (parked.length > 0) world.mended = true
      return parked
    })
    .then((parked) =>
      world.store.release(
        parked.filter(({ code }) => code !== 'BEHIND_PARKED').map(({ message }) => message),
        'operator',
      ),
    )
    .then(() => world.store.ledger.effects({ state: ['parked'], limit: 200 }))
    .then((effects) =>
      Promise.all(
        effects.map(({ id }) =>
          world.store.ledger.decide({ effect: id, action: 'release', reason: 'looked at it', by: 'operator' }),
        ),
      ),
    )
    .then(() => {
      for (const { node } of world.processes) node?.wake()
    })
    .catch((error: unknown) => world.failures.push(String(error)))
}

/** The operator writes what the warehouse should have written; the message keeps its place. */
function correct(world: World, parked: readonly Park[]): void {
  const node = world.processes.find(({ machine, node: one }) => machine.up && one !== undefined)?.node
  const connection = world.connections.get('wms')
  if (node === undefined || connection === undefined) return
  for (const { message: corrects } of parked) {
    const stored = world.store.tables.inbox.flat().find(({ id }) => id === corrects)
    const planned = world.plan.messages.find(({ id, poison }) => poison && id === stored?.identity)
    if (planned === undefined) continue
    const arrival = { connection, body: bodyOf(planned, true), contentType: 'application/json', headers: {} }
    node.intake
      .accept({ ...arrival, trace: '0'.repeat(32), identity: `edit:${corrects}`, corrects })
      // Not answered: the operator sees it parked still, and does it again.
      .catch(() => {})
  }
}

/** Yesterday once more: everything is replayed, and nothing may come of it. */
function replay(world: World): void {
  const process = world.processes.find(({ machine, node }) => machine.up && node !== undefined)
  if (process?.node === undefined) return
  const replayer = new Replayer(process.node.place, process.node.intake)
  world.store.stores.jobs
    .create({
      id: 'replay',
      tenant: 'main',
      kind: 'replay',
      spec: { dryRun: false, connection: 'wms', perSecond: 1000, by: 'operator', until: Number.MAX_SAFE_INTEGER },
    })
    .then(async () => {
      while (await replayer.round());
    })
    .catch((error: unknown) => world.failures.push(`replay: ${String(error)}`))
}
