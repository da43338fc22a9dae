import type { Reading } from './reading.ts'

/** The type of a movement says which way it goes; a sign would say it twice, or the opposite. */
export function readQuantity(line: Reading): string {
  const quantity = line.at('quantity')
  const value = quantity.decimal()
  if (value.startsWith('-')) throw quantity.wrong('a quantity that is not negative')
  return value
}

/** Without the members that were not said. */
export function said<T extends Readonly<Record<string, string | undefined>>>(values: T): { [K in keyof T]?: string } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: string
  }
}
