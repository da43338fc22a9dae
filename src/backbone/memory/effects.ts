import { RowRefused } from '../backbone.ts'
import { laneId } from '../lane.ts'
import type { NewEffect } from '../step.ts'
import type { LaneRow, Tables } from './tables.ts'

/** What the database's unique constraints refuse. */
export function checkEffects(tables: Tables, effects: readonly NewEffect[]): void {
  const references = new Set<string>()
  const ids = new Set<string>()
  effects.filter(isNew(tables)).forEach((effect, index) => {
    const reference = referenceKey(effect)
    const taken =
      tables.references.has(reference) ||
      references.has(reference) ||
      tables.effects.has(effect.id) ||
      ids.has(effect.id)
    if (taken) throw new RowRefused(`effects[${index}]: its id or external reference belongs to another effect`)
    references.add(reference)
    ids.add(effect.id)
  })
}

/** Inserts what is not there yet, each at the end of its lane. An empty lane becomes due. */
export function addEffects(tables: Tables, effects: readonly NewEffect[], now: number): void {
  for (const effect of effects.filter(isNew(tables))) {
    const lane = laneOf(tables, effect)
    const seq = lane.next++
    lane.effects.push(effect.id)
    tables.effects.set(effect.id, {
      effect: {
        ...effect,
        state: 'queued',
        seq,
        attempt: 0,
        ambiguous: 0,
        processDeaths: 0,
        createdAt: now,
        updatedAt: now,
      },
      laneId: lane.id,
      attempts: [],
    })
    tables.naturalKeys.set(naturalKey(effect), effect.id)
    tables.references.set(referenceKey(effect), effect.id)
    if (lane.head !== undefined) continue
    lane.head = seq
    lane.nextAt = Math.max(now, lane.holdUntil ?? now)
    lane.lane = effect.lane
    lane.priority = effect.priority
  }
}

/** Not stored yet, and the first of its natural key in this step. */
function isNew(tables: Tables): (effect: NewEffect) => boolean {
  const seen = new Set<string>()
  return (effect) => {
    const key = naturalKey(effect)
    if (tables.naturalKeys.has(key) || seen.has(key)) return false
    seen.add(key)
    return true
  }
}

function laneOf(tables: Tables, effect: NewEffect): LaneRow {
  const id = laneId(effect)
  const known = tables.lanes.get(id)
  if (known !== undefined) return known
  const { target, key, lane, priority } = effect
  const created: LaneRow = {
    id,
    target,
    key,
    lane,
    priority,
    head: undefined,
    next: 0,
    nextAt: undefined,
    holdUntil: undefined,
    claimEpoch: 0,
    claimUntil: undefined,
    effects: [],
  }
  tables.lanes.set(id, created)
  return created
}

function naturalKey({ tenant, naturalKey: key }: NewEffect): string {
  return `${tenant}\0${key}`
}

function referenceKey({ target, externalReference }: NewEffect): string {
  return `${target}\0${externalReference}`
}
