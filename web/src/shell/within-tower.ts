/** Only back into the tower: an address that somebody sent must not lead elsewhere after the door. */
export function withinTower(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])/.test(next) ? next : '/'
}
