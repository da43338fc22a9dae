/** The members that were said: what is undefined is left out, because unsaid differs from said to be nothing. */
export function stated<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const found: { [K in keyof T]?: Exclude<T[K], undefined> } = {}
  for (const name in values) {
    const value = values[name]
    if (value !== undefined) found[name] = value as Exclude<T[typeof name], undefined>
  }
  return found
}
