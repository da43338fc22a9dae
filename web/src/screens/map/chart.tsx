import { Button, useComputedColorScheme } from '@mantine/core'
import type { MapLibreMap } from 'maplibre-gl'
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import { To } from '../../parts/to.tsx'
import { plain } from '../../words/words.ts'
import { boundsOf, type Cluster, clustersAt } from './clusters.ts'
import { type Dot, forms, kindOf, worstOf } from './dot.ts'
import { canDraw, drawLand, lookAt, paintLand, zoomMost } from './land.ts'
import './map.css'
import { say } from './words.ts'

/** The land and the dots on it. What it shows is in the list beneath: nobody needs to see a map. */
export function Chart({ dots }: { readonly dots: readonly Dot[] }) {
  const [isAble] = useState(canDraw)
  return isAble ? (
    <Drawn dots={dots} />
  ) : (
    <div className="notice" data-tone="warn">
      {say('webgl.none')}
    </div>
  )
}

function Drawn({ dots }: { readonly dots: readonly Dot[] }) {
  const { frame, map, isFailed } = useLand()
  const [here, setHere] = useState<readonly Dot[]>([])
  const showAll = (): void => {
    const bounds = boundsOf(dots)
    if (map !== undefined && bounds !== undefined) lookAt(map, bounds, 6)
  }
  // Without a flight in between: whoever presses twice goes two steps, on a slow machine, too.
  const step = (by: number): void => {
    map?.jumpTo({ zoom: Math.round(map.getZoom()) + by })
  }
  const first = useEffectEvent(showAll)
  const hasDots = dots.length > 0
  useEffect(() => {
    if (hasDots && map !== undefined) first()
  }, [hasDots, map])
  const open = ({ members }: Cluster<Dot>): void => {
    const bounds = boundsOf(members)
    if (map === undefined || bounds === undefined) return
    // What the nearest look does not tell apart is told apart by words.
    if (clustersAt(members, zoomMost).length === 1) setHere(members)
    else lookAt(map, bounds, zoomMost)
  }
  return (
    <>
      <div className="map-tools">
        <Button size="xs" variant="default" onClick={() => step(1)}>
          {say('closer')}
        </Button>
        <Button size="xs" variant="default" onClick={() => step(-1)}>
          {say('further')}
        </Button>
        <Button size="xs" variant="default" onClick={showAll} disabled={!hasDots}>
          {say('all')}
        </Button>
      </div>
      {isFailed ? (
        <div className="notice" data-tone="warn" role="status">
          {say('land.failed')}
        </div>
      ) : null}
      <div className="map" data-dots={dots.length}>
        <div className="map-land" ref={frame} />
        {map === undefined ? null : <Dots map={map} dots={dots} open={open} />}
      </div>
      {here.length === 0 ? null : <Here dots={here} close={() => setHere([])} />}
    </>
  )
}

/** The land in its frame, as long as the page is there. */
function useLand() {
  const frame = useRef<HTMLDivElement>(null)
  const [map, setMap] = useState<MapLibreMap>()
  const [isFailed, setFailed] = useState(false)
  const scheme = useComputedColorScheme()
  useEffect(() => {
    const { current } = frame
    if (current === null) return
    const drawn = drawLand(current, say('map'), () => setFailed(true))
    drawn.on('style.load', () => {
      paintLand(drawn, current)
      setMap(drawn)
    })
    return () => {
      setMap(undefined)
      drawn.remove()
    }
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the colours of the page change with the scheme
  useEffect(() => {
    if (map !== undefined && frame.current !== null) paintLand(map, frame.current)
  }, [map, scheme])
  return { frame, map, isFailed }
}

interface DotsProps {
  readonly map: MapLibreMap
  readonly dots: readonly Dot[]
  readonly open: (cluster: Cluster<Dot>) => void
}

/** Dots are parts of the page above the land: they have its colours, and a name for whoever listens. The list is the way by keyboard. */
function Dots({ map, dots, open }: DotsProps) {
  const [, moved] = useState(0)
  useEffect(() => {
    const move = (): void => moved((count) => count + 1)
    map.on('move', move)
    map.on('resize', move)
    return () => {
      map.off('move', move)
      map.off('resize', move)
    }
  }, [map])
  // Only whole steps make other clusters: they do not flicker while somebody zooms.
  const zoom = Math.round(map.getZoom())
  const clusters = useMemo(() => clustersAt(dots, zoom), [dots, zoom])
  const { clientWidth: width, clientHeight: height } = map.getContainer()
  return (
    <div className="map-dots" data-zoom={map.getZoom().toFixed(2)}>
      {clusters.map((cluster) => {
        const { x, y } = map.project([cluster.lon, cluster.lat])
        if (x < 0 || y < 0 || x > width || y > height) return null
        const key = cluster.members[0]?.id ?? ''
        return (
          <div key={key} className="map-spot" style={{ transform: `translate(${x}px, ${y}px)` }}>
            <One cluster={cluster} open={open} />
            {clusters.length > namedMost ? null : <PlaceName members={cluster.members} />}
          </div>
        )
      })}
    </div>
  )
}

/** What the place is called, where all that stands there is in one. Whoever listens hears it with the dot. */
function PlaceName({ members }: Pick<Cluster<Dot>, 'members'>) {
  const [name, ...others] = new Set(members.map(({ place }) => place?.split(',', 1)[0]))
  if (name === undefined || others.length > 0) return null
  return (
    <span className="map-name" aria-hidden="true">
      {name}
    </span>
  )
}

function One({ cluster, open }: { readonly cluster: Cluster<Dot>; readonly open: DotsProps['open'] }) {
  const { members } = cluster
  const [first] = members
  if (first === undefined) return null
  const kind = worstOf(members)
  const place = first.place ?? say('unknown')
  if (members.length > 1)
    return (
      <button
        type="button"
        className="map-dot"
        tabIndex={-1}
        data-kind={kind}
        data-count={members.length}
        aria-label={say('cluster', { count: members.length, place })}
        onClick={() => open(cluster)}
      >
        <span aria-hidden="true">{forms[kind]}</span> {members.length}
      </button>
    )
  const name = first.trackingNumber ?? first.id
  return (
    <span className="map-dot" data-kind={kind} data-count="1" data-exactness={first.exactness}>
      <To
        page="/shipments/$id"
        id={first.id}
        isPassedOver
        label={say('dot', { name, place, status: plain(first.status) })}
      >
        <span aria-hidden="true">{forms[kind]}</span>
      </To>
    </span>
  )
}

/** What no zoom tells apart: at most as many links as somebody reads. */
function Here({ dots, close }: { readonly dots: readonly Dot[]; readonly close: () => void }) {
  const panel = useRef<HTMLElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place is another list
  useEffect(() => panel.current?.focus(), [dots])
  return (
    <section className="card" aria-label={say('here')} ref={panel} tabIndex={-1}>
      <h2>{say('cluster', { count: dots.length, place: dots[0]?.place ?? say('unknown') })}</h2>
      <ul className="map-here">
        {dots.slice(0, hereMost).map((dot) => (
          <li key={dot.id}>
            <span aria-hidden="true">{forms[kindOf(dot)]}</span>{' '}
            <To page="/shipments/$id" id={dot.id}>
              {dot.trackingNumber ?? dot.id}
            </To>{' '}
            {plain(dot.status)}
          </li>
        ))}
      </ul>
      {dots.length > hereMost ? <p>{say('part', { count: hereMost })}</p> : null}
      <Button size="xs" variant="default" onClick={close}>
        {say('close')}
      </Button>
    </section>
  )
}

const hereMost = 50
/** Names of more places would stand on each other. */
const namedMost = 25
