import type { EffectDefinition } from './definition.ts'

/** Makes effects that are about the same object and for which the same role is asked. */
export function effectsOf<K>(
  base: Pick<EffectDefinition<K>, 'object' | 'required' | 'role'>,
): (about: string, command: string, make: EffectDefinition<K>['make']) => EffectDefinition<K> {
  return (about, command, make) => ({ about, command, ...base, make })
}
