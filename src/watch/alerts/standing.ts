/** How far a rule is. `since` in ms since 1970: since when it waits in this phase. */
export interface Standing {
  readonly phase: 'calm' | 'pending' | 'firing' | 'clearing'
  readonly since: number
}

/** Something that a rule does. */
export interface AlertTurn {
  readonly kind: 'fired' | 'resolved'
  readonly at: number
}

/** How long something has to stay before it counts. */
export interface Patience {
  readonly holdMinutes: number
  readonly clearMinutes: number
}

const minuteMs = 60_000

/**
 * What a rule does when an answer comes, or when time goes by. Pure, so that the past is judged by what judges the present. An answer
 * that nobody knows changes nothing: it neither fires nor ends anything, and what waits goes on waiting.
 */
export function advance(
  before: Standing,
  { at, isBad }: { readonly at: number; readonly isBad: boolean | undefined },
  patience: Patience,
): { readonly standing: Standing; readonly turns: readonly AlertTurn[] } {
  const waited = elapse(before, at, patience)
  const said = answer(waited.standing, at, isBad)
  // Without patience it happens at once.
  const settled = elapse(said, at, patience)
  return { standing: settled.standing, turns: [...waited.turns, ...settled.turns] }
}

/** What waited long enough happens when it has, not when somebody looks. */
function elapse(standing: Standing, now: number, { holdMinutes, clearMinutes }: Patience): ReturnType<typeof advance> {
  const { phase, since } = standing
  const due = since + (phase === 'pending' ? holdMinutes : clearMinutes) * minuteMs
  if ((phase !== 'pending' && phase !== 'clearing') || due > now) return { standing, turns: [] }
  return phase === 'pending'
    ? { standing: { phase: 'firing', since: due }, turns: [{ kind: 'fired', at: due }] }
    : { standing: { phase: 'calm', since: due }, turns: [{ kind: 'resolved', at: due }] }
}

function answer(standing: Standing, at: number, isBad: boolean | undefined): Standing {
  const { phase } = standing
  if (isBad === undefined) return standing
  if (phase === 'calm' && isBad) return { phase: 'pending', since: at }
  if (phase === 'pending' && !isBad) return { phase: 'calm', since: at }
  if (phase === 'firing' && !isBad) return { phase: 'clearing', since: at }
  if (phase === 'clearing' && isBad) return { phase: 'firing', since: at }
  return standing
}
