/** What stands in a manifest as text: empty for nothing, JSON for what is no scalar. */
export function written(value: unknown): string {
  if (typeof value === 'string') return value
  return value === undefined || value === null ? '' : JSON.stringify(value)
}
