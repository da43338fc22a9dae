import type { Conclusion } from '../ledger.ts'
import { storable } from '../storable.ts'
import { isHeld, isTerminal } from '../transitions.ts'
import type { EffectRow, LaneRow, Tables } from './tables.ts'

/** Whether the claim of a conclusion still holds, and its effect is where it was. */
export function standsClaim(tables: Tables, conclusion: Conclusion): boolean {
  const lane = tables.lanes.get(conclusion.lane)
  const row = tables.effects.get(conclusion.effect)
  if (lane?.claimUntil === undefined || lane.claimEpoch !== conclusion.claimEpoch || row === undefined) return false
  return row.laneId === lane.id && row.effect.seq === lane.head && row.effect.state === conclusion.from
}

/** Writes a conclusion whose claim stands, and moves its lane on. */
export function concludeEffect(tables: Tables, conclusion: Conclusion, now: number): void {
  const lane = tables.lanes.get(conclusion.lane)
  const row = tables.effects.get(conclusion.effect)
  if (lane === undefined || row === undefined) throw new RangeError(`there is no effect ${conclusion.effect}`)
  const { to, nextAt, notBefore, documentReference, reason, addAmbiguous, addProcessDeath, attempt } = conclusion
  row.effect = {
    ...row.effect,
    state: to,
    updatedAt: now,
    ambiguous: row.effect.ambiguous + (addAmbiguous === true ? 1 : 0),
    processDeaths: row.effect.processDeaths + (addProcessDeath === true ? 1 : 0),
    ...(nextAt === undefined ? {} : { nextAt }),
    ...(notBefore === undefined ? {} : { notBefore }),
    ...(documentReference === undefined ? {} : { documentReference: storable(documentReference) }),
    ...(reason === undefined ? {} : { reason: storable(reason) }),
  }
  const last = row.attempts.find((one) => one.attempt === row.effect.attempt)
  if (attempt !== undefined && last !== undefined) Object.assign(last, attempt)
  if (conclusion.holdUntil !== undefined) lane.holdUntil = Math.max(lane.holdUntil ?? 0, conclusion.holdUntil)
  lane.claimUntil = undefined
  moveLane(tables, { lane, row, now, nextAt: nextAt ?? now })
}

/** Where a lane stands after its head changed state. */
export function moveLane(
  tables: Tables,
  {
    lane,
    row,
    now,
    nextAt,
  }: { readonly lane: LaneRow; readonly row: EffectRow; readonly now: number; readonly nextAt: number },
): void {
  const { state } = row.effect
  if (isHeld(state)) lane.nextAt = undefined
  else if (!isTerminal(state)) lane.nextAt = nextAt
  else {
    const next = lane.effects
      .map((id) => tables.effects.get(id))
      .find((one) => one !== undefined && !isTerminal(one.effect.state))
    lane.head = next?.effect.seq
    lane.nextAt = next === undefined || isHeld(next.effect.state) ? undefined : Math.max(now, lane.holdUntil ?? now)
    if (next !== undefined) {
      lane.lane = next.effect.lane
      lane.priority = next.effect.priority
    }
  }
}
