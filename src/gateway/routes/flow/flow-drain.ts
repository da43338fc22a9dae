import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import type { Connection } from '../../../flow/connection.ts'
import { freeText } from '../../../model/fields/personal.ts'
import type { FlowControl } from '../../../registry/flow-controls.ts'
import { noteOf } from '../../access/audit-note.ts'
import type { Gateway } from '../../gateway.ts'
import { type Call, defineRoute } from '../../route.ts'

/**
 * How long after it was asked for a drain may be over, ms. Every instance reads what people say once a second: until then one of them may
 * still take something in.
 */
const knownEverywhereMs = 3000

const count = (description: string) => Type.Integer({ description })
const left = Type.Object({
  untranslated: count('Taken in and not understood yet; 5,000 at most are counted.'),
  parked: count('Wait for somebody before they are understood.'),
  owed: count(
    'Was asked of it before the drain, and is not settled: not sent yet, under way, or its outcome is awaited.',
  ),
  needPeople: count('Of what was asked of it before the drain: refused or parked, for a person to decide.'),
  unanswered: count(
    'Documents that left, and the receipt or the answer of the business is awaited: answers are taken in while it drains. Who awaits nothing more closes them.',
  ),
})

/** How a drain stands, as part of a connection. */
export const drainSchema = Type.Union(
  [
    Type.Object({
      state: Type.String({
        description: 'draining: something is left · drained: pausing or removing it loses nothing.',
      }),
      since: Type.String(),
      by: Type.String(),
      reason: freeText(Type.String()),
      left,
      kept: count('Asked of it since then: kept, and sent when the drain ends.'),
    }),
    Type.Null(),
  ],
  { description: 'Whether it takes nothing new and finishes what it has; null: it takes whatever comes.' },
)

/** What is left is counted anew with each look: nobody has to remember how far it is, and no crash can make it wrong. Null without a drain. */
export async function drainOf(
  { flow, now }: Pick<Gateway, 'flow' | 'now'>,
  { id, tenant, partition }: Connection,
  controls: readonly FlowControl[],
): Promise<object | null> {
  const control = controls.find(({ connection, stage }) => connection === id && stage === 'drain')
  if (control?.pausedAt === undefined) return null
  const { pausedAt: since, by, reason } = control
  const counted = async () => {
    const [untranslated, { kept, ...rest }] = await Promise.all([
      flow.untranslated({ connection: id, partition }),
      flow.rows.left({ tenant, connection: id, since }),
    ])
    const left = { untranslated, ...rest }
    return { kept, left, isEmpty: Object.values(left).every((one) => one === 0) }
  }
  let found = await counted()
  let isOver = found.isEmpty && now() - since > knownEverywhereMs
  if (isOver) {
    // What awaits an answer is read from a list, which follows the log: that it is empty counts when it has come to what we saw.
    isOver = await flow.listsFollow()
    found = await counted()
  }
  const state = isOver && found.isEmpty ? 'drained' : 'draining'
  return { state, since: new Date(since).toISOString(), by, reason, left: found.left, kept: found.kept }
}

/** Again is the same. What is under way is finished; what comes is refused so that it comes again. */
export const drainFlow = switchDrain(
  'drain',
  'Drain a connection: it takes nothing new and finishes what it has; then it can be paused or removed without loss',
)

/** Again is the same. What was asked of it meanwhile goes out by itself. */
export const endDrainFlow = switchDrain('end-drain', 'End a drain: the connection takes new work again')

function switchDrain(verb: 'drain' | 'end-drain', summary: string) {
  return defineRoute({
    method: 'POST',
    repeatable: 'sets',
    path: `/v1/flow/{connection}/${verb}`,
    scope: 'flow:write',
    operationId: verb === 'drain' ? 'drainFlow' : 'endDrainFlow',
    summary,
    tag: 'flow',
    body: Type.Object(
      {
        reason: freeText(
          Type.String({
            minLength: 3,
            maxLength: 500,
            description: 'Why, for the audit and for everybody who sees it.',
          }),
        ),
      },
      { additionalProperties: false },
    ),
    answer: {
      status: 200,
      schema: Type.Object({
        connection: Type.String(),
        drain: drainSchema,
        changed: Type.Boolean({ description: 'False: it was so already, and the first reason stays.' }),
      }),
    },
    handle: async (call) => {
      const connection = find(call)
      const { id, tenant } = connection
      const { controls, changed: told } = call.gateway.flow
      const note = noteOf(call, { reason: call.body.reason })
      const stage = { tenant, connection: id, stage: 'drain' as const }
      const changed = await (verb === 'drain' ? controls.pause(stage, note) : controls.resume(stage, note))
      await told()
      call.gateway.node.wake()
      const drain = await drainOf(call.gateway, connection, await controls.list(tenant))
      return { body: { connection: id, drain, changed } }
    },
  })
}

/** Throws NOT_FOUND, also for the connection of another tenant. */
function find({ gateway, principal, params }: Call): Connection {
  const found = gateway.connections().get(params['connection'] ?? '')
  if (found?.tenant !== principal.tenant) throw new InterlineError('NOT_FOUND', { what: 'connection of this name' })
  return found
}
