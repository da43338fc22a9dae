import { LngLatBounds, MapLibreMap, setWorkerUrl } from 'maplibre-gl'
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url'
import 'maplibre-gl/dist/maplibre-gl.css'
import { feature } from 'topojson-client'
import landUrl from 'world-atlas/countries-110m.json?url'
import type { boundsOf } from './clusters.ts'

// A file of our own: the policy of the page allows no worker out of a text.
setWorkerUrl(workerUrl)

/** Beyond it the land is too coarse to say anything. */
export const zoomMost = 9

/** Whether this browser draws maps at all. */
export function canDraw(): boolean {
  return document.createElement('canvas').getContext('webgl2') !== null
}

/** The land without anything on it, in the colours of the page. Nothing is loaded from anywhere but the hub. */
export function drawLand(container: HTMLElement, title: string, failed: () => void): MapLibreMap {
  const map = new MapLibreMap({
    container,
    style: { version: 8, sources: {}, layers: [{ id: 'sea', type: 'background', paint: {} }] },
    center: [10, 30],
    zoom: 1,
    minZoom: 0,
    maxZoom: zoomMost,
    attributionControl: false,
    renderWorldCopies: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    cooperativeGestures: false,
    locale: { 'Map.Title': title },
  })
  map.touchZoomRotate.disableRotation()
  map.keyboard.disableRotation()
  map.on('error', failed)
  map.on('load', () => {
    addLand(map, container).catch(failed)
  })
  return map
}

/** Takes the colours that the page has now: they change between light and dark. */
export function paintLand(map: MapLibreMap, container: HTMLElement): void {
  const style = getComputedStyle(container)
  const colour = (name: string): string => style.getPropertyValue(name).trim()
  if (map.getLayer('sea') !== undefined) map.setPaintProperty('sea', 'background-color', colour('--tower-ground'))
  if (map.getLayer('land') === undefined) return
  map.setPaintProperty('land', 'fill-color', colour('--tone-plain-ground'))
  map.setPaintProperty('borders', 'line-color', colour('--tower-line'))
}

/** Looks at all of these places at once. */
export function lookAt(map: MapLibreMap, bounds: NonNullable<ReturnType<typeof boundsOf>>, zoom: number): void {
  const [west, south, east, north] = bounds
  map.fitBounds(new LngLatBounds([west, south], [east, north]), { padding: 60, maxZoom: zoom, animate: false })
}

async function addLand(map: MapLibreMap, container: HTMLElement): Promise<void> {
  const response = await fetch(landUrl)
  if (!response.ok) throw new Error(`The land was answered with ${response.status}.`)
  const world = (await response.json()) as Parameters<typeof feature>[0]
  const { countries } = world.objects
  if (countries === undefined) throw new Error('The land has no countries.')
  map.addSource('countries', { type: 'geojson', data: feature(world, countries) })
  map.addLayer({ id: 'land', type: 'fill', source: 'countries', paint: {} })
  map.addLayer({ id: 'borders', type: 'line', source: 'countries', paint: { 'line-width': 0.8 } })
  map.once('idle', () => {
    container.dataset['land'] = 'drawn'
  })
  paintLand(map, container)
}
