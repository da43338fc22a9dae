import type { Data, Posting } from '../posting.ts'
import type { EffectDefinition } from './definition.ts'
import type { Scope } from './scope.ts'

/** Makes effects that are about the same object and for which the same role is asked. */
export function effectsOf<K>(
  base: Pick<EffectDefinition<K>, 'object' | 'required' | 'role'>,
): (about: string, command: string, make: EffectDefinition<K>['make']) => EffectDefinition<K> {
  return (about, command, make) => ({ about, command, ...base, make })
}

/** Makes postings that must arrive in order, each with what all of them tell. */
export function postingsOf<K>(
  base: (scope: Scope<K>) => Pick<Posting, 'key' | 'payload' | 'priority'>,
): (scope: Scope<K>, businessKey: string, payload: Data) => Omit<Posting, 'command'> {
  return (scope, businessKey, payload) => {
    const all = base(scope)
    return { businessKey, ...all, payload: { ...all.payload, ...payload } }
  }
}
