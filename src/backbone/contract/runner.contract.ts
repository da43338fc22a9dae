import { identifierKey } from '../../model/identifier.ts'
import type { Backbone, Ownership } from '../backbone.ts'
import type { Claimed, Effect } from '../ledger.ts'
import type { Step } from '../step.ts'
import { transitions } from '../transitions.ts'
import type { Command, Fenced, Input, Rows } from './commands.contract.ts'
import { claim, effect, fact, type Harness, message, park, partitions } from './rows.contract.ts'

/** Runs commands against one implementation. What it remembers comes only from that implementation's own answers. */
export class Runner {
  readonly #harness: Harness
  readonly #backbone: Backbone
  readonly #held = new Map<string, Ownership>()
  #claims: Claimed[] = []
  #steps = 0

  constructor(harness: Harness) {
    this.#harness = harness
    this.#backbone = harness.backbone
  }

  /** The result of a command without what differs by nature: instants. */
  async run(command: Command): Promise<unknown> {
    try {
      return await this.#run(command)
    } catch (error) {
      return error instanceof Error ? error.name : String(error)
    }
  }

  async #run(command: Command): Promise<unknown> {
    const { ledger } = this.#backbone
    switch (command.do) {
      case 'append':
        return this.#backbone.commit({ messages: command.inputs.map(messageOf) })
      case 'take':
      case 'renew':
      case 'release':
        return this.#own(command)
      case 'step':
        return this.#step(command.fenced, command.rows)
      case 'inline':
        return this.#inline(command)
      case 'releaseParked':
        return this.#backbone.release(
          command.messages.map((offset) => `msg_0-${offset}`),
          'anna',
        )
      case 'releaseWaiting':
        return this.#backbone.releaseWaiting(command.keys.map((key) => `acme|${key}`))
      case 'claim': {
        const claimed = await ledger.claim({ node: 'node', claimSeconds: 60, limit: 100 })
        // Due times differ by the milliseconds between two commands; the order of the answer follows them.
        this.#claims = [...this.#claims, ...claimed.toSorted((a, b) => (a.lane < b.lane ? -1 : 1))].slice(-4)
        return claimed
          .map(({ lane, claimEpoch, effect: { id, state } }) => `${lane} ${claimEpoch} ${id} ${state}`)
          .toSorted()
      }
      case 'intend': {
        const held = this.#claim(command.claim)
        if (held === undefined) return undefined
        const { lane, claimEpoch } = held
        const [result] = await ledger.intend([
          { lane, claimEpoch, effect: held.effect.id, reserveMs: command.reserveMs },
        ])
        return result?.ok === true ? result.attempt : false
      }
      case 'conclude':
        return this.#conclude(command)
      case 'unclaim': {
        const held = this.#claim(command.claim)
        return held === undefined
          ? undefined
          : ledger.unclaim([held], command.later ? (await this.#harness.now()) + 30_000 : undefined)
      }
      case 'decide':
        return ledger.decide({
          effect: `eff_${command.effect}`,
          action: command.action,
          payload: '{}',
          documentReference: 'D',
          reason: 'r',
          by: 'anna',
        })
      case 'pass':
        return this.#harness.pass(command.ms)
    }
  }

  async #own(command: {
    readonly do: string
    readonly consumer: number
    readonly partition: number
    readonly node: number
  }): Promise<unknown> {
    const consumer = consumers[command.consumer] ?? ''
    const key = `${consumer} ${command.partition} ${command.node}`
    const held = this.#held.get(key)
    if (command.do === 'take') {
      const taken = await this.#backbone.takeOwner(consumer, command.partition, `node-${command.node}`, 60)
      if (taken !== undefined) this.#held.set(key, taken)
      return taken
    }
    if (held === undefined) return undefined
    return command.do === 'renew' ? this.#backbone.renewOwner(held, 60) : this.#backbone.releaseOwner(held)
  }

  async #step(
    fenced: readonly Fenced[],
    { inputs: received, facts, states, claims, effects, timers, parks, unparks, counts }: Rows,
  ): Promise<unknown> {
    const version = this.#steps++
    const step: Step = {
      fences: [
        ...new Map(
          await Promise.all(
            fenced.map(async (one) => [`${one.consumer} ${one.partition}`, await this.#fence(one)] as const),
          ),
        ).values(),
      ],
      messages: received.map(messageOf),
      facts: facts.map((number, index) =>
        fact(`msg_${number % 2}-${number}.${version}-${index}`, {
          partition: number % partitions,
          subject: `shp_${number % partitions}`,
        }),
      ),
      states: states.map((number) => ({ subject: `shp_${number}`, tenant: 'acme', version, body: `{"n":${number}}` })),
      identifiers: claims.map(({ value, subject, replaces, days }) => ({
        ...claim(`1Z${value}`, `shp_${subject}`, { from: 1_760_000_000_000 + days * 86_400_000 }),
        ...(replaces === 4 ? {} : { replaces: `shp_${replaces}` }),
      })),
      effects: effects.map(({ id, key }) => effect(`${id}`, { key: `k${key}` })),
      timers: timers.map(({ name, at }) => ({
        partition: name % 2,
        tenant: 'acme',
        subject: 'shp_1',
        name: `t${name}`,
        at: at === 0 ? null : at,
      })),
      parks: parks.map(({ message: offset, waits }) =>
        park(`msg_0-${offset}`, {
          orderKey: `k${offset % 2}`,
          ...(waits > 1 ? { waitsFor: [`acme|${waits}`, 'acme|0'] } : {}),
        }),
      ),
      unparks: unparks.map((offset) => ({ message: `msg_0-${offset}`, outcome: 'applied' as const })),
      counts: counts ? [{ partition: 0, applied: 1, ignored: 0, refused: 0, parked: 1 }] : [],
    }
    return this.#backbone.commit(step)
  }

  #claim(number: number): Claimed | undefined {
    return this.#claims[number % Math.max(1, this.#claims.length)]
  }

  async #fence({
    consumer: number,
    partition: of,
    node: owner,
    count,
    shift: by,
  }: Fenced): Promise<NonNullable<Step['fences']>[number]> {
    const consumer = consumers[number] ?? ''
    const { offset } = await this.#backbone.position(consumer, of)
    const epoch = this.#held.get(`${consumer} ${of} ${owner}`)?.epoch ?? 0
    return { consumer, partition: of, epoch, from: offset + by, to: offset + by + count }
  }

  async #inline({
    inputs: received,
    shift: by,
    factsOnly,
  }: {
    readonly inputs: readonly Input[]
    readonly shift: number
    readonly factsOnly: boolean
  }): Promise<unknown> {
    const own = received.filter(({ identity }) => identity % 2 === 0)
    const heads = await this.#backbone.heads()
    const fences = await Promise.all(
      [0, 1].map(async (number) => {
        const head = (number === 0 ? heads.inbox : heads.facts)[0] ?? -1
        const fence = await this.#fence({ consumer: number, partition: 0, node: 0, count: own.length, shift: 0 })
        return { ...fence, from: head + by, to: head + by + own.length }
      }),
    )
    const facts = own.map((_, index) => fact(`msg_0-${index}.${this.#steps++}`, { subject: 'shp_0' }))
    return this.#backbone.commit({
      inline: true,
      fences: factsOnly ? fences.slice(1) : fences,
      messages: own.map(messageOf),
      facts,
    })
  }

  async #conclude(command: {
    readonly claim: number
    readonly from: number
    readonly to: number
    readonly fact: boolean
    readonly later: boolean
  }): Promise<unknown> {
    const held = this.#claim(command.claim)
    const known = await this.#backbone.ledger.effect(held?.effect.id ?? '')
    const from = froms.find((state) => command.from > 0 && state === known?.state) ?? froms[command.from] ?? 'sending'
    const to = transitions[from][command.to % transitions[from].length]
    if (held === undefined || to === undefined) return undefined
    const {
      lane,
      claimEpoch,
      effect: { id },
    } = held
    const now = await this.#harness.now()
    return this.#backbone.ledger.conclude([
      {
        ...{ lane, claimEpoch, effect: id, from, to, reason: `to ${to}`, documentReference: `D-${id}` },
        ...(command.later ? { nextAt: now + 30_000, holdUntil: now + 30_000, addAmbiguous: true as const } : {}),
        attempt: { wire: command.later, outcome: command.later ? 'unknown' : 'retry', endedAt: 5 },
        ...(command.fact ? { fact: fact(`${id}.${this.#steps++}.applied`, { partition: 1 }) } : {}),
      },
    ])
  }

  /** Everything that can be read, without instants. */
  async dump(): Promise<unknown> {
    const { ledger } = this.#backbone
    const parts = [0, 1, 2, 3]
    const keys = [0, 1, 2, 3].map((value) => identifierKey(claim(`1Z${value}`, '')))
    const effects = await ledger.effects({ limit: 100 })
    return {
      heads: await this.#backbone.heads(),
      inbox: await Promise.all(parts.map((part) => this.#backbone.readInbox(part, -1, 1000))),
      facts: await Promise.all(parts.map((part) => this.#backbone.readLog(part, -1, 1000))),
      histories: await Promise.all(parts.map((number) => this.#backbone.history(`shp_${number}`, 100))),
      origins: await Promise.all(parts.map((offset) => this.#backbone.factsOf(`msg_${offset % 2}-${offset}`, 100))),
      states: [...(await this.#backbone.states(parts.map((number) => `shp_${number}`)))].toSorted(([a], [b]) =>
        a < b ? -1 : 1,
      ),
      identifiers: [...(await this.#backbone.identifiers(keys))].toSorted(([a], [b]) => (a < b ? -1 : 1)),
      timers: await Promise.all([0, 1].map((part) => this.#backbone.dueTimers(part, 10, 100))),
      parked: await this.#backbone.parked({ limit: 100 }),
      released: (await this.#backbone.released(0, 100)).map(({ message: { id } }) => id),
      blocked: [...(await this.#backbone.blockedKeys(0))].toSorted(),
      accounting: await this.#backbone.accounting(),
      positions: await Promise.all(
        consumers.flatMap((consumer) => [0, 1].map((part) => this.#backbone.position(consumer, part))),
      ),
      effects: effects.map(timeless),
      attempts: await Promise.all(
        effects.map(async ({ id }) =>
          (await ledger.attempts(id)).map(({ attempt, wire, outcome, claimEpoch }) => [
            attempt,
            wire,
            outcome,
            claimEpoch,
          ]),
        ),
      ),
      evidence: await Promise.all(
        effects.map(async ({ id }) =>
          (await ledger.evidenceOf(id)).map(({ kind, documentReference }) => [kind, documentReference]),
        ),
      ),
      due: await ledger.due(),
      counts: await ledger.counts(),
      openKeys: [...(await ledger.openKeys('erp'))].toSorted(),
    }
  }
}

function messageOf({ identity, body }: Input) {
  return message(`m${identity}`, {
    partition: identity % 2,
    connection: `c${identity % 2}`,
    ...(body === 1 ? { bodyHash: 'f'.repeat(64) } : {}),
  })
}

function timeless(row: Effect): unknown {
  const { createdAt: _c, updatedAt: _u, nextAt: _n, sendDeadline: _s, firstSentAt: _f, notBefore: _b, ...rest } = row
  return rest
}

const consumers = ['translate', 'advance']
const froms = ['sending', 'queued', 'unknown', 'awaiting'] as const
