/**
 * The same function, which makes what belongs to a text once and gives it again. For texts that people declare, such as secrets and
 * address ranges: there are few, and reading them costs more than using them. What a function throws is not remembered.
 */
export function remembered<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly made: T }>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found.made
    const made = make(text)
    if (known.size >= textsMost) known.clear()
    known.set(text, { made })
    return made
  }
}

const textsMost = 1000
