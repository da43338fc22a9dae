/** Something with a place on the earth, WGS 84, degrees. */
export interface Located {
  readonly lat: number
  readonly lon: number
}

/** Things that stand so close together at a zoom that one dot shows them; a thing alone is a cluster of one. */
export interface Cluster<T extends Located> extends Located {
  readonly members: readonly T[]
}

/** Dots that are nearer than this would be one on top of the other, and hard to hit. */
const nearPx = 40
/** Width of the world at zoom 0. */
const worldPx = 512
/** Beyond it the Mercator projection has no end. */
const latMost = 85

/** Whoever is near the first of a group belongs to it; a cluster stands in the middle of its members. The order of things decides who is first. */
export function clustersAt<T extends Located>(things: readonly T[], zoom: number): readonly Cluster<T>[] {
  const scale = worldPx * 2 ** zoom
  const groups: { readonly x: number; readonly y: number; readonly members: T[] }[] = []
  for (const thing of things) {
    const { x, y } = mercator(thing, scale)
    const near = groups.find((group) => Math.hypot(group.x - x, group.y - y) < nearPx)
    if (near === undefined) groups.push({ x, y, members: [thing] })
    else near.members.push(thing)
  }
  return groups.map(({ members }) => ({
    lat: members.reduce((sum, { lat }) => sum + lat, 0) / members.length,
    lon: members.reduce((sum, { lon }) => sum + lon, 0) / members.length,
    members,
  }))
}

/** West, south, east and north of all of them; undefined without any. */
export function boundsOf(things: readonly Located[]): readonly [number, number, number, number] | undefined {
  if (things.length === 0) return undefined
  const lats = things.map(({ lat }) => lat)
  const lons = things.map(({ lon }) => lon)
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)]
}

function mercator({ lat, lon }: Located, scale: number): { readonly x: number; readonly y: number } {
  const angle = (Math.max(-latMost, Math.min(latMost, lat)) * Math.PI) / 180
  return {
    x: ((lon + 180) / 360) * scale,
    y: ((1 - Math.log(Math.tan(angle) + 1 / Math.cos(angle)) / Math.PI) / 2) * scale,
  }
}
