import type { IncomingMessage, ServerResponse } from 'node:http'
import { Type } from 'typebox'
import { limits } from '../../../base/limits.ts'
import { demand, hasScope, type Principal } from '../../access/principal.ts'
import { stillAllowed } from '../../access/session.ts'
import { InvalidRequest } from '../../problem.ts'
import { type Call, defineRoute } from '../../route.ts'
import { Follower } from '../../stream/follower.ts'
import { type Topic, topicNames, topics } from '../../stream/topics.ts'

/** Goes on until the listener leaves, or the hub stops. */
export const followStream = defineRoute({
  method: 'GET',
  path: '/v1/stream',
  scope: 'signed-in',
  operationId: 'followStream',
  summary:
    'What happens, as it happens: server-sent events from the log, which go on after an interruption without loss',
  tag: 'stream',
  query: Type.Object(
    {
      topics: Type.Optional(
        Type.String({
          maxLength: 500,
          description: `Names with commas between them: ${topicNames.join(', ')}. Without it all that the scopes allow.`,
        }),
      ),
      detail: Type.Optional(
        Type.Union([Type.Literal('facts'), Type.Literal('changes')], {
          description:
            'facts: an event for each fact. changes: for screens, at most two events a second for each topic, with the objects that changed.',
        }),
      ),
    },
    { additionalProperties: false },
  ),
  headers: {
    'Last-Event-ID':
      'Id of the last event that was received; what came after it follows. Too old or unknown: an event "reset", after which everything has to be read again.',
  },
  answer: {
    status: 200,
    mediaType: 'text/event-stream',
    schema: Type.String({
      description:
        'Events are named after their topic; data is JSON. With facts: {topic, type, subject, fact, time}; with changes: {topic, changed, subjects}; of lists without facts: {topic, counts}. A comment comes every 15 seconds.',
    }),
  },
  handle: async (call) => {
    const wanted = wantedTopics(call)
    const { gateway, principal } = call
    gateway.broadcast.demandRoom(principal.key)
    const detail = call.query.detail ?? 'facts'
    return {
      headers: { 'x-accel-buffering': 'no' },
      stream: (request, response) => follow(call, { request, response, wanted, detail }),
    }
  },
})

interface Opened {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly wanted: ReadonlySet<Topic>
  readonly detail: 'facts' | 'changes'
}

function follow({ gateway, principal }: Call, { request, response, wanted, detail }: Opened): void {
  const follower = new Follower({
    tenant: principal.tenant,
    topics: wanted,
    detail,
    principal: principal.key,
    response,
    lastId: String(request.headers['last-event-id'] ?? ''),
    isAllowed: async () => {
      const now = await stillAllowed(gateway, request, principal)
      return now !== undefined && now.tenant === principal.tenant && [...wanted].every((topic) => mayHear(now, topic))
    },
    bytesMost: limits.streamBytes,
    cut: (reason) => gateway.signals.streamCut({ reason }),
  })
  response.once('close', () => gateway.broadcast.leave(follower))
  gateway.broadcast.join(follower)
}

/** Throws REQUEST_INVALID, SCOPE_MISSING. */
function wantedTopics({ query, principal }: Call<{ readonly topics?: string }>): ReadonlySet<Topic> {
  if (query.topics === undefined) return new Set(topicNames.filter((topic) => mayHear(principal, topic)))
  const named = query.topics.split(',').map((name) => name.trim())
  const unknown = named.filter((name) => !Object.hasOwn(topics, name))
  if (unknown.length > 0)
    throw new InvalidRequest([
      {
        pointer: '#/topics',
        detail: `knows no ${unknown.join(', ').slice(0, 100)}; there are ${topicNames.join(', ')}`,
        code: 'enum',
      },
    ])
  for (const name of named) demand(principal, topics[name as Topic].scope)
  return new Set(named as Topic[])
}

function mayHear(principal: Pick<Principal, 'scopes'>, topic: Topic): boolean {
  return hasScope(principal, topics[topic].scope)
}
