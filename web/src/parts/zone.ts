const storeKey = 'interline.zone'

/** The zone in which times are shown: that of whoever looks, or UTC where they chose it. */
export function zone(): string {
  return isUtc() ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone
}

/** Whether somebody chose UTC. */
export function isUtc(): boolean {
  return localStorage.getItem(storeKey) === 'UTC'
}

/** Shows all times in UTC, or in the zone of this browser. */
export function showUtc(isWanted: boolean): void {
  if (isWanted) localStorage.setItem(storeKey, 'UTC')
  else localStorage.removeItem(storeKey)
  location.reload()
}

/** An instant as a field for day and time has it; empty where it is none. */
export function fieldOf(instant: string): string {
  const at = Date.parse(instant)
  if (Number.isNaN(at)) return ''
  const offset = isUtc() ? 0 : new Date(at).getTimezoneOffset() * 60_000
  return new Date(at - offset).toISOString().slice(0, 16)
}

/** What somebody chose in such a field, RFC 3339; empty where it is no moment. */
export function instantOf(field: string): string {
  const at = Date.parse(isUtc() ? `${field}Z` : field)
  return Number.isNaN(at) ? '' : new Date(at).toISOString()
}
