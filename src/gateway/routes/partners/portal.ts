import { Type } from 'typebox'
import { messageId } from '../../../backbone/step.ts'
import { InterlineError } from '../../../base/errors.ts'
import type { Connection } from '../../../flow/connection.ts'
import { freeText } from '../../../model/fields/personal.ts'
import type { ShownPartner } from '../../desks/network-desk.ts'
import { partnerNext } from '../../portal/partner-words.ts'
import { standingsOf } from '../../portal/standing.ts'
import { type Call, defineRoute } from '../../route.ts'
import { LookBack } from '../../shown/look-back.ts'

const volumes = {
  lastSeenOn: Type.Optional(Type.String({ description: 'Day, UTC. Absent: nothing has come so far.' })),
  silentDays: Type.Optional(Type.Integer({ description: 'Whole days since then.' })),
  received: Type.Integer({ description: 'Documents in 30 days.' }),
  refused: Type.Integer({ description: 'Refused at the door in 30 days.' }),
  refusedPercent: Type.String({ description: 'Of all in 30 days, one decimal.' }),
}

const standing = Type.Object(
  {
    id: Type.String(),
    name: Type.String(),
    role: Type.String(),
    contacts: Type.Array(Type.String()),
    connections: Type.Array(
      Type.Object({
        ...{ id: Type.String(), connector: Type.String(), ways: Type.Array(Type.String()), ...volumes },
        parked: Type.Integer(),
        trial: Type.Optional(
          Type.Object({ at: Type.String(), passed: Type.Boolean() }, { description: 'The newest trial.' }),
        ),
      }),
    ),
    ...volumes,
    days: Type.Array(Type.Object({ day: Type.String(), received: Type.Integer(), refused: Type.Integer() })),
    quietDays: Type.Integer({ description: 'Days of silence that are agreed; 0: nothing is.' }),
    isLate: Type.Boolean({ description: 'It is silent for longer than agreed.' }),
    parked: Type.Integer({ description: 'Documents of it that wait; 200 a connection at most are counted.' }),
    acknowledgementsOverdue: Type.Integer({ description: 'Documents to it whose answer is late.' }),
    certificates: Type.Array(
      Type.Object({
        ...{ connection: Type.String(), use: Type.String(), subject: Type.String(), fingerprint: Type.String() },
        ...{ validFrom: Type.String(), validTo: Type.String(), isUsed: Type.Boolean() },
        daysLeft: Type.Integer(),
        isShort: Type.Boolean({ description: 'It ends within 30 days.' }),
      }),
    ),
    pendingCertificates: Type.Integer({
      description: 'Certificates that it has uploaded and nobody has decided about.',
    }),
    credentials: Type.Integer({ description: 'Keys and clients that count.' }),
    people: Type.Integer({ description: 'People of it who may sign in.' }),
    checklist: Type.Array(
      Type.Object({
        step: Type.String(),
        done: Type.Boolean(),
        detail: Type.String(),
        nextAction: Type.String({ description: 'Empty where it is done.' }),
      }),
      { description: 'From nothing to live, in order.' },
    ),
  },
  { title: 'PartnerStanding' },
)

const about = { scope: 'network:read', partners: true, tag: 'network' } as const

/** All partners, for staff; a partner sees itself. */
export const listStandings = defineRoute({
  ...about,
  method: 'GET',
  path: '/v1/partner-standings',
  operationId: 'listPartnerStandings',
  summary: 'How each partner stands: last seen, volumes, refusals, late answers, certificates, onboarding',
  answer: { status: 200, schema: Type.Object({ data: Type.Array(standing) }) },
  handle: async ({ gateway, principal }) => {
    const { tenant } = principal
    return { body: { data: await standingsOf(gateway, tenant, ownPartners(gateway, principal)) } }
  },
})

/** One of them. */
export const readStanding = defineRoute({
  ...about,
  method: 'GET',
  path: '/v1/partners/{partner}/standing',
  operationId: 'readPartnerStanding',
  summary: 'How one partner stands',
  answer: { status: 200, schema: standing },
  handle: async ({ gateway, principal, params }) => {
    const found = ownPartners(gateway, principal).filter(({ id }) => id === params.partner)
    const [body] = await standingsOf(gateway, principal.tenant, found)
    if (body === undefined) throw new InterlineError('NOT_FOUND', { what: 'partner with this name' })
    return { body }
  },
})

function ownPartners(gateway: Call['gateway'], { tenant, partner }: Call['principal']): readonly ShownPartner[] {
  return gateway.network.partners(tenant).filter(({ id }) => partner === undefined || id === partner)
}

/** A document of 10 MiB takes a third more in base64. */
const trialBytesMax = 14 * 1024 * 1024

/** Before somebody sends it in earnest. */
export const tryConnection = defineRoute({
  method: 'POST',
  path: '/v1/connections/{connection}/trials',
  scope: 'portal:write',
  partners: true,
  operationId: 'tryDocument',
  summary:
    'Try a document: it is read as the hub would read it, rule by rule, and nothing is stored, booked or answered',
  tag: 'network',
  repeatable: 'asks',
  bytesMax: trialBytesMax,
  body: Type.Object(
    {
      content: Type.String({ minLength: 1, description: 'The document, in base64.' }),
      contentType: Type.Optional(
        Type.String({ maxLength: 200, description: 'As it will be sent; application/json without it.' }),
      ),
    },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: Type.Object({
      passed: Type.Boolean(),
      rules: Type.Array(
        Type.Object({
          rule: Type.String({ description: 'size, format, structure, meaning, codes.' }),
          result: Type.String({ description: 'passed, failed or skipped.' }),
          detail: Type.String(),
          place: Type.Optional(Type.String({ description: 'Segment and element, field, or byte.' })),
          expected: Type.Optional(Type.String()),
          example: Type.Optional(Type.String()),
          nextAction: Type.Optional(Type.String()),
        }),
      ),
    }),
  },
  handle: async (call) => {
    const { gateway, principal, body } = call
    const connection = connectionOf(call)
    const bytes = Buffer.from(body.content, 'base64')
    if (bytes.length === 0) throw new InterlineError('BODY_MALFORMED', { problem: 'content is not base64' })
    const rules = await gateway.network.tryDocument(connection, {
      bytes,
      contentType: body.contentType ?? 'application/json',
    })
    const passed = rules.every(({ result }) => result === 'passed')
    await gateway.trials.note({ tenant: principal.tenant, connection: connection.id, passed })
    return { body: { passed, rules } }
  },
})

const messagesMost = 100

/** A window of the log: there is no list of messages that somebody would have to keep. */
export const listConnectionMessages = defineRoute({
  method: 'GET',
  path: '/v1/connections/{connection}/messages',
  scope: 'messages:read',
  partners: true,
  operationId: 'listConnectionMessages',
  summary: `What came through a connection lately, the newest first; of what could not be taken, what whoever sent it does next`,
  tag: 'messages',
  query: Type.Object(
    { limit: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,2}$', description: `At most ${messagesMost}.` })) },
    { additionalProperties: false },
  ),
  answer: {
    status: 200,
    schema: Type.Object({
      data: Type.Array(
        Type.Object({
          id: Type.String(),
          identity: Type.String(),
          receivedAt: Type.String(),
          contentType: Type.String(),
          bytes: Type.Integer(),
          status: Type.String({ description: 'pending, taken, waiting or parked.' }),
          problem: Type.Optional(
            Type.Object(
              { code: Type.String(), detail: freeText(Type.String()), nextAction: Type.String() },
              {
                description: 'In the words of whoever sent it.',
              },
            ),
          ),
        }),
      ),
      isWhole: Type.Boolean({ description: 'False: older ones were not looked at.' }),
    }),
  },
  handle: async (call) => {
    const { gateway, principal, query } = call
    const connection = connectionOf(call)
    const limit = Math.min(messagesMost, Number(query.limit ?? 50))
    const { backbone } = gateway
    const { id: through, partition } = connection
    const lookBack = await LookBack.begin(backbone, {
      partitions: [partition],
      fits: async (heads) => heads.filter((head) => head.connection === through),
    })
    const [recent, { offset }] = await Promise.all([lookBack.take(limit), backbone.position('translate', partition)])
    // Of those that are shown: older ones may wait by the thousand.
    const before = (recent.at(-1)?.offset ?? 0) - 1
    const parked = await backbone.parked({
      tenant: principal.tenant,
      connection: through,
      limit,
      ...(before < 0 ? {} : { after: messageId(partition, before) }),
    })
    const parks = new Map(parked.map((one) => [one.message, one]))
    const data = recent.map((one) => {
      const park = parks.get(one.id)
      const problem =
        park === undefined
          ? {}
          : { problem: { code: park.code, detail: park.detail, nextAction: partnerNext(park.code) } }
      const { id, identity, contentType, bytes } = one
      const status = park?.state ?? (one.offset > offset ? 'pending' : 'taken')
      const receivedAt = new Date(one.receivedAt).toISOString()
      return { id, identity, receivedAt, contentType, bytes, status, ...problem }
    })
    return { body: { data, isWhole: lookBack.next === undefined } }
  },
})

/** The connection of the path, of the caller. Throws NOT_FOUND. */
export function connectionOf({ gateway, principal, params }: Call): Connection {
  const found = gateway.connections().get(params['connection'] ?? '')
  if (found?.tenant !== principal.tenant) throw new InterlineError('NOT_FOUND', { what: 'connection with this name' })
  return found
}
