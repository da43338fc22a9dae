import type { Definition, StateDefinition } from './definition.ts'

/** What a fact does to a branch in a state: it may move it on, it is remembered for later, or it changes nothing for a reason. */
export type Cell =
  | { readonly kind: 'moves'; readonly to: readonly string[] }
  | { readonly kind: 'remembered' }
  | { readonly kind: 'ignored'; readonly reason: string }

/** The cell of every state and every fact. There is none without: what nothing awaits is remembered. */
export function cellOf(
  { subscribes }: Definition,
  [name, state]: readonly [string, StateDefinition],
  fact: string,
): Cell {
  const reason = subscribes[fact]?.ignored?.[name]
  if (reason !== undefined) return { kind: 'ignored', reason }
  const to = (state.next ?? []).filter(({ awaits }) => awaits.includes(fact)).map((step) => step.to)
  return to.length > 0 ? { kind: 'moves', to: [...new Set(to)] } : { kind: 'remembered' }
}
