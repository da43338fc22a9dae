import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { freeText } from '../../../model/fields/personal.ts'
import type { ContractVersion } from '../../../registry/contract-versions.ts'
import { compareContracts, isCompatible } from '../../../registry/contracts/compare.ts'
import { contractKinds } from '../../../registry/contracts/contract.ts'
import { isBreaking, judgeContracts } from '../../../registry/contracts/judge.ts'
import {
  type LifecycleState,
  lifecycleStates,
  type Standing,
  stateAt,
  transitionProblem,
} from '../../../registry/contracts/lifecycle.ts'
import { readContracts } from '../../../registry/contracts/read-contracts.ts'
import { noteOf } from '../../access/audit-note.ts'
import { endingHeaders } from '../../contract/contract-obeyed.ts'
import {
  consumer,
  consumersOf,
  contractRow,
  namedContract,
  nextStates,
  shownRow,
  standingOf,
} from '../../contract/contract-shown.ts'
import { instantOf } from '../../instant.ts'
import { page, pageQuery, pageSchema, readPage } from '../../page.ts'
import { type Call, defineRoute, etag } from '../../route.ts'

const text = (description: string) => Type.Optional(Type.String({ maxLength: 200, description }))
const change = Type.Object({
  part: Type.String({ description: 'Of the contract: query, body, answer, data …' }),
  path: Type.String({ description: 'JSON pointer within the part; `*` for every element; empty for all of it.' }),
  reason: Type.String(),
  isBreaking: Type.Boolean(),
  breaks: Type.String({
    enum: ['senders', 'receivers', 'both', 'nobody'],
    description: 'Those who write to the hub by the old version, or those who read what it writes.',
  }),
})

/** Reads the declarations, and what was decided and used. */
export const listContracts = defineRoute({
  method: 'GET',
  path: '/v1/contracts',
  scope: 'contracts:read',
  operationId: 'listContracts',
  summary: 'What has been agreed with others: who answers for it, in which version, how long it goes on, who uses it',
  tag: 'contracts',
  query: Type.Object(
    {
      ...pageQuery,
      kind: Type.Optional(Type.String({ enum: [...contractKinds] })),
      state: Type.Optional(Type.String({ enum: [...lifecycleStates] })),
      owner: text('Only of this owner.'),
      search: text('A part of its id or of what it is about, in any case.'),
      used: Type.Optional(Type.String({ enum: ['yes', 'no'], description: 'Whether somebody used it lately.' })),
    },
    { additionalProperties: false },
  ),
  answer: { status: 200, schema: pageSchema(contractRow) },
  handle: async (call) => {
    const { gateway, principal, query: asked } = call
    const { limit, after = '', query } = readPage(call)
    const { contractDesk: desk } = gateway
    const [standings, newest, users] = await Promise.all([
      desk.standings(principal.tenant),
      desk.newest(principal.tenant),
      desk.users(principal.tenant),
    ])
    const now = gateway.now()
    const search = asked.search?.toLowerCase() ?? ''
    const rows = desk
      .contracts(gateway.connections())
      .map((one) => {
        const standing = standingOf(gateway, one, standings.get(one.id))
        return shownRow(one, { standing, version: newest.get(one.id), users: users.get(one.id), now })
      })
      .filter((one) => (asked.kind ?? one['kind']) === one['kind'] && (asked.state ?? one.state) === one.state)
      .filter((one) => (asked.owner ?? one.owner) === one.owner)
      .filter((one) => asked.used === undefined || (asked.used === 'yes') === Number(one['users']) > 0)
      .filter((one) => `${one.id} ${String(one['about'])}`.toLowerCase().includes(search))
      .filter(({ id }) => id > after)
    return page(call, { rows: rows.slice(0, limit + 1), limit, query, position: ({ id }) => id })
  },
})

const detail = Type.Object({
  ...contractRow.properties,
  decision: Type.Integer({ description: 'Counts the decisions about it: the number in the ETag.' }),
  reason: Type.Optional(freeText(Type.String({ description: 'Why it stands as it does.' }))),
  link: Type.Optional(Type.String({ description: 'Where people read what to do.' })),
  next: Type.Array(Type.String({ enum: [...lifecycleStates] }), {
    description: 'What it can become; empty for what keeps the hub governable.',
  }),
  parts: Type.Array(
    Type.Object({
      name: Type.String(),
      direction: Type.String({
        enum: ['in', 'out', 'both'],
        description:
          'in: others write it; out: the hub writes it; both: it is kept, and read and written by old and new.',
      }),
      schema: Type.Unknown({ description: 'JSON Schema.' }),
    }),
  ),
  consumers: Type.Array(consumer),
})

/** With its schemas as they are now. */
export const readContract = defineRoute({
  method: 'GET',
  path: '/v1/contracts/{id}',
  scope: 'contracts:read',
  operationId: 'readContract',
  summary: 'One contract: its schemas, who uses it, and what it can become',
  tag: 'contracts',
  answer: { status: 200, schema: detail },
  handle: async (call) => answerOf(call),
})

async function answerOf(call: Call): Promise<{ body: unknown; headers: Record<string, string> }> {
  const { gateway, principal } = call
  const contract = namedContract(call)
  const { contractDesk: desk } = gateway
  const [standings, newest, consumers] = await Promise.all([
    desk.standings(principal.tenant),
    desk.newest(principal.tenant),
    consumersOf(call, contract),
  ])
  const standing = standingOf(gateway, contract, standings.get(contract.id))
  const about = { standing, version: newest.get(contract.id), now: gateway.now() }
  const { reason, link, deprecatedAt } = standing
  return {
    body: {
      ...shownRow(contract, { ...about, users: consumers.filter(({ uses }) => uses !== undefined).length }),
      decision: standing.version ?? 0,
      ...(reason === undefined ? {} : { reason }),
      ...(link === undefined ? {} : { link }),
      next: nextStates(gateway, contract, standing),
      parts: contract.parts,
      consumers,
    },
    headers: {
      etag: etag(standing.version ?? 0),
      ...(deprecatedAt === undefined ? {} : endingHeaders(contract.id, standing)),
    },
  }
}

/** Compares each version with the one before. */
export const listContractVersions = defineRoute({
  method: 'GET',
  path: '/v1/contracts/{id}/versions',
  scope: 'contracts:read',
  operationId: 'listContractVersions',
  summary: 'How a contract has changed: each version with what it changed, and whom that breaks; the newest first',
  tag: 'contracts',
  answer: {
    status: 200,
    schema: Type.Object({
      data: Type.Array(
        Type.Object({
          version: Type.String(),
          at: Type.String({ description: 'RFC 3339: since when it is known here.' }),
          hubVersion: Type.String({ description: 'Version of the program that declared it first.' }),
          isBreaking: Type.Boolean(),
          changes: Type.Array(change, { description: 'Against the version before; empty for the first.' }),
        }),
      ),
    }),
  },
  handle: async (call) => {
    const { id } = namedContract(call)
    const versions = await call.gateway.contractDesk.versions(call.principal.tenant, id)
    return { body: { data: versions.map((one, at) => shownVersion(one, versions[at + 1])) } }
  },
})

function shownVersion(one: ContractVersion, before: ContractVersion | undefined): Record<string, unknown> {
  const changes = before === undefined ? [] : compareContracts(before, one)
  const { major, minor, hubVersion, at } = one
  return {
    version: `${major}.${minor}`,
    at: new Date(at).toISOString(),
    hubVersion,
    isBreaking: !isCompatible(changes),
    changes,
  }
}

const filesBytesMost = 16 * 1024 * 1024

/** Compares only; nothing is kept. */
export const checkContracts = defineRoute({
  method: 'POST',
  path: '/v1/contracts/check',
  scope: 'contracts:read',
  operationId: 'checkContracts',
  summary: 'What files of schemas would change of what is published, and whom that breaks; nothing is changed',
  tag: 'contracts',
  repeatable: 'asks',
  body: Type.Object(
    {
      files: Type.Array(
        Type.Object(
          {
            path: Type.String({ maxLength: 1000, description: 'Such as `facts/order.received.json`.' }),
            text: Type.String({ maxLength: 4_000_000, description: 'JSON Schema, OpenAPI or AsyncAPI, as JSON text.' }),
          },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 2000 },
      ),
      complete: Type.Optional(
        Type.Array(Type.String({ enum: [...contractKinds] }), {
          maxItems: 10,
          description: 'Kinds of which the files hold everything: what is missing is removed.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  bytesMax: filesBytesMost,
  answer: {
    status: 200,
    schema: Type.Object({
      isCompatible: Type.Boolean(),
      checked: Type.Integer({ description: 'Contracts that were found in the files.' }),
      verdicts: Type.Array(
        Type.Object({
          id: Type.String(),
          verdict: Type.String({ enum: ['new', 'compatible', 'breaking', 'removed'] }),
          changes: Type.Array(change),
          consumers: Type.Array(consumer, { description: 'Whom it breaks; empty where it breaks nobody.' }),
        }),
        { description: 'Of what is not the same; at most 1,000.' },
      ),
      faults: Type.Array(Type.String(), { description: 'What could not be read, with the path.' }),
      passedOver: Type.Array(Type.String(), { description: 'Files that describe no contract.' }),
    }),
  },
  handle: async (call) => {
    const { gateway, principal, body } = call
    const { contracts: proposed, passedOver, faults } = readContracts(body.files)
    const published = gateway.contractDesk.contracts(gateway.connections())
    const standings = await gateway.contractDesk.standings(principal.tenant)
    const stateOf = (id: string): LifecycleState => {
      const standing = standings.get(id)
      return standing === undefined ? 'published' : stateAt(standing, gateway.now())
    }
    // The schema says which there are.
    const complete = (body.complete ?? []) as (typeof contractKinds)[number][]
    const verdicts = judgeContracts({ published, proposed, complete, stateOf }).filter(
      ({ verdict }) => verdict !== 'same',
    )
    const shown = []
    for (const verdict of verdicts.slice(0, verdictsMost)) {
      const contract = published.find(({ id }) => id === verdict.id)
      const isAffected = contract !== undefined && isBreaking(verdict)
      shown.push({ ...verdict, consumers: isAffected ? await consumersOf(call, contract) : [] })
    }
    const isGood = faults.length === 0 && !verdicts.some(isBreaking)
    return { body: { isCompatible: isGood, checked: proposed.length, verdicts: shown, faults, passedOver } }
  },
})

const verdictsMost = 1000

/** A decision, with its reason in the audit log. */
export const changeContract = defineRoute({
  method: 'PATCH',
  path: '/v1/contracts/{id}',
  scope: 'contracts:write',
  operationId: 'changeContract',
  summary: 'Deprecate a contract, take that back, end it, or name another owner; with the reason, for the audit log',
  tag: 'contracts',
  repeatable: 'sets',
  body: Type.Object(
    {
      state: Type.Optional(Type.String({ enum: [...lifecycleStates] })),
      deprecatedAt: Type.Optional(Type.String({ format: 'date-time', maxLength: 40, description: 'Now without it.' })),
      sunsetAt: Type.Optional(Type.String({ format: 'date-time', maxLength: 40 })),
      successor: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Id of another contract.' })),
      link: Type.Optional(Type.String({ pattern: '^https?://[^\\s<>"]+$', maxLength: 500 })),
      owner: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
      reason: freeText(Type.String({ minLength: 3, maxLength: 500 })),
    },
    { additionalProperties: false },
  ),
  conditional: true,
  answer: { status: 200, schema: detail },
  handle: async (call) => {
    const { gateway, principal, body, ifMatch = -1 } = call
    const contract = namedContract(call)
    const standings = await gateway.contractDesk.standings(principal.tenant)
    const before = standingOf(gateway, contract, standings.get(contract.id))
    const version = before.version ?? 0
    if (version !== ifMatch) throw new InterlineError('VERSION_STALE', { version })
    const after = wantedStanding(call, before)
    const problem = problemWith(call, { before, after })
    if (problem !== undefined) throw new InterlineError('CONTRACT_TRANSITION', { contract: contract.id, problem })
    const owner = body.owner ?? before.owner
    const decision = {
      ...after,
      tenant: principal.tenant,
      contract: contract.id,
      version,
      ...(owner === undefined ? {} : { owner }),
    }
    const note = noteOf(call, { reason: body.reason, before: toldStanding(before), after: toldStanding(decision) })
    if (!(await gateway.contractDesk.decide(decision, note)))
      throw new InterlineError('VERSION_STALE', { version: version + 1 })
    await gateway.contractsInForce.refresh()
    return answerOf(call)
  },
})

type Wish = {
  readonly state?: string
  readonly deprecatedAt?: string
  readonly sunsetAt?: string
  readonly successor?: string
  readonly link?: string
  readonly reason: string
}

/** What it would be: without a state only what is said besides changes. Throws REQUEST_INVALID. */
function wantedStanding(
  { gateway, body }: { readonly gateway: Call['gateway']; readonly body: Wish },
  before: Standing,
): Standing {
  // The schema says which there are.
  const state = (body.state ?? before.state) as LifecycleState
  const { reason } = body
  if (state === 'draft' || state === 'published') return { state, reason }
  const told = (name: 'deprecatedAt' | 'sunsetAt'): number | undefined =>
    body[name] === undefined ? undefined : instantOf(name, body[name])
  const deprecatedAt = told('deprecatedAt') ?? before.deprecatedAt ?? gateway.now()
  const sunsetAt =
    told('sunsetAt') ?? (state === 'sunset' && body.state !== undefined ? gateway.now() : before.sunsetAt)
  const successor = body.successor ?? before.successor
  const link = body.link ?? before.link
  return {
    state,
    reason,
    deprecatedAt,
    ...(sunsetAt === undefined ? {} : { sunsetAt }),
    ...(successor === undefined ? {} : { successor }),
    ...(link === undefined ? {} : { link }),
  }
}

function problemWith(
  call: { readonly gateway: Call['gateway']; readonly params: Call['params']; readonly body: Wish },
  { before, after }: { readonly before: Standing; readonly after: Standing },
): string | undefined {
  const { gateway, body } = call
  const contract = namedContract(call)
  const { sunsetAt = 0, successor } = after
  if (successor !== undefined && successor === contract.id) return 'it cannot take its own place'
  const known = gateway.contractDesk.contracts(gateway.connections())
  if (successor !== undefined && !known.some(({ id }) => id === successor)) return `there is no contract ${successor}`
  if (body.state === 'sunset' && sunsetAt > gateway.now()) return 'a sunset that is still to come is a deprecation'
  if (body.state === undefined && after.state === before.state && after.state !== 'deprecated') return undefined
  const next = nextStates(gateway, contract, before)
  if (next.length === 0 && stateAt(before, gateway.now()) === 'published')
    return 'the hub could not be governed without it'
  return transitionProblem(before, after, gateway.now())
}

/** As the audit log shows it. */
function toldStanding({
  state,
  deprecatedAt,
  sunsetAt,
  successor,
  owner,
}: Standing & { readonly owner?: string }): object {
  return {
    state,
    ...(deprecatedAt === undefined ? {} : { deprecatedAt: new Date(deprecatedAt).toISOString() }),
    ...(sunsetAt === undefined ? {} : { sunsetAt: new Date(sunsetAt).toISOString() }),
    ...(successor === undefined ? {} : { successor }),
    ...(owner === undefined ? {} : { owner }),
  }
}
