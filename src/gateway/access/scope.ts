import { InterlineError } from '../../base/errors.ts'
import { type Principal, type Scope, scopes } from './principal.ts'

/** What a key or a client may be given: everything, a scope, or a scope for things whose name fits a filter. */
export const scopePattern = `^(\\*|(${scopes.join('|')})(:[A-Za-z0-9._*-]{1,64})?)$`

/** Whether somebody with these scopes may hand this one on: nobody gives what they do not have. */
export function covers(granted: readonly string[], wanted: string): boolean {
  return granted.some((one) => {
    if (one === '*' || one === wanted || wanted.startsWith(`${one}:`)) return true
    return one.endsWith('*') && one.includes(':') && wanted.startsWith(one.slice(0, -1)) && filterOf(one) !== ''
  })
}

/** Nobody gives what they do not have, nor touches whoever has more. Throws SCOPE_MISSING. */
export function demandCovers({ scopes: granted }: Pick<Principal, 'scopes'>, wanted: readonly string[]): void {
  const beyond = wanted.find((scope) => !covers(granted, scope))
  if (beyond !== undefined) throw new InterlineError('SCOPE_MISSING', { scope: beyond })
}

/** What stands behind resource and verb; empty for a scope without a filter. */
function filterOf(scope: string): string {
  const plain = scopes.find((one: Scope) => scope.startsWith(`${one}:`))
  return plain === undefined ? '' : scope.slice(plain.length + 1)
}
