import { Type } from 'typebox'
import { InterlineError } from '../../../base/errors.ts'
import { deskArrival } from '../../../flow/stewardship/desk.ts'
import type { Assertion } from '../../../model/fact.ts'
import { freeText } from '../../../model/fields/personal.ts'
import { isOwnClaim } from '../../../model/task/claim.ts'
import type { Actor, TaskRequest } from '../../../model/task/report.ts'
import { taskRoles } from '../../../model/task/roles.ts'
import { taskSubject } from '../../../model/task/subject.ts'
import { judgeDecision } from '../../../model/task/verdict.ts'
import { entryOf } from '../../access/audit-note.ts'
import { demand, hasScope } from '../../access/principal.ts'
import { instantOf } from '../../instant.ts'
import { InvalidRequest } from '../../problem.ts'
import { type Answer, type Call, defineRoute } from '../../route.ts'
import { fieldSchema, findTask, type KnownTask } from './tasks.ts'

const by = Type.Optional(
  Type.String({
    minLength: 1,
    maxLength: 120,
    description: 'Who acts, where several people use the key. Without it the key stands for one person.',
  }),
)
const roleNames = Object.keys(taskRoles.values)
const role = Type.String({ enum: roleNames, description: 'One of the roles.' })
const answer = {
  status: 202,
  schema: Type.Object({ id: Type.String(), message: Type.String({ description: 'The message that says it.' }) }),
} as const

/** The answer is told to subscribers only: no object asked. */
export const createTask = defineRoute({
  method: 'POST',
  path: '/v1/tasks',
  scope: 'tasks:write',
  operationId: 'createTask',
  summary: 'Ask people something: who has to decide, what is possible, and until when',
  tag: 'tasks',
  body: Type.Object(
    {
      name: Type.String({ pattern: '^[a-z][a-z0-9-]{1,59}$', description: 'What kind of task it is.' }),
      role,
      question: freeText(Type.String({ minLength: 3, maxLength: 1000 })),
      objects: Type.Optional(Type.Array(Type.String({ pattern: '^[a-z]{3}_[0-9A-Za-z]{1,56}$' }), { maxItems: 100 })),
      evidence: Type.Optional(Type.Record(Type.String({ maxLength: 60 }), Type.Unknown(), { maxProperties: 50 })),
      decisions: Type.Array(
        Type.Object(
          {
            name: Type.String({ pattern: '^[a-z][a-z0-9_-]{0,59}$' }),
            label: freeText(Type.String({ minLength: 1, maxLength: 120 })),
            consequence: freeText(Type.String({ minLength: 1, maxLength: 500 })),
            fourEyes: Type.Optional(Type.Boolean()),
            reasonRequired: Type.Optional(Type.Boolean()),
            fields: Type.Optional(Type.Array(fieldSchema, { maxItems: 20, description: 'What belongs to it.' })),
            needs: Type.Optional(
              Type.Array(Type.String({ minLength: 1, maxLength: 60 }), {
                maxItems: 20,
                description: 'Members of data that must be said, as text: short for fields.',
              }),
            ),
          },
          { additionalProperties: false },
        ),
        { minItems: 1, maxItems: 20 },
      ),
      dueAt: Type.Optional(Type.String({ maxLength: 40, description: 'RFC 3339.' })),
      escalateTo: Type.Optional(role),
    },
    { additionalProperties: false },
  ),
  idempotent: true,
  answer: { ...answer, status: 201 },
  handle: async (call) => {
    const { tenant } = call.principal
    const { body } = call
    const names = body.decisions.map(({ name }) => name)
    if (new Set(names).size < names.length || names.includes('obsolete'))
      throw new InvalidRequest([
        { pointer: '#/decisions', detail: 'expected names that differ, none of them obsolete', code: 'unique' },
      ])
    if (body.dueAt !== undefined) instantOf('dueAt', body.dueAt)
    const id = taskSubject({ tenant, origin: 'desk', name: body.name, n: call.once })
    const { objects = [], evidence = {}, ...asked } = body
    const request = { ...asked, objects, evidence } as TaskRequest
    return { ...(await say(call, { id, type: 'task.requested', change: 'create', data: request })), status: 201 }
  },
})

/** Anybody who may decide it may take it, and hand on what they have; what a colleague has needs a right of its own. */
export const assignTask = defineRoute({
  method: 'POST',
  path: '/v1/tasks/{id}/assign',
  scope: 'tasks:read',
  operationId: 'assignTask',
  summary: 'Take a task, give it to somebody, or give it back',
  tag: 'tasks',
  body: Type.Object(
    {
      assignee: Type.Optional(
        Type.String({ minLength: 1, maxLength: 120, description: 'Who has it from now on; without it nobody.' }),
      ),
      by,
    },
    { additionalProperties: false },
  ),
  idempotent: true,
  answer,
  handle: async (call) => {
    const { assignee } = call.body
    const by = actorOf(call)
    const data = { ...(assignee === undefined ? {} : { assignee }), by }
    const { id, state } = await findTask(call)
    mayDecide(call, state)
    refuseClosed(state)
    refuseTaken(call, state, by)
    const identity = `task.assigned:${id}:${state.claims ?? 0}`
    const said = await tell(call, { id, type: 'task.assigned', change: 'assign', data, identity })
    if (said !== undefined) return said
    // Somebody was faster, whom even those who may take a task away have not seen. The task says who, or is about to.
    const { assignee: other = 'Somebody else' } = (await findTask(call)).state
    throw new InterlineError('TASK_TAKEN', { assignee: other })
  },
})

/** Notes are kept for the audit. */
export const noteTask = defineRoute({
  method: 'POST',
  path: '/v1/tasks/{id}/note',
  scope: 'tasks:read',
  operationId: 'noteTask',
  summary: 'Write something down at a task, also after it was decided',
  tag: 'tasks',
  body: Type.Object(
    { text: freeText(Type.String({ minLength: 1, maxLength: 2000 })), by },
    { additionalProperties: false },
  ),
  idempotent: true,
  answer,
  handle: async (call) => {
    const { id, state } = await findTask(call)
    mayDecide(call, state)
    return say(call, { id, type: 'task.noted', change: 'note', data: { text: call.body.text, by: actorOf(call) } })
  },
})

/** Judged here, so that a person hears at once what is wrong, and judged again by the fold. */
export const decideTask = defineRoute({
  method: 'POST',
  path: '/v1/tasks/{id}/decide',
  scope: 'tasks:read',
  operationId: 'decideTask',
  summary: 'Decide a task with one of its decisions; one that needs two people waits for the second',
  tag: 'tasks',
  body: Type.Object(
    {
      decision: Type.String({ minLength: 1, maxLength: 60 }),
      reason: Type.Optional(freeText(Type.String({ maxLength: 1000 }))),
      data: Type.Optional(
        Type.Record(Type.String({ maxLength: 60 }), Type.Unknown(), {
          maxProperties: 50,
          description: 'What belongs to the decision; the second person has to say the same.',
        }),
      ),
      by,
    },
    { additionalProperties: false },
  ),
  idempotent: true,
  answer: {
    status: 202,
    schema: Type.Object({
      id: Type.String(),
      message: Type.String({ description: 'The message that says it.' }),
      outcome: Type.String({
        description: 'completes: the task is over · approves: a second person has to decide the same.',
      }),
    }),
  },
  handle: async (call) => {
    const { id, state } = await findTask(call)
    mayDecide(call, state)
    const { decision, reason = '', data } = call.body
    const decided = { decision, reason, by: actorOf(call), ...(data === undefined ? {} : { data }) }
    const verdict = judgeDecision(state, decided)
    if (verdict.outcome === 'refused') throw new InterlineError(verdict.code, verdict.values)
    const { body } = await say(call, { id, type: 'task.decided', change: 'decide', data: decided, reason })
    return {
      status: 202,
      body: { ...(body as object), outcome: verdict.outcome === 'approves' ? 'approves' : 'completes' },
    }
  },
})

/** `tasks:decide`, or `tasks:decide:<role>` for the tasks of one role. */
function mayDecide(call: Call, { request }: KnownTask): void {
  const { role: needed, escalateTo } = request
  try {
    demand(call.principal, 'tasks:decide', needed)
  } catch (error) {
    if (escalateTo === undefined) throw error
    demand(call.principal, 'tasks:decide', escalateTo)
  }
}

function refuseClosed({ status, outcome }: KnownTask): void {
  if (status !== 'open')
    throw new InterlineError('TASK_CLOSED', { decision: outcome?.decision ?? status, by: outcome?.by ?? 'the hub' })
}

/** Who has it would not know that it was taken from them. `tasks:reassign`, or `tasks:reassign:<role>`. Throws TASK_TAKEN. */
function refuseTaken(call: Call, state: KnownTask, actor: Actor): void {
  const { principal } = call
  if (isOwnClaim(state, actor, principal.name) || hasScope(principal, 'tasks:reassign', state.request.role)) return
  throw new InterlineError('TASK_TAKEN', { assignee: state.assignee ?? '' })
}

function actorOf(call: Call): Actor {
  const { by } = call.body as { readonly by?: string }
  // Whoever is signed in acts as nobody else.
  const person = call.principal.session === undefined ? by : call.principal.name
  return { key: call.principal.key, ...(person === undefined ? {} : { person }) }
}

interface Word {
  readonly id: string
  readonly type: string
  readonly change: string
  readonly data: unknown
  readonly reason?: string
  /** Of several words with the same one the first counts. Absent: each counts. */
  readonly identity?: string
}

async function say(call: Call, word: Omit<Word, 'identity'>): Promise<Answer> {
  const answer = await tell(call, word)
  if (answer === undefined) throw new RangeError(`${word.type} has an identity of its own`)
  return answer
}

/** Undefined: somebody else said something else under the same identity, and was first. */
async function tell(call: Call, word: Word): Promise<Answer | undefined> {
  const { id, type, change, data, reason = '', identity } = word
  const { gateway, principal, trace, once } = call
  const about = { entity: 'task', references: [{ scheme: 'task', value: id }], unknown: 'create' } as const
  const assertion: Assertion = { type, about, data }
  const { id: message, outcome } = await gateway.intake.accept(
    deskArrival([assertion], {
      tenant: principal.tenant,
      identity: identity ?? `${type}:${id}:${once}`,
      ...(identity === undefined ? {} : { isContested: true as const }),
      audit: entryOf(call, {
        change,
        kind: 'task',
        name: id,
        source: `${type}:${once}`,
        after: data,
        ...(reason === '' ? {} : { reason }),
      }),
      trace,
      partitions: gateway.backbone.partitions,
    }),
  )
  return identity !== undefined && outcome === 'conflict' ? undefined : { status: 202, body: { id, message } }
}
