import { setTimeout } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { Backbone } from '../../backbone/backbone.ts'
import type { FlowNode } from '../../flow/node.ts'
import type { FlowDesk, StageStanding } from '../../gateway/desks/flow-desk.ts'
import { FlowControls } from '../../registry/flow-controls.ts'
import type { Instances, TargetStanding } from '../../registry/hub-instances.ts'
import { flowRows } from '../../views/flow.ts'

/** What the desk of the flow is made of. */
export interface FlowDeskOptions {
  readonly backbone: Backbone
  readonly node: FlowNode
  readonly instances: Pick<Instances, 'others'>
  readonly changed: () => Promise<unknown>
}

/** The flow as whoever sees what these connections see may see it. Stages are of the whole hub; what they hold is of nobody. */
export function openFlowDesk(
  own: Pick<Pool, 'query'>,
  { backbone, node, instances, changed }: FlowDeskOptions,
): FlowDesk {
  return {
    rows: flowRows(own),
    controls: new FlowControls(own),
    stages: () => stages(backbone, node),
    untranslated: (of) => untranslated(backbone, of),
    listsFollow: () => listsFollow(backbone),
    targets: async () => worst([...(await instances.others()).map(({ targets }) => targets), targetsOf(node)]),
    changed: async () => {
      await changed()
    },
  }
}

/** Lists look at the log twice a second; where they are busy they are behind for longer. */
const lookMs = 100
const looksMost = 30

/** Whether the lists have come to where the log ends now, at the latest after some seconds. */
export async function listsFollow(
  backbone: Pick<Backbone, 'heads' | 'stores'>,
  rest: (ms: number) => Promise<unknown> = (ms) => setTimeout(ms),
): Promise<boolean> {
  const { facts } = await backbone.heads()
  for (let look = 0; look < looksMost; look++) {
    if (look > 0) await rest(lookMs)
    const cursors = await backbone.stores.cursors.load('views')
    const at = new Map(cursors.map(({ partition, offset }) => [partition, offset]))
    if (facts.every((head, partition) => (at.get(partition) ?? -1) >= head)) return true
  }
  return false
}

/** How the systems look to this instance. */
export function targetsOf(node: FlowNode): Readonly<Record<string, TargetStanding>> {
  const { clock } = node.place
  const now = clock.mono()
  return Object.fromEntries(
    [...node.dispatcher.targets].map(([id, { breaker, budget, inFlight }]) => {
      const waitMs = breaker.waitMs(now)
      return [
        id,
        {
          breaker: breaker.state,
          ...(waitMs === 0 ? {} : { probeAt: clock.wall() + waitMs }),
          budgetLeft: Math.round(budget.remaining(now) * 100) / 100,
          inFlight,
        },
      ]
    }),
  )
}

const badness = ['closed', 'half_open', 'open']

/** What this instance says comes last: of two that say the same, it is the newer. */
function worst(all: readonly Readonly<Record<string, TargetStanding>>[]): ReadonlyMap<string, TargetStanding> {
  const found = new Map<string, TargetStanding>()
  for (const [id, one] of all.flatMap((targets) => Object.entries(targets))) {
    const before = found.get(id)
    if (before === undefined || badness.indexOf(one.breaker) >= badness.indexOf(before.breaker)) found.set(id, one)
  }
  return found
}

async function stages(backbone: Backbone, node: FlowNode): Promise<readonly StageStanding[]> {
  const heads = await backbone.heads()
  const oldest: { readonly translate: number[]; readonly advance: number[] } = { translate: [], advance: [] }
  const waiting = { translate: 0, advance: 0 }
  for (const [stage, ends] of [
    ['translate', heads.inbox],
    ['advance', heads.facts],
  ] as const)
    await Promise.all(
      ends.map(async (end, partition) => {
        const { offset } = await backbone.position(stage, partition)
        if (end <= offset) return
        waiting[stage] += end - offset
        const cameAt = await next(backbone, { stage, partition, offset })
        if (cameAt !== undefined) oldest[stage].push(cameAt)
      }),
    )
  const first = (of: readonly number[]): number | null => (of.length === 0 ? null : Math.min(...of))
  return [
    { stage: 'intake', waiting: node.intake.waiting, oldestAt: null },
    { stage: 'translate', waiting: waiting.translate, oldestAt: first(oldest.translate) },
    { stage: 'advance', waiting: waiting.advance, oldestAt: first(oldest.advance) },
  ]
}

/** When the next row of a stage came, ms since 1970. */
async function next(
  backbone: Backbone,
  {
    stage,
    partition,
    offset,
  }: { readonly stage: 'translate' | 'advance'; readonly partition: number; readonly offset: number },
): Promise<number | undefined> {
  if (stage === 'translate') return (await backbone.readInbox(partition, offset, 1))[0]?.receivedAt
  const [row] = await backbone.readLog(partition, offset, 1)
  return row === undefined ? undefined : Date.parse(row.fact.recordedAt)
}

/** What is counted at most, and how much of it is read at once: whoever has more is far from done. */
const countedMost = 5000
const readAtOnce = 500

async function untranslated(
  backbone: Backbone,
  { connection, partition }: { readonly connection: string; readonly partition: number },
): Promise<number> {
  let { offset } = await backbone.position('translate', partition)
  let found = 0
  for (let read = 0; read < countedMost; ) {
    const messages = await backbone.readInbox(partition, offset, readAtOnce)
    found += messages.filter((one) => one.connection === connection).length
    const last = messages.at(-1)
    if (last === undefined) return found
    read += messages.length
    offset = last.offset
  }
  // Nobody has looked at what is behind: it counts as one more, or this would look finished.
  return Math.max(found, 1)
}
