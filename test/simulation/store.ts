import type { Backbone } from '../../src/backbone/backbone.ts'
import type { Machine } from './machine.ts'

/**
 * The memory backbone as one machine sees it over a network that loses calls and answers. Every verb is applied at one instant.
 * `seam` may replace single verbs: that is how mutants get in, never by a flag in product code.
 */
export function simulatedStore(
  store: Backbone,
  machine: Machine,
  options: { readonly down: () => boolean; readonly committed: () => void },
): Backbone {
  return wrap(store, machine, options) as Backbone
}

function wrap(
  target: object,
  machine: Machine,
  options: { readonly down: () => boolean; readonly committed: () => void },
): object {
  const cache = new Map<string | symbol, unknown>()
  return new Proxy(target, {
    get: (_, name) => {
      const known = cache.get(name)
      if (known !== undefined) return known
      const value: unknown = Reflect.get(target, name)
      let made: unknown = value
      if (typeof value === 'function') {
        made = (...input: unknown[]): unknown =>
          machine.call(async () => {
            const result: unknown = await Reflect.apply(value, target, input)
            if (writes.has(name)) options.committed()
            return result
          }, options.down)
      } else if (typeof value === 'object' && value !== null) made = wrap(value, machine, options)
      cache.set(name, made)
      return made
    },
  })
}

/** After these somebody may have work: the bells of all machines ring, as NOTIFY would. */
const writes: ReadonlySet<string | symbol> = new Set([
  'commit',
  'conclude',
  'release',
  'releaseWaiting',
  'unclaim',
  'decide',
])
