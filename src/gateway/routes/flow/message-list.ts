import { Type } from 'typebox'
import type { MessageHead } from '../../../backbone/look-back.ts'
import type { Park } from '../../../backbone/step.ts'
import { instantOf } from '../../instant.ts'
import { linkTo, many, pageQuery, readPage } from '../../page.ts'
import { nextActionOf } from '../../problem.ts'
import { type Call, defineRoute } from '../../route.ts'
import { LookBack, type LookBackWish } from '../../shown/look-back.ts'
import {
  isTaken,
  type MessageStatus,
  messageStatuses,
  type Outcome,
  outcomesOf,
  parksOf,
} from '../../shown/message-status.ts'

const instant = (description: string) => Type.Optional(Type.String({ maxLength: 40, description }))
/** Messages whose facts are looked up for one answer. */
const outcomesMost = 1000

const query = Type.Object(
  {
    limit: pageQuery.limit,
    // It names a place in each partition, and there may be 256.
    cursor: Type.Optional(
      Type.String({ maxLength: 4096, description: 'From the `next` of an earlier page of the same query.' }),
    ),
    connection: many('Through which it came.'),
    partner: Type.Optional(Type.String({ maxLength: 200, description: 'Through any connection of this partner.' })),
    state: Type.Optional(Type.String({ enum: [...messageStatuses], description: 'As the page of the message says.' })),
    receivedFrom: instant('Received at or after, RFC 3339.'),
    receivedTo: instant('Received before, RFC 3339.'),
    contentType: Type.Optional(Type.String({ maxLength: 200, description: 'Media type without parameters.' })),
    identity: Type.Optional(Type.String({ maxLength: 1024, description: 'Exactly this one.' })),
    traceId: Type.Optional(
      Type.String({ maxLength: 32, description: 'Of one trace: a message that is taken in parts, with its parts.' }),
    ),
  },
  { additionalProperties: false },
)

const row = Type.Object({
  id: Type.String(),
  connection: Type.String(),
  receivedAt: Type.String(),
  status: Type.String({ description: 'pending, applied, ignored or parked.' }),
  identity: Type.String(),
  contentType: Type.String(),
  bytes: Type.Integer(),
  code: Type.Optional(Type.String({ description: 'Why it is parked.' })),
  nextAction: Type.Optional(Type.String()),
  subjects: Type.Array(Type.String(), { description: 'Objects that its facts are about; five at most.' }),
  names: Type.Record(Type.String(), Type.String(), {
    description: 'What people call these objects, by id: the number of an order, a tracking number.',
  }),
  partner: Type.Optional(Type.String({ description: 'Whose connection it is; absent for our own systems.' })),
  lane: Type.String(),
  traceId: Type.String(),
  replayOf: Type.Optional(Type.String()),
})

/** There is no table of messages that intake would have to write: the inbox is read backwards. */
export const listMessages = defineRoute({
  method: 'GET',
  path: '/v1/messages',
  scope: 'messages:read',
  partners: true,
  operationId: 'listMessages',
  summary: 'What arrived, the newest first, and what became of it',
  tag: 'messages',
  query,
  answer: {
    status: 200,
    schema: Type.Object({
      data: Type.Array(row),
      page: Type.Object({
        next: Type.Union([Type.String(), Type.Null()], {
          description: 'Cursor of the next page; null on the last one.',
        }),
        lookedBackTo: Type.Optional(
          Type.String({
            description:
              'Enough was looked at for one answer: what was received before this instant was not. Go on with `next`, or filter by time.',
          }),
        ),
      }),
    }),
  },
  handle: async (call) => {
    const { limit, after, query: asked } = readPage(call)
    const state = call.query.state as MessageStatus | undefined
    const { partitions, ...wish } = wishOf(call)
    const { backbone } = call.gateway
    // Read before the facts: what is translated in between shows as what it became.
    const translated = new Map(
      await Promise.all(
        partitions.map(async (one) => [one, (await backbone.position('translate', one)).offset] as const),
      ),
    )
    const parks = new Map<string, Park>()
    const lookBack = await LookBack.begin(backbone, {
      ...wish,
      partitions,
      ...(after === undefined ? {} : { positions: after.split('.').map((one) => Number.parseInt(one, 36)) }),
      fits: async (heads) => {
        const wanted = heads.filter(wish.isWanted)
        if (state === undefined) return wanted
        const held = await parksOf(backbone, wanted)
        return wanted.filter(({ id, partition, offset }) => {
          const isPending = offset > (translated.get(partition) ?? -1)
          const park = held.get(id)
          if (park !== undefined) return state === (isTaken(park) ? 'pending' : 'parked')
          return state !== 'parked' && (state === 'pending') === isPending
        })
      },
    })
    const data: Row[] = []
    let last: MessageHead | undefined
    let lookedUp = 0
    while (data.length < limit && lookedUp < outcomesMost) {
      const heads = await lookBack.take(limit - data.length)
      if (heads.length === 0) break
      lookedUp += heads.length
      last = heads.at(-1)
      for (const [id, park] of await parksOf(backbone, heads)) parks.set(id, park)
      const outcomes = await outcomesOf(backbone, heads, { parks, translated })
      const rows = heads.map((head) => shown(head, outcomes.get(head.id), parks.get(head.id)))
      data.push(...rows.filter(({ status }) => state === undefined || status === state))
    }
    const named = await withNames(call, data)
    const { next } = lookBack
    const isCut = next !== undefined && data.length < limit
    const until = isCut ? (lookBack.stoppedAt ?? last?.receivedAt) : undefined
    const cursor =
      next === undefined ? null : call.gateway.cursors.sign(asked, next.map((one) => one.toString(36)).join('.'))
    const lookedBackTo = until === undefined ? {} : { lookedBackTo: new Date(until).toISOString() }
    return { body: { data: named, page: { next: cursor, ...lookedBackTo } }, ...linkTo(call.query, cursor) }
  },
})

type Wish = Omit<LookBackWish, 'fits' | 'positions'> & { readonly isWanted: (head: MessageHead) => boolean }

/** The filters. Throws REQUEST_INVALID. */
function wishOf({ gateway, principal, query }: Call): Wish {
  const text = (name: string): string | undefined => query[name] as string | undefined
  const known = gateway.connections()
  const { partner: own, tenant } = principal
  const [partner, contentType, identity] = [text('partner'), text('contentType')?.toLowerCase(), text('identity')]
  const trace = text('traceId')
  const ofPartner = gateway.network
    .partners(tenant)
    .find(({ id }) => id === partner)
    ?.connections.map(({ id }) => id)
  const asked = query['connection'] === undefined ? undefined : [query['connection']].flat().map(String)
  const limited = partner === undefined ? asked : (ofPartner ?? []).filter((id) => asked?.includes(id) ?? true)
  const connections = limited ?? (own === undefined ? undefined : [...known.keys()])
  const places = connections?.map((id) => known.get(id)?.partition)
  // A connection that is gone has left its messages behind, in a partition that nobody knows any more.
  const isAnywhere = places === undefined || (own === undefined && places.includes(undefined))
  const all = Array.from({ length: gateway.backbone.partitions }, (_, partition) => partition)
  const isWanted = (head: MessageHead): boolean =>
    head.tenant === tenant &&
    (connections === undefined || connections.includes(head.connection)) &&
    (identity === undefined || head.identity === identity) &&
    (trace === undefined || head.trace === trace) &&
    (contentType === undefined || head.contentType.split(';')[0]?.trim().toLowerCase() === contentType)
  const [from, to] = [text('receivedFrom'), text('receivedTo')]
  return {
    partitions: isAnywhere ? all : all.filter((partition) => places.includes(partition)),
    isWanted,
    ...(from === undefined ? {} : { from: instantOf('receivedFrom', from) }),
    ...(to === undefined ? {} : { to: instantOf('receivedTo', to) }),
  }
}

type Row = Readonly<Record<string, unknown>> & {
  readonly status: MessageStatus
  readonly connection: string
  readonly subjects: readonly string[]
}

/** The same rows with words for what has an id, in one question for all of them. */
async function withNames({ gateway, principal }: Call, rows: readonly Row[]): Promise<readonly object[]> {
  const { tenant } = principal
  const names = await gateway.references.names(tenant, [...new Set(rows.flatMap(({ subjects }) => subjects))])
  const owners = new Map(
    gateway.network.partners(tenant).flatMap((one) => one.connections.map(({ id }) => [id, one.id] as const)),
  )
  return rows.map((row) => {
    const partner = owners.get(row.connection)
    return {
      ...row,
      names: Object.fromEntries(row.subjects.flatMap((id) => (names.has(id) ? [[id, names.get(id)]] : []))),
      ...(partner === undefined ? {} : { partner }),
    }
  })
}

function shown(head: MessageHead, outcome: Outcome | undefined, park: Park | undefined): Row {
  const { id, connection, receivedAt, identity, contentType, bytes, lane, trace, replayOf } = head
  return {
    id,
    connection,
    receivedAt: new Date(receivedAt).toISOString(),
    status: outcome?.status ?? 'ignored',
    identity,
    contentType,
    bytes,
    ...(park === undefined || isTaken(park) ? {} : { code: park.code, nextAction: nextActionOf(park.code) }),
    subjects: outcome?.subjects ?? [],
    lane,
    traceId: trace,
    ...(replayOf === undefined ? {} : { replayOf }),
  }
}
