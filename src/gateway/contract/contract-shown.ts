import { Type } from 'typebox'
import { InterlineError } from '../../base/errors.ts'
import type { DecidedStanding } from '../../registry/contract-standings.ts'
import { type Contract, compatibilityOf, contractKinds } from '../../registry/contracts/contract.ts'
import {
  followersOf,
  type LifecycleState,
  lifecycleStates,
  type Standing,
  stateAt,
} from '../../registry/contracts/lifecycle.ts'
import { serviceOfTag } from '../../registry/service.ts'
import type { Gateway } from '../gateway.ts'
import type { Call } from '../route.ts'

const instant = (description: string) => Type.Optional(Type.String({ description: `${description} RFC 3339.` }))

/** A contract in a list. */
export const contractRow = Type.Object({
  id: Type.String({ description: '`<kind>:<name>`, such as `event:shipment.delivered`.' }),
  kind: Type.String({ enum: [...contractKinds] }),
  name: Type.String(),
  about: Type.String(),
  owner: Type.String({ description: 'Who answers for it.' }),
  version: Type.String({ description: '`major.minor`. A new major breaks somebody.' }),
  state: Type.String({
    enum: [...lifecycleStates],
    description: 'deprecated: still served, and ends; sunset: refused with 410; retired: over for good.',
  }),
  compatibility: Type.String({
    enum: ['backward', 'forward', 'full'],
    description: 'What must go on: what others send (backward), what others read (forward), or both (full).',
  }),
  connection: Type.Optional(Type.String({ description: 'Whose agreement it is; absent: the same for everybody.' })),
  users: Type.Integer({ description: 'Different clients, people and subscriptions that used it in the last 90 days.' }),
  deprecatedAt: instant('Nobody should begin to use it.'),
  sunsetAt: instant('From then on it is refused.'),
  successor: Type.Optional(Type.String({ description: 'Id of the contract that takes its place.' })),
})

/** Who is affected when a contract changes. */
export const consumer = Type.Object({
  kind: Type.String({ enum: ['client', 'subscription', 'partner', 'connection'] }),
  id: Type.String(),
  name: Type.String(),
  partner: Type.Optional(Type.String()),
  uses: Type.Optional(Type.Integer({ description: 'In the last 90 days; absent where uses are not counted.' })),
  lastAt: instant('When it was used last.'),
})

/** One of those who are affected. */
export interface Consumer {
  readonly kind: 'client' | 'subscription' | 'partner' | 'connection'
  readonly id: string
  readonly name: string
  readonly partner?: string
  readonly uses?: number
  readonly lastAt?: string
}

/** How a contract stands: by decision, or as it is declared. */
export function standingOf(
  { contractDesk }: Pick<Gateway, 'contractDesk'>,
  contract: Contract,
  decided: DecidedStanding | undefined,
): Standing & { readonly owner?: string; readonly version?: number } {
  const declared = contract.kind === 'operation' ? contractDesk.operation(contract.name)?.declared : undefined
  return decided ?? declared ?? { state: 'published' }
}

/** A contract as lists show it. */
export function shownRow(
  contract: Contract,
  about: {
    readonly standing: Standing & { readonly owner?: string }
    readonly version: string | undefined
    readonly users: number | undefined
    readonly now: number
  },
): Record<string, unknown> & { readonly id: string; readonly state: LifecycleState; readonly owner: string } {
  const { id, kind, name, connection } = contract
  const { standing, version = '1.0', users = 0, now } = about
  const { deprecatedAt, sunsetAt, successor } = standing
  return {
    ...{ id, kind, name, about: contract.about, version, users },
    owner: standing.owner ?? contract.owner,
    state: stateAt(standing, now),
    compatibility: compatibilityOf(contract),
    ...(connection === undefined ? {} : { connection }),
    ...(deprecatedAt === undefined ? {} : { deprecatedAt: new Date(deprecatedAt).toISOString() }),
    ...(sunsetAt === undefined ? {} : { sunsetAt: new Date(sunsetAt).toISOString() }),
    ...(successor === undefined ? {} : { successor }),
  }
}

/** Whoever would notice: users of the last 90 days, subscriptions that take the events, partners and connections that it is made with. */
export async function consumersOf(
  call: Pick<Call, 'gateway' | 'principal'>,
  contract: Contract,
): Promise<readonly Consumer[]> {
  const { gateway, principal } = call
  const uses = await gateway.contractDesk.uses(principal.tenant, contract.id)
  const clients = uses.map(
    ({ principal: id, name, partner, uses: count, lastAt }): Consumer => ({
      kind: id.startsWith('subscription:') ? 'subscription' : 'client',
      ...{ id, name, uses: count, lastAt: new Date(lastAt).toISOString() },
      ...(partner === undefined ? {} : { partner }),
    }),
  )
  const known = new Set(clients.map(({ id }) => id))
  const others = [...(await subscribersOf(call, contract)), ...ofNetwork(gateway, principal.tenant, contract)]
  return [...clients, ...others.filter(({ id }) => !known.has(id))]
}

const subscriptionsMost = 1000

async function subscribersOf(
  { gateway, principal }: Pick<Call, 'gateway' | 'principal'>,
  contract: Contract,
): Promise<readonly Consumer[]> {
  if (contract.kind !== 'event' && contract.kind !== 'fact') return []
  const { subscriptions } = gateway.backbone.stores
  const rows = await subscriptions.list({ tenant: principal.tenant, limit: subscriptionsMost })
  return rows.flatMap(({ id, body }): Consumer[] => {
    // Written by the routes of subscriptions.
    const { url, types, state } = body as {
      readonly url: string
      readonly types: readonly string[]
      readonly state: string
    }
    const isMeant = contract.name === 'envelope' || gateway.contractDesk.takes(types, contract.name)
    return state === 'disabled' || !isMeant
      ? []
      : [{ kind: 'subscription', id: `subscription:${id}`, name: new URL(url).host }]
  })
}

function ofNetwork(gateway: Gateway, tenant: string, { kind, name, connection }: Contract): readonly Consumer[] {
  const through =
    connection !== undefined
      ? [connection]
      : kind === 'connector'
        ? [...gateway.connections().values()]
            .filter((one) => name.startsWith(`${one.connector.id}.`))
            .map(({ id }) => id)
        : []
  const partners = gateway.network.partners(tenant)
  return through.map((id): Consumer => {
    const partner = partners.find(({ connections }) => connections.some((one) => one.id === id))
    return partner === undefined
      ? { kind: 'connection', id, name: id }
      : { kind: 'partner', id: partner.id, name: partner.name, partner: partner.id }
  })
}

/** The contract that a call names. Throws NOT_FOUND. */
export function namedContract({ gateway, params }: Pick<Call, 'gateway' | 'params'>): Contract {
  const found = gateway.contractDesk.contracts(gateway.connections()).find(({ id }) => id === params['id'])
  if (found === undefined) throw new InterlineError('NOT_FOUND', { what: 'contract with this id' })
  return found
}

/** What may become of a contract next. Operations that keep the hub governable stay, and so does the door. */
export function nextStates(
  { contractDesk, now }: Pick<Gateway, 'contractDesk' | 'now'>,
  { kind, name }: Contract,
  standing: Standing,
): readonly LifecycleState[] {
  const { tag } = (kind === 'operation' ? contractDesk.operation(name) : undefined) ?? { tag: undefined }
  const isKept =
    kind === 'operation' && (tag === undefined || serviceOfTag(tag).isKept === true || name === 'acceptInbound')
  return isKept || name === 'envelope' ? [] : followersOf(stateAt(standing, now()))
}
