import type { OpenSetCheck, SetHeader } from '../envelope/events.ts'
import type { CompiledSet } from '../grammar/compiled.ts'
import { findSet, versionOf } from '../sets/find.ts'
import { GrammarCheck } from '../validate/check.ts'
import { overlaidSet } from './apply.ts'
import type { Overlay } from './overlay.ts'

/** Which grammar reads a set; `undefined` where there is none. */
export type ChooseSet = (header: SetHeader) => CompiledSet | undefined

/** The base grammars with a partner's overlays over those that they speak of. Compiled when they are handed over, not per file. */
export function chooseSet(overlays: readonly Overlay[]): ChooseSet {
  const chains = new Map<string, Overlay[]>()
  for (const overlay of overlays) {
    const key = `${overlay.set} ${overlay.version}`
    chains.set(key, [...(chains.get(key) ?? []), overlay])
  }
  const sets = new Map<string, CompiledSet>()
  for (const chain of chains.values()) {
    const made = overlaidSet(chain)
    for (const { set, version, alsoFor = [] } of chain)
      for (const one of [version, ...alsoFor])
        sets.set(`${set} ${one}`, one === version ? made : { ...made, agreedFor: one })
  }
  // A file mostly has sets of one kind.
  let last: Pick<SetHeader, 'syntax' | 'identifier' | 'version'> | undefined
  let chosen: CompiledSet | undefined
  return (header) => {
    const { identifier, syntax, version } = header
    if (last?.identifier === identifier && last.version === version && last.syntax === syntax) return chosen
    const read = versionOf(header)
    chosen = sets.get(`${identifier} ${read}`) ?? findSet(identifier, read)
    last = { identifier, syntax, version }
    return chosen
  }
}

/** As the check of the base grammars, with overlays. */
export function openOverlaidCheck(overlays: readonly Overlay[]): OpenSetCheck {
  const choose = chooseSet(overlays)
  return (header, report) => {
    const set = choose(header)
    return set === undefined ? undefined : GrammarCheck.open(set, report, { syntax: header.syntax })
  }
}
