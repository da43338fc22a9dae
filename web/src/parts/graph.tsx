import { Graph as Layered, layout } from '@dagrejs/dagre'
import { useMemo } from 'react'
import type { Tone } from './status.tsx'

/** A box of a graph. */
export interface GraphNode {
  readonly id: string
  readonly title: string
  /** Small lines below the title. */
  readonly lines?: readonly string[]
  readonly tone?: Tone
  /** Drawn with a strong frame: it is where something is now. */
  readonly isMarked?: boolean
  /** Drawn as what was never reached. */
  readonly isFaint?: boolean
}

/** An arrow between two boxes. */
export interface GraphEdge {
  readonly from: string
  readonly to: string
  /** What it says when it is pointed at. */
  readonly label?: string
  readonly isStrong?: boolean
  readonly isDashed?: boolean
}

interface GraphProps {
  /** What the picture shows, for who does not see it. A table beside it says the same. */
  readonly label: string
  readonly nodes: readonly GraphNode[]
  readonly edges: readonly GraphEdge[]
  readonly direction: 'down' | 'right'
}

const letterWidth = 7.2
const lineHeight = 17

/** Boxes and arrows in layers, drawn without any script of a canvas: it prints, it scales, it needs no pointer. */
export function Graph({ label, nodes, edges, direction }: GraphProps) {
  const drawn = useMemo(() => place(nodes, edges, direction), [nodes, edges, direction])
  return (
    <div className="graph" role="region" aria-label={label} tabIndex={0}>
      <svg role="img" aria-label={label} width={drawn.width} height={drawn.height}>
        <defs>
          <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
            <path d="M0 0 8 4 0 8z" />
          </marker>
        </defs>
        {drawn.edges.map(({ edge, path }) => (
          <path
            key={`${edge.from} ${edge.to}`}
            className="graph-edge"
            d={path}
            markerEnd="url(#arrow)"
            {...(edge.isStrong === true ? { 'data-strong': true } : {})}
            {...(edge.isDashed === true ? { 'data-dashed': true } : {})}
          >
            {edge.label === undefined || edge.label === '' ? null : <title>{edge.label}</title>}
          </path>
        ))}
        {drawn.nodes.map((one) => (
          <Box key={one.node.id} {...one} />
        ))}
      </svg>
    </div>
  )
}

interface Placed {
  readonly node: GraphNode
  /** Of the middle. */
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

function Box({ node, x, y, width, height }: Placed) {
  const { title, lines = [], tone = 'plain', isMarked = false, isFaint = false } = node
  const top = y - height / 2
  return (
    <g
      className="graph-node"
      data-tone={tone}
      {...(isMarked ? { 'data-marked': true } : {})}
      {...(isFaint ? { 'data-faint': true } : {})}
    >
      <rect x={x - width / 2} y={top} width={width} height={height} rx="6" />
      {[title, ...lines].map((line, index) => (
        <text
          key={`${index} ${line}`}
          x={x}
          y={top + 8 + lineHeight * (index + 0.65)}
          textAnchor="middle"
          {...(index === 0 ? { 'data-title': true } : {})}
        >
          {line}
        </text>
      ))}
    </g>
  )
}

function place(nodes: readonly GraphNode[], edges: readonly GraphEdge[], direction: GraphProps['direction']) {
  const graph = new Layered()
  graph.setGraph({ rankdir: direction === 'down' ? 'TB' : 'LR', nodesep: 18, ranksep: 42, marginx: 12, marginy: 12 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id, title, lines = [] } of nodes) {
    const longest = Math.max(title.length * 1.1, ...lines.map(({ length }) => length))
    graph.setNode(id, { width: Math.max(70, longest * letterWidth + 22), height: 16 + lineHeight * (1 + lines.length) })
  }
  const known = new Set(nodes.map(({ id }) => id))
  const shown = edges.filter(({ from, to }) => known.has(from) && known.has(to) && from !== to)
  for (const { from, to } of shown) graph.setEdge(from, to)
  layout(graph)
  const { width = 0, height = 0 } = graph.graph() as { readonly width?: number; readonly height?: number }
  return {
    width,
    height,
    nodes: nodes.map((node): Placed => ({ node, ...(graph.node(node.id) as Omit<Placed, 'node'>) })),
    edges: shown.map((edge) => {
      const { points } = graph.edge(edge.from, edge.to) as { readonly points: readonly { x: number; y: number }[] }
      return { edge, path: curve(points) }
    }),
  }
}

/** Through the points, round the corners. */
function curve(points: readonly { readonly x: number; readonly y: number }[]): string {
  const [first, ...rest] = points
  if (first === undefined) return ''
  const middles = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? point
    return `Q${point.x} ${point.y} ${(point.x + next.x) / 2} ${(point.y + next.y) / 2}`
  })
  const last = rest.at(-1) ?? first
  return `M${first.x} ${first.y}${middles.join('')}L${last.x} ${last.y}`
}
