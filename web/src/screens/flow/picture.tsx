import { useMemo } from 'react'
import type { paths } from '../../api/schema.ts'
import { Graph, type GraphEdge, type GraphNode } from '../../parts/graph.tsx'
import type { Tone } from '../../parts/status.tsx'
import { plain } from '../../words/words.ts'
import { say } from './words.ts'

/** The flow as the hub shows it. */
export type Flow = paths['/v1/flow']['get']['responses']['200']['content']['application/json']
/** One connection of it. */
export type FlowRow = Flow['connections'][number]

/** Who sends, the stages of the hub, who is sent to. A connection that does both stands on both sides. */
export function Picture({ flow }: { readonly flow: Flow }) {
  const [nodes, edges] = useMemo(() => drawn(flow), [flow])
  return <Graph label={say('graph')} nodes={nodes} edges={edges} direction="right" />
}

const names = ['intake', 'translate', 'advance'] as const

function drawn({ stages, connections }: Flow): readonly [readonly GraphNode[], readonly GraphEdge[]] {
  const inner = names.map((name): GraphNode => {
    // Only whoever runs the hub is told how much waits in it.
    const waiting = stages.find(({ stage }) => stage === name)?.waiting
    const said = waiting === 0 ? say('waiting.none') : say('waiting', { count: waiting ?? 0 })
    return { id: `stage ${name}`, title: say(name), lines: waiting === undefined ? [] : [said] }
  })
  const sources = connections.filter(({ inbound }) => inbound !== null)
  const targets = connections.filter(({ outbound }) => outbound !== null)
  const nodes: GraphNode[] = [
    ...inner,
    { id: 'stage dispatch', title: say('dispatch') },
    ...sources.map(sourceOf),
    ...targets.map(targetOf),
  ]
  const edges: GraphEdge[] = [
    ...sources.map(({ id }) => ({ from: `from ${id}`, to: 'stage intake' })),
    ...names.slice(1).map((name, index) => ({ from: `stage ${names[index]}`, to: `stage ${name}`, isStrong: true })),
    { from: `stage ${names.at(-1)}`, to: 'stage dispatch', isStrong: true },
    ...targets.map(({ id, outbound }) => ({
      ...{ from: 'stage dispatch', to: `to ${id}` },
      isDashed: outbound?.pause !== null || outbound.breaker !== 'closed' || outbound.isInMaintenance,
    })),
  ]
  return [nodes, edges]
}

function sourceOf({ id, inbound }: FlowRow): GraphNode {
  const { pause = null, perMinute = null, parked = 0, held = 0 } = inbound ?? {}
  return {
    id: `from ${id}`,
    title: nameOf(id),
    lines: [
      ...(pause === null ? [] : [`▲ ${say('pausedShort')}`]),
      perMinute === null ? say('rate.unknown') : say('rate', { rate: perMinute }),
      ...(held === 0 ? [] : [say('held', { count: held })]),
      ...(parked === 0 ? [] : [say('parked', { count: parked })]),
    ],
    tone: pause !== null || parked > 0 ? 'warn' : 'plain',
  }
}

function targetOf({ id, outbound }: FlowRow): GraphNode {
  if (outbound === null) return { id: `to ${id}`, title: nameOf(id) }
  const { pause, perMinute, waiting, needPeople, breaker, isInMaintenance } = outbound
  const tone: Tone = breaker === 'open' ? 'bad' : pause !== null || needPeople > 0 || isInMaintenance ? 'warn' : 'plain'
  return {
    id: `to ${id}`,
    title: nameOf(id),
    lines: [
      ...(pause === null ? [] : [`▲ ${say('pausedShort')}`]),
      say('rate', { rate: perMinute }),
      ...(waiting === 0 ? [] : [say('owed', { count: waiting })]),
      ...(breaker === 'closed' ? [] : [`■ ${say('breaker', { state: plain(breaker) })}`]),
    ],
    tone,
  }
}

/** Hub ids of subscriptions are longer than a box of the picture: their end tells one from another. */
function nameOf(id: string): string {
  return id.length <= nameMost ? id : `${id.split(':', 1)[0]} …${id.slice(-6)}`
}

const nameMost = 24
