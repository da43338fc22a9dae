import type { Reference } from '../../model/fact.ts'

/** Which events a subscriber wants: type patterns (`*`, `shipment.*`, `shipment.delivered`). Reports are the hub's own matter. */
export function typeFilter(patterns: readonly string[]): (type: string) => boolean {
  const exact = new Set(patterns.filter((pattern) => !pattern.endsWith('*')))
  const prefixes = patterns.filter((pattern) => pattern.endsWith('*')).map((pattern) => pattern.slice(0, -1))
  return (type) => exact.has(type) || prefixes.some((prefix) => type.startsWith(prefix))
}

/** `scheme:value`; an empty list wants every object. */
export function referenceFilter(wanted: readonly string[]): (references: readonly Reference[]) => boolean {
  if (wanted.length === 0) return () => true
  const set = new Set(wanted)
  return (references) => references.some(({ scheme, value }) => set.has(`${scheme}:${value}`))
}
