import type { FastifyReply } from 'fastify'
import { InterlineError } from '../../base/errors.ts'
import { type Standing, stateAt } from '../../registry/contracts/lifecycle.ts'
import type { Principal } from '../access/principal.ts'
import type { Gateway } from '../gateway.ts'
import type { Route } from '../route.ts'

/**
 * Counts the use of an operation, says on the answer that it ends, and refuses it when it has. What a tenant has decided counts more than what
 * is declared. Throws CONTRACT_SUNSET.
 */
export function obeyContract(
  { contractsInForce, now }: Pick<Gateway, 'contractsInForce' | 'now'>,
  route: Route,
  { caller, reply }: { readonly caller: Principal; readonly reply: FastifyReply },
): void {
  const contract = `operation:${route.operationId}`
  const { tenant, key, name, partner } = caller
  if (tenant !== '')
    contractsInForce.used({ tenant, contract, principal: key, name, ...(partner === undefined ? {} : { partner }) })
  const standing = contractsInForce.standing(tenant, contract) ?? declaredStanding(route)
  if (standing === undefined || standing.state === 'published' || standing.state === 'draft') return
  reply.headers(endingHeaders(contract, standing))
  const state = stateAt(standing, now())
  if (state === 'deprecated') return
  const since = standing.sunsetAt === undefined ? 'a decision' : new Date(standing.sunsetAt).toISOString()
  throw new InterlineError('CONTRACT_SUNSET', { contract, since, successor: standing.successor ?? '' })
}

/** What the declaration of a route says of its end. */
export function declaredStanding({ deprecated }: Pick<Route, 'deprecated'>): Standing | undefined {
  if (deprecated === undefined) return undefined
  const { since, sunset, successor, reason } = deprecated
  return {
    state: 'deprecated',
    deprecatedAt: Date.parse(since),
    ...(sunset === undefined ? {} : { sunsetAt: Date.parse(sunset) }),
    ...(successor === undefined ? {} : { successor: `operation:${successor}` }),
    reason,
  }
}

/** `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and the links that go with them. */
export function endingHeaders(
  contract: string,
  { deprecatedAt, sunsetAt, successor, link }: Standing,
): Readonly<Record<string, string>> {
  const place = (id: string): string => `/v1/contracts/${encodeURIComponent(id)}`
  const links = [
    `<${link ?? place(contract)}>; rel="deprecation"`,
    ...(sunsetAt === undefined ? [] : [`<${link ?? place(contract)}>; rel="sunset"`]),
    ...(successor === undefined ? [] : [`<${place(successor)}>; rel="successor-version"`]),
  ]
  return {
    ...(deprecatedAt === undefined ? {} : { deprecation: `@${Math.floor(deprecatedAt / 1000)}` }),
    ...(sunsetAt === undefined ? {} : { sunset: new Date(sunsetAt).toUTCString() }),
    link: links.join(', '),
  }
}
