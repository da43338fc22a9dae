import type { Backbone } from '../../src/backbone/backbone.ts'
import type { Conclusion } from '../../src/backbone/ledger.ts'
import type { AppendResult, Message, Step } from '../../src/backbone/step.ts'
import type { Arrival } from '../../src/flow/intake/arrival.ts'
import type { FlowNode } from '../../src/flow/node.ts'
import type { Outbound } from '../../src/flow/ports.ts'
import type { Plan } from './plan.ts'
import { Stream } from './random.ts'
import type { World } from './world.ts'

/** A known bug, put into one seam: the test of the test. Never a flag in product code. */
export interface Mutant {
  readonly name: string
  readonly about: string
  readonly store?: (store: Backbone, world: World) => Backbone
  readonly outbound?: (outbound: Outbound, world: World) => Outbound
  readonly node?: (node: FlowNode, world: World) => void
  readonly accept?: (node: FlowNode, world: World) => (arrival: Arrival) => Promise<AppendResult>
  /** It shows where the hub carries orders out. */
  readonly hasOrders?: true
  /** The faults in which a rare bug shows; the same faults without the bug must do no harm. */
  readonly weather?: (plan: Plan) => Plan
}

/** Processes die all the time, and what their kernels still hold arrives late. */
function deadly(plan: Plan): Plan {
  const crash = (index: number) => ({ kind: 'crash', machine: index % 2, restartMs: 1000 }) as const
  const crashes = Array.from({ length: 80 }, (_, index) => ({ at: (index + 1) * 20_000, ...crash(index) }))
  return { ...plan, chaos: [...plan.chaos, ...crashes], network: { ...plan.network, late: 0.5 } }
}

/** Processes stand still while nobody knows what the database took; what others send meanwhile takes long. */
function sluggish(plan: Plan): Plan {
  const machine = { ...plan.machine, callLost: 0.05, replyLost: 0.03, pauseShare: 0.06, pauseMs: 180_000 }
  return { ...plan, machine, erp: { ...plan.erp, slow: 0.6 } }
}

/** The store with some verbs replaced. */
function with_(store: Backbone, verbs: Partial<Backbone>): Backbone {
  return new Proxy(store, {
    get: (target, name) => (Reflect.has(verbs, name) ? Reflect.get(verbs, name) : bound(target, name)),
  })
}

function bound(target: object, name: string | symbol): unknown {
  const value: unknown = Reflect.get(target, name)
  return typeof value === 'function' ? (value as (...input: unknown[]) => unknown).bind(target) : value
}

function withLedger(store: Backbone, verbs: Partial<Backbone['ledger']>): Backbone {
  const ledger = new Proxy(store.ledger, {
    get: (target, name) => (Reflect.has(verbs, name) ? Reflect.get(verbs, name) : bound(target, name)),
  })
  return with_(store, { ledger })
}

const concluding = (change: (one: Conclusion, world: World) => Conclusion) => (store: Backbone, world: World) =>
  with_(
    withLedger(store, {
      conclude: (conclusions) => store.ledger.conclude(conclusions.map((one) => change(one, world))),
    }),
    {
      commit: ({ conclusions, ...step }) =>
        store.commit(
          conclusions === undefined ? step : { ...step, conclusions: conclusions.map((one) => change(one, world)) },
        ),
    },
  )

const stepping =
  (change: (step: Step, store: Backbone, world: World) => Promise<Step>) => (store: Backbone, world: World) =>
    with_(store, { commit: async (step) => store.commit(await change(step, store, world)) })

/** Without the check of epoch and offset: whoever comes last wins. */
function unfenced(step: Step, world: World): Step {
  if (step.fences === undefined) return step
  const fences = step.fences.map((fence) => {
    const owner =
      world.store.tables.owners.get(`${fence.consumer}\u0000${fence.partition}`) ??
      world.store.tables.owners.get(`${fence.consumer} ${fence.partition}`) ??
      [...world.store.tables.owners].find(
        ([key]) => key.startsWith(fence.consumer) && key.endsWith(String(fence.partition)),
      )?.[1]
    return owner === undefined ? fence : { ...fence, epoch: owner.epoch, from: owner.offset }
  })
  const { inline: _, ...rest } = step
  return step.inline === undefined ? { ...step, fences } : { ...rest, fences }
}

/** W and T of the simulated world. */
const unseenMs = 130_000 + 30_000

export const mutants: readonly Mutant[] = [
  {
    name: 'ackBeforeCommit',
    about: 'The answer goes out before the bytes are durable.',
    accept: (node, world) => async (arrival) => {
      const accepting = node.intake.accept(arrival)
      accepting.catch(() => {})
      const early = Promise.withResolvers<AppendResult>()
      world.kernel.after(0, () =>
        early.resolve({ outcome: 'accepted', id: `early ${new TextDecoder().decode(arrival.body).slice(0, 40)}` }),
      )
      return Promise.race([accepting, early.promise])
    },
  },
  {
    name: 'blindRetry',
    about: 'What nobody answered is sent again without looking.',
    store: concluding((one) =>
      one.to === 'unknown' && one.from === 'sending' ? { ...one, to: 'queued', nextAt: 0 } : one,
    ),
  },
  {
    name: 'throttleIsUnknown',
    about: 'A throttled request is taken for an unknown one and looked up at once.',
    store: concluding((one) => (one.to === 'unknown' ? { ...one, notBefore: 0, nextAt: 0 } : one)),
    outbound: (outbound) => ({
      send: async (request) => {
        const result = await outbound.send(request)
        return result.outcome === 'answer' && result.status === 429
          ? { outcome: 'no_answer', wire: true, code: 'THROTTLED' }
          : result
      },
    }),
  },
  {
    name: 'dedupe5min',
    about: 'Duplicates are recognised for five minutes only.',
    store: stepping(async (step, _, world) =>
      step.messages === undefined
        ? step
        : {
            ...step,
            messages: step.messages.map((message) => ({
              ...message,
              identity: `${message.identity}@${Math.floor(world.kernel.now / 300_000)}`,
            })),
          },
    ),
  },
  {
    name: 'dispatchNoFence',
    about: 'An outcome is written without the claim epoch.',
    weather: sluggish,
    store: concluding((one, world) => ({
      ...one,
      claimEpoch: world.store.tables.lanes.get(one.lane)?.claimEpoch ?? one.claimEpoch,
    })),
  },
  {
    name: 'horizonFromIntent',
    about: 'The quarantine counts from the intent and not from the last moment to leave.',
    store: concluding((one) =>
      one.to === 'unknown' && one.notBefore !== undefined && one.from === 'sending'
        ? { ...one, notBefore: one.notBefore - 655_000, nextAt: one.notBefore - 655_000 }
        : one,
    ),
  },
  {
    name: 'lookUpNow',
    about: 'The look-up comes without quarantine.',
    store: concluding((one) =>
      one.to === 'unknown' && one.from === 'sending' ? { ...one, notBefore: 0, nextAt: 0 } : one,
    ),
  },
  {
    name: 'markFirst',
    about: 'An effect is marked as applied before it is sent.',
    store: (store) =>
      withLedger(store, {
        intend: async (intents) => {
          const results = await store.ledger.intend(intents)
          const going = intents.filter((_, index) => results[index]?.ok === true)
          await store.ledger.conclude(
            going.map(({ lane, claimEpoch, effect }) => ({ lane, claimEpoch, effect, from: 'sending', to: 'applied' })),
          )
          return results
        },
      }),
  },
  {
    name: 'noFence',
    about: 'Steps are committed without the check of epoch and offset.',
    store: stepping(async (step, _, world) => unfenced(step, world)),
  },
  {
    name: 'noLeaseCheck',
    about: 'Nobody looks at the deadline in the tick of the write.',
    outbound: (outbound) => ({ send: (request) => outbound.send({ ...request, startBefore: Number.MAX_VALUE }) }),
  },
  {
    name: 'noWireTime',
    about:
      'The quarantine forgets what the kernel of a vanished holder still delivers, and how long an attempt may take.',
    weather: deadly,
    store: concluding((one) =>
      one.to === 'unknown' && one.from === 'sending' && one.addProcessDeath === true && one.notBefore !== undefined
        ? { ...one, notBefore: one.notBefore - unseenMs, nextAt: one.notBefore - unseenMs }
        : one,
    ),
  },
  {
    name: 'notifyOnly',
    about: 'Nobody looks by himself: a bell that was not heard is work that is not done.',
    node: ({ place: { clock, ports } }) => {
      const sleep = clock.sleep.bind(clock)
      clock.sleep = (ms, bell) => sleep(bell !== undefined && ms === ports.settings.pollMs ? 1e9 : ms, bell)
    },
  },
  {
    name: 'offsetSeparate',
    about: 'The offset moves in a transaction of its own.',
    store: (store, world) =>
      with_(store, {
        commit: async (step) => {
          if (step.fences === undefined || step.inline !== undefined) return store.commit(step)
          const { fences, ...rest } = step
          const done = await store.commit(rest)
          const stream = new Stream(world.kernel.events, 'gap')
          if (done.outcome !== 'committed' || (!world.healed && stream.chance(0.1))) return done
          await store.commit({ fences })
          return done
        },
      }),
  },
  {
    name: 'outboxSeparate',
    about: 'Effects are written in a transaction of their own.',
    store: (store, world) =>
      with_(store, {
        commit: async (step) => {
          const { effects, ...rest } = step
          const done = await store.commit(rest)
          const stream = new Stream(world.kernel.events, 'gap')
          if (
            effects === undefined ||
            effects.length === 0 ||
            done.outcome !== 'committed' ||
            (!world.healed && stream.chance(0.1))
          )
            return done
          await store.commit({ effects })
          return done
        },
      }),
  },
  {
    name: 'parkSkips',
    about: 'A later message overtakes a parked one of its key.',
    store: stepping(async (step) => step),
    node: (node) => {
      for (const blocked of node.place.blocked) blocked.add = () => blocked
      node.place.blocked.forEach((_, index) => {
        Object.defineProperty(node.place.blocked, index, { get: () => new Set<string>(), set: () => {} })
      })
    },
  },
  {
    name: 'poisonRetry',
    about: 'Poison is never parked, but tried for ever.',
    store: (store) =>
      with_(store, {
        commit: async (step) => {
          if ((step.parks?.length ?? 0) > 0) throw new Error('try again')
          return store.commit(step)
        },
      }),
  },
  {
    name: 'releasedOvertakes',
    about: 'A released message does not ask whether an earlier one of its key is still parked.',
    store: (store) =>
      with_(store, {
        parked: async (filter) =>
          (await store.parked(filter)).filter(({ code }) => filter.orderKey === undefined || code === 'BEHIND_PARKED'),
      }),
  },
  {
    name: 'replaySideEffects',
    about: 'A replay owes everything once more.',
    store: stepping(async (step) =>
      step.effects === undefined
        ? step
        : {
            ...step,
            effects: step.effects.map((effect) => ({
              ...effect,
              id: `${effect.id}${effect.causation}`,
              naturalKey: `${effect.naturalKey}#${effect.causation}`,
              externalReference: `${effect.externalReference}${effect.causation}`,
            })),
          },
    ),
    node: (node) => {
      // The folds recognise what they know; this bug is in the one place that would not ask them.
      for (const cache of node.place.states) cache.get = () => undefined
    },
  },
  {
    name: 'serialGap',
    about: 'The reader believes that what it does not see does not exist.',
    store: (store, world) => {
      const stream = new Stream(world.plan.seed, 'late visibility')
      const hide = (rows: readonly Message[]): readonly Message[] =>
        rows.length > 1 && !world.healed && stream.chance(0.2)
          ? rows.filter((_, index) => index !== rows.length - 2)
          : rows
      return with_(store, {
        readInbox: async (partition, after, limit) => hide(await store.readInbox(partition, after, limit)),
      })
    },
    node: (node) => {
      for (const tail of node.place.inboxTails) tail.offer = () => {}
      Object.defineProperty(node.place.ports.settings, 'inline', { value: false })
    },
  },
  {
    name: 'skewNoFence',
    about: 'Leases by the clock of the node, and no fence.',
    store: (store, world) =>
      with_(store, {
        commit: (step) => store.commit(unfenced(step, world)),
        takeOwner: async (consumer, partition, owner, leaseSeconds) => {
          const stream = new Stream(world.kernel.events, 'skew')
          for (const [key, row] of world.store.tables.owners)
            if (key.startsWith(consumer) && key.endsWith(String(partition)) && stream.chance(0.3)) row.until = 0
          return store.takeOwner(consumer, partition, owner, leaseSeconds)
        },
      }),
  },
  {
    name: 'timersSeparate',
    about: 'What a process waits for is written in a transaction of its own.',
    hasOrders: true,
    store: (store, world) =>
      with_(store, {
        commit: async (step) => {
          const { timers = [], ...rest } = step
          const done = await store.commit(rest)
          const stream = new Stream(world.kernel.events, 'gap')
          if (timers.length === 0 || done.outcome !== 'committed' || (!world.healed && stream.chance(0.1))) return done
          await store.commit({ timers })
          return done
        },
      }),
  },
  {
    name: 'answerForgotten',
    about: 'What the carrier answered is not told to the process that asked him.',
    hasOrders: true,
    store: concluding((one) => {
      const { answer: _, ...data } = (one.fact?.fact.data ?? {}) as Readonly<Record<string, unknown>>
      return one.fact === undefined ? one : { ...one, fact: { ...one.fact, fact: { ...one.fact.fact, data } } }
    }),
  },
  {
    name: 'wireByErrorCode',
    about: 'A time-out is taken for "not sent".',
    outbound: (outbound) => ({
      send: async (request) => {
        const result = await outbound.send(request)
        return result.outcome === 'no_answer' ? { outcome: 'not_sent', wire: false, code: result.code } : result
      },
    }),
  },
]
